"""Who may not ask is told so privately and politely, it is logged, and nothing is asked of AWS."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.embedded.slack import TIMEOUT, Fault, payloads
from tests.edges.slack.conftest import BEN, GUEST, MIKA, PACE, STRANGER, action, text


@pytest.mark.parametrize(
    ("user", "reason", "says"),
    [
        (GUEST, "guest", "I don't answer guests"),
        (STRANGER, "other-workspace", "I answer members of Acme only"),
    ],
)
async def test_people_who_may_not_ask_are_refused(workspace, user, reason, says):
    """Guests and people of other workspaces hear who can ask; the log names person, place and reason."""
    with capture_logs() as logs:
        told = await workspace.answer("/look at payroll", user=user)

    world = workspace.slack.world
    assert says in text(told)
    assert "Ask a member of Acme" in text(told)
    assert told.only_for == world.user(user).id
    refused = next(line for line in logs if line["event"] == "refused")
    assert (refused["user"], refused["channel"]) == (world.user(user).id, world.channel("ops").id)
    assert refused["reason"] == reason
    assert "payroll" not in str(refused)
    assert workspace.ports.trail.asked == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_ultra_restricted": True}, "guest"),
        ({"is_bot": True}, "bot"),
        ({"team_id": "T0OTHER"}, "other-workspace"),
    ],
)
async def test_each_mark_of_slacks_counts(workspace, change, reason):
    """Single-channel guests, bots, and members of another team are refused by what users.info says."""
    person = workspace.slack.world.user(BEN)
    for name, value in change.items():
        setattr(person, name, value)

    with capture_logs() as logs:
        await workspace.answer("/look at payroll", user=BEN)

    assert [line["reason"] for line in logs if line["event"] == "refused"] == [reason]
    assert workspace.ports.trail.asked == []


async def test_when_slack_wont_say_who_it_is_the_gate_is_closed(workspace):
    """No answer of users.info is a no, with its reason; the next question asks again."""
    workspace.slack.world.faults.next_calls("users.info", Fault(error="fatal_error"))

    with capture_logs() as logs:
        told = await workspace.answer("/look at payroll")

    assert "I can't tell who you are" in text(told)
    assert "fatal_error" in text(told)
    assert [line["reason"] for line in logs if line["event"] == "refused"] == ["unknown-person"]
    assert workspace.ports.trail.asked == []
    assert "Who touched payroll" in text(await workspace.answer("/look at payroll", count=2))


async def test_who_somebody_is_is_asked_once_in_five_minutes(open_workspace):
    """Many questions are one users.info; after five minutes it is asked again."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    await workspace.answer("/look now")
    await workspace.answer("/look now", count=2)
    assert len(workspace.calls("users.info")) == 1

    seconds[0] += 301
    await workspace.answer("/look now", count=3)
    assert len(workspace.calls("users.info")) == 2


async def test_only_named_channels_are_answered_in(open_workspace):
    """Elsewhere, and in direct messages, the person hears where to ask."""
    workspace = await open_workspace(channels=("#security", "C0NOWHERE"))
    elsewhere = await workspace.answer("/look at payroll", channel="ops")
    assert "I don't answer in this conversation." in text(elsewhere)
    assert "#security" in text(elsewhere)

    mine = workspace.slack.world.im(workspace.slack.world.user(MIKA).id)
    assert "I don't answer in this conversation." in text(
        await workspace.answer("/look now", channel=mine.id)
    )
    assert workspace.ports.trail.asked == []

    assert "Who touched payroll" in text(await workspace.answer("/look at payroll", channel="security"))


async def test_what_names_no_channel_is_refused_where_channels_are_named(open_workspace):
    """A command and a press whose payload has no channel; the Home tab still opens."""
    workspace = await open_workspace(channels=("#security",))
    answer = await workspace.answer("/look at payroll", channel="security")
    world = workspace.slack.world
    mika, security = world.user(MIKA), world.channel("security")
    element = next(each for each in answer.blocks[-1]["elements"] if each["action_id"].startswith("ask"))
    command = payloads.slash_command(world, mika, security, "/look", "at payroll")
    press = payloads.message_action(world, mika, answer, [element], {})

    with capture_logs() as logs:
        await workspace.visitor._send("slash_commands", _without_channel(command))
        await workspace.until(lambda: len(workspace.seen(channel="security")) == 2)
        await workspace.visitor._send("interactive", _without_channel(press))
        await workspace.until(lambda: len(workspace.seen(channel="security")) == 3)

    assert [line["reason"] for line in logs if line["event"] == "refused"] == ["channel", "channel"]
    assert workspace.ports.trail.asked == ["payroll"]
    await workspace.visitor.open_home(MIKA)
    await workspace.until(lambda: world.modals.homes)
    assert "/look at THING" in str(world.modals.homes[mika.id].body)


