"""Acknowledge, and what holds for every button under an alert: who may press it, once, and on which message."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.severity import Severity
from bot.core.told import Patience
from bot.edges.slack import Pace
from bot.embedded.slack import TIMEOUT, Fault
from tests.edges.slack.alerts import PACE, alert, button, clicked, deliver, labels, open_alerts
from tests.edges.slack.conftest import BEN, GUEST, MIKA, STRANGER, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


async def test_who_acknowledged_and_when_stand_on_the_post_for_everybody(alerts):
    post = await alerts.tell(alert())

    pressed = await alerts.press(post, "Acknowledge")
    await alerts.run()

    assert pressed["result"] == "done"
    assert "Acknowledged" in text(post)
    assert f"by {MIKA}, " in text(post)
    assert {"type": "date", "timestamp": int(alerts.clock.seconds())}.items() <= next(
        part.items() for part in dates(post) if part["timestamp"] == int(alerts.clock.seconds())
    )
    assert "Acknowledge" not in labels(post)
    assert {"Investigate", "Mute…", "Archive in GuardDuty"} <= set(labels(post))
    assert post.only_for is None


def dates(message):
    for block in message.blocks:
        for part in block.get("elements", []):
            yield from (each for each in part.get("elements", []) if each.get("type") == "date")


async def test_who_acknowledges_right_after_the_post_sees_it_at_once(alerts):
    """A post is edited seldom, but not when somebody waits for it."""
    alerts.ledger.patience = Patience()
    post = await alerts.tell(alert())

    await alerts.press(post, "Acknowledge")
    await alerts.run()

    assert "Acknowledged" in text(post)


async def test_a_second_press_says_who_has_it(alerts):
    """Ben's screen still shows the button: the post is edited a moment later."""
    post = await alerts.tell(alert())
    await alerts.press(post, "Acknowledge")
    alerts.clock.forward(minutes=12)

    pressed = await alerts.press(post, "Acknowledge", BEN)

    told = text(await alerts.told(BEN))
    assert "mika.sato has acknowledged this already, 12 min ago." in told
    assert pressed["result"].startswith("BadRequest: mika.sato has acknowledged this")


async def test_of_two_who_press_at_once_one_has_it(alerts):
    post = await alerts.tell(alert())

    await asyncio.gather(alerts.press(post, "Acknowledge"), alerts.press(post, "Acknowledge", BEN))
    await alerts.recorded(1)

    results = sorted(each["result"] == "done" for each in alerts.presses())
    assert results == [False, True]


async def test_who_is_no_member_of_the_channel_is_refused_in_words(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.channel("security").members.discard(alerts.id(BEN))

    pressed = await alerts.press(post, "Acknowledge", BEN)

    assert "Only members of this channel may press that." in text(await alerts.told(BEN))
    assert "Join the channel" in text(alerts.private(BEN)[-1])
    assert pressed["result"].startswith("Forbidden")
    assert alerts.ledger.page("open:#security")[0].thing.acknowledged is None


async def test_who_joins_after_a_refusal_may_press_at_once(alerts):
    """The refusal says to join and press again: that must be true within the minute that members are remembered."""
    post = await alerts.tell(alert())
    members = alerts.slack.world.channel("security").members
    members.discard(alerts.id(BEN))
    await alerts.press(post, "Acknowledge", BEN)

    members.add(alerts.id(BEN))

    assert (await alerts.press(post, "Acknowledge", BEN))["result"] == "done"


async def test_when_slack_wont_say_who_is_in_the_channel_nobody_presses_anything(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.faults.next_calls("conversations.members", Fault(error="fatal_error"))

    pressed = await alerts.press(post, "Acknowledge")

    assert "I can't tell whether you are a member of this channel" in text(await alerts.told())
    assert pressed["result"].startswith("Forbidden")


@pytest.mark.parametrize(("user", "says"), [(GUEST, "guests"), (STRANGER, "members of Acme only")])
async def test_guests_and_people_of_other_workspaces_are_refused_though_they_are_in_the_channel(
    alerts, user, says
):
    post = await alerts.tell(alert())

    pressed = await alerts.press(post, "Acknowledge", user)

    assert says in text(await alerts.told(user))
    assert (pressed["user_id"], pressed["act"], pressed["what"]) == (
        alerts.id(user),
        "acknowledge",
        alert().title,
    )
    assert pressed["result"].startswith("Forbidden")


async def test_a_bot_is_refused(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.user(BEN).is_bot = True

    assert (await alerts.press(post, "Acknowledge", BEN))["result"].startswith("Forbidden")


async def test_alerts_are_acknowledged_in_channels_where_no_questions_are_answered(tmp_path):
    """access.channels says where questions are answered; an alert is where it was routed."""
    async with open_alerts(tmp_path, channels=["#ops"]) as alerts:
        post = await alerts.tell(alert())

        assert (await alerts.press(post, "Acknowledge"))["result"] == "done"
        assert (await alerts.press(post, "Mute…"))["result"] == "asked how"
        assert (await alerts.press(post, "Investigate"))["result"] == (
            "Forbidden: I don't answer in this conversation."
        )


async def test_an_acknowledged_critical_one_is_not_reminded_of(alerts):
    post = await alerts.tell(alert(severity=Severity.CRITICAL))
    await alerts.press(post, "Acknowledge")

    await alerts.run(3600)

    assert alerts.thread(post) == []


async def test_a_critical_one_that_nobody_acknowledged_is_reminded_of(alerts):
    post = await alerts.tell(alert(severity=Severity.CRITICAL))

    await alerts.run(3600)

    assert len(alerts.thread(post)) == 2


async def test_what_is_over_is_not_acknowledged_any_more(alerts):
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Acknowledge")
    await alerts.tell(alert(n=2, resolved=True))

    assert (await deliver(alerts, click))["result"].startswith("BadRequest: This is over already")


async def test_a_press_that_takes_long_is_answered_within_a_second(tmp_path):
    assert Pace().soon < 1
    async with open_alerts(tmp_path, pace=replace(PACE, soon=0.0, stop=0)) as alerts:
        post = await alerts.tell(alert())
        alerts.slack.world.faults.next_calls("conversations.members", TIMEOUT)

        await alerts.visitor.click(MIKA, post, button(post, "Acknowledge")["action_id"])

        assert "One moment…" in text(await alerts.told())
