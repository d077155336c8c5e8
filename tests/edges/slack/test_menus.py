"""Choosing in a menu asks, privately, for who may; what is gone says so."""

import json

import pytest

from bot.core.alert import NextStep
from bot.embedded.slack.fill import with_ids
from bot.render.blocks import payload
from tests.edges.slack.alerts import alert, open_alerts
from tests.edges.slack.conftest import BEN, GUEST, LONG, MIKA, action, look, text

PERSON, KEPT = "look at person-03", "#10"


def menu(message):
    """The action_id of the message's menu."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    return next(each["action_id"] for each in elements if each["type"] == "static_select")


async def choose(workspace, message, value, user=MIKA):
    outcome = await workspace.visitor.click(user, message, menu(message), value=value)
    assert outcome.ok, outcome


async def test_a_choice_asks_its_question_beside_the_answer(workspace):
    answer = await workspace.answer("/look wide payroll")

    await choose(workspace, answer, PERSON)
    closer = await workspace.settled(count=2)

    assert "Who touched person-03" in text(closer)
    assert closer.only_for == workspace.slack.world.user(MIKA).id
    assert "All who touched payroll" in text(answer)


async def test_a_choice_too_long_for_its_option_is_looked_up_in_the_answer(workspace):
    answer = await workspace.answer("/look wide payroll")

    await choose(workspace, answer, KEPT)

    assert LONG in text(await workspace.settled(count=2))


async def test_a_choice_of_an_answer_that_is_gone_says_to_ask_again(open_workspace):
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    answer = await workspace.answer("/look wide payroll")
    seconds[0] += 13 * 3600

    await choose(workspace, answer, KEPT)

    told = text(await workspace.settled(count=2))
    assert "no longer have this answer" in told
    assert "Ask again." in told


async def test_words_in_an_option_are_asked_also_after_a_restart(workspace):
    view = look.answer(["wide", "payroll"], workspace.ports)
    world = workspace.slack.world
    old = world.post(world.channel("ops"), world.as_bot(with_ids(payload(view, "of-another-run"), world.ids)))

    await choose(workspace, old, PERSON)

    assert "Who touched person-03" in text(await workspace.settled(count=2))


async def test_in_a_shared_answer_anybody_chooses_and_is_answered_alone(workspace):
    answer = await workspace.answer("/look wide payroll")
    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: len(workspace.seen(BEN)) == 2)
    public = workspace.seen(BEN)[0]

    await choose(workspace, public, KEPT, BEN)
    closer = await workspace.settled(BEN, count=3)

    assert LONG in text(closer)
    assert closer.only_for == workspace.slack.world.user(BEN).id


async def test_who_may_not_ask_may_not_choose(workspace):
    answer = await workspace.answer("/look wide payroll")
    answer.only_for = None
    asked = list(workspace.ports.trail.asked)

    await choose(workspace, answer, PERSON, GUEST)
    await workspace.until(lambda: len(workspace.seen(GUEST)) == 2)

    assert workspace.ports.trail.asked == asked


async def test_another_ones_private_answer_is_not_looked_into(workspace):
    answer = await workspace.answer("/look wide payroll")
    answer.only_for = None

    await choose(workspace, answer, KEPT, BEN)

    assert "given to somebody else" in text(await workspace.settled(BEN, count=2))


@pytest.mark.parametrize("value", ["#99", "'", "nobody knows", "look", "#1 x"])
async def test_a_made_up_choice_is_an_honest_error(workspace, value):
    """A payload is signed by Slack, but what stands in it a person may have put together."""
    answer = await workspace.answer("/look wide payroll")
    element = next(
        each
        for block in answer.blocks
        for each in block.get("elements", [])
        if each["type"] == "static_select"
    )
    element["option_groups"][0]["options"][0]["value"] = value

    await choose(workspace, answer, value)
    told = text(await workspace.settled(count=2))

    assert "Something broke" not in told
    assert workspace.ports.trail.asked == ["payroll 7d None"]


async def test_under_an_alert_a_choice_is_answered_in_the_thread_for_who_chose(tmp_path):
    steps = (NextStep("All", ("look", "wide", "payroll")),)
    async with open_alerts(tmp_path) as alerts:
        post = await alerts.tell(alert(next_steps=steps))
        await alerts.press(post, "Investigate")
        answer = alerts.thread(post)[0]

        for value, title in ((PERSON, "Who touched person-03"), (KEPT, LONG)):
            count = len(alerts.private(BEN))
            await choose(alerts, answer, value, BEN)
            closer = await alerts.told(BEN, count + 1)
            assert title in text(closer)
            assert closer.body["thread_ts"] == post.ts


async def test_the_payload_is_as_slack_sends_it(workspace):
    """docs.slack.dev, reference/interaction-payloads/block_actions-payload: an option, and no value."""
    answer = await workspace.answer("/look wide payroll")
    heard = []
    deliver = workspace.slack.socket.deliver

    async def listened(kind, told):
        heard.append(json.loads(json.dumps(told)))
        return await deliver(kind, told)

    workspace.slack.socket.deliver = listened
    await choose(workspace, answer, PERSON)

    [pressed] = heard[0]["actions"]
    assert pressed["type"] == "static_select"
    assert "value" not in pressed
    assert pressed["selected_option"] == {
        "text": {"type": "plain_text", "text": "What person-03 did", "emoji": False},
        "value": PERSON,
    }
    assert pressed["placeholder"]["text"] == "Look closer…"


async def test_nobody_chooses_what_is_no_option(workspace):
    answer = await workspace.answer("/look wide payroll")

    with pytest.raises(LookupError):
        await workspace.visitor.click(MIKA, answer, menu(answer), value="rm -rf")