def _without_channel(body):
    return {key: value for key, value in body.items() if not key.startswith(("channel", "container"))}


async def test_the_words_of_a_form_are_not_read_for_who_may_not_ask(open_workspace):
    """A guest's bad field is refused like the rest, not explained."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    form = await _opened(workspace, BEN)
    workspace.slack.world.user(BEN).is_restricted = True
    seconds[0] += 301

    outcome = await workspace.visitor.submit(form, {"--since": {"value": "soon"}})

    assert outcome.ok, outcome
    assert outcome.errors == {}
    assert "I don't answer guests" in text(await workspace.settled(BEN, count=2))


@pytest.mark.parametrize("fault", [TIMEOUT, Fault(delay=0.05)], ids=["never", "late"])
async def test_a_form_is_acked_though_slack_is_slow_to_say_who_it_is(open_workspace, fault):
    """The answer comes when the gate has opened; Slack would show an error after three seconds."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0], pace=replace(PACE, form_gate=0.0, stop=0))
    form = await _opened(workspace, BEN)
    seconds[0] += 301
    workspace.slack.world.faults.next_calls("users.info", fault)

    outcome = await workspace.visitor.submit(form, {"--since": {"value": "3d"}})

    assert outcome.ok, outcome
    if fault.hang:
        assert workspace.ports.trail.asked == ["payroll"]
    else:
        assert "2026-09-05" in text(await workspace.settled(BEN, count=2))


async def _opened(workspace, user):
    answer = await workspace.answer("/look at payroll", user=user)
    await workspace.visitor.click(user, answer, action(answer, "Change…"))
    world = workspace.slack.world
    person = world.user(user).id
    await workspace.until(lambda: world.modals.stacks.get(person))
    return world.modals.stacks[person][-1]


async def test_a_private_channel_is_known_by_its_name(open_workspace):
    """Slack calls every private channel `privategroup` in a command; its real name counts."""
    workspace = await open_workspace(channels=("#security",))
    workspace.slack.world.channel("security").is_private = True
    workspace.slack.world.channel("ops").is_private = True

    assert "It is 12:00" in text(await workspace.answer("/look now", channel="security"))
    assert "I don't answer" in text(await workspace.answer("/look now", channel="ops"))


async def test_presses_and_forms_are_refused_like_commands(open_workspace):
    """Whoever may no longer ask is refused at a press and at a submitted form."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    answer = await workspace.answer("/look at payroll", user=BEN)
    await workspace.visitor.click(BEN, answer, action(answer, "Change…"))
    world = workspace.slack.world
    ben = world.user(BEN)
    await workspace.until(lambda: world.modals.stacks.get(ben.id))
    form = world.modals.stacks[ben.id][-1]
    ben.is_restricted = True
    seconds[0] += 301

    await workspace.visitor.submit(form, {"--since": "3d"})
    assert "I don't answer guests" in text(await workspace.settled(BEN, count=2))
    for number, label in enumerate(["30 days", "CSV", "Share in channel", "Change…"], start=3):
        await workspace.visitor.click(BEN, answer, action(answer, label))
        assert "I don't answer guests" in text(await workspace.settled(BEN, count=number))
    assert workspace.ports.trail.asked == ["payroll"]


async def test_the_home_tab_tells_what_can_be_asked(workspace):
    """It is written out of the commands themselves."""
    await workspace.visitor.open_home(MIKA)
    homes = workspace.slack.world.modals.homes
    await workspace.until(lambda: homes)

    shown = str(homes[workspace.slack.world.user(MIKA).id].body)
    assert "/look at THING" in shown
    assert "Who touched a thing" in shown
    assert "/look now" in shown


async def test_a_guests_home_tab_tells_nothing_but_why(workspace):
    """A guest's Home says who can ask."""
    await workspace.visitor.open_home(GUEST)
    homes = workspace.slack.world.modals.homes
    await workspace.until(lambda: homes)

    shown = str(homes[workspace.slack.world.user(GUEST).id].body)
    assert "I don't answer guests" in shown
    assert "/look" not in shown
