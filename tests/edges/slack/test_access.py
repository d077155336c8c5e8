"""Who may not ask is told so privately and politely, it is logged, and nothing is asked of AWS."""

import pytest
from structlog.testing import capture_logs

from bot.embedded.slack import Fault
from tests.edges.slack.conftest import BEN, GUEST, MIKA, STRANGER, action, text


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
