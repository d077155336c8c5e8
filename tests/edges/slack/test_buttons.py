"""Buttons ask again, open forms, hand out the CSV and share; only to whom the answer was given."""

import json

import pytest

from bot.core.buttons import Ask, Form
from bot.core.view import View
from bot.edges.slack import Pace
from bot.embedded.slack import Fault
from bot.embedded.slack.fill import with_ids
from bot.render.blocks import payload
from tests.edges.slack.conftest import BEN, MIKA, action, text

ALERT = View(
    "A key is used from a new address",
    buttons=(
        Ask("Investigate", ("look", "at", "payroll")),
        Form("Change…", ("look", "at", "payroll"), (("--since", "From", ""),)),
    ),
)


def _alert(workspace, thread=None):
    world = workspace.slack.world
    body = with_ids(payload(ALERT), world.ids) | ({"thread_ts": thread} if thread else {})
    return world.post(world.channel("ops"), world.as_bot(body))


async def test_a_press_under_an_alert_answers_only_the_presser(workspace):
    """The alert stays as it is, and nobody else sees the answer."""
    alert = _alert(workspace)
    before = json.dumps(alert.body)

    await workspace.visitor.click(MIKA, alert, action(alert, "Investigate"))
    answer = await workspace.settled(count=2)

    assert "Who touched payroll" in text(answer)
    assert answer.only_for == workspace.slack.world.user(MIKA).id
    assert json.dumps(alert.body) == before
    assert workspace.seen(BEN) == [alert]


async def test_a_slow_press_never_overwrites_the_alert(open_workspace):
    """A note of its own comes first; alert, note and answer are three messages."""
    workspace = await open_workspace(pace=Pace(grace=0.0))
    workspace.ports.trail.gate.clear()
    alert = _alert(workspace)
    before = json.dumps(alert.body)

    await workspace.visitor.click(MIKA, alert, action(alert, "Investigate"))
    await workspace.until(lambda: len(workspace.seen()) == 2)
    assert "Asking… /look at payroll" in text(workspace.seen()[-1])
    workspace.ports.trail.gate.set()
    await workspace.settled(count=3)

    assert json.dumps(alert.body) == before
    assert all(sent["replace_original"] is False for sent in workspace.calls("response_url"))


async def test_a_press_in_a_thread_answers_in_the_thread(workspace):
    """Where a conversation goes on in a thread, the answer stands there."""
    root = await workspace.visitor.say(BEN, "ops", "what is this?")
    alert = _alert(workspace, thread=root.ts)

    await workspace.visitor.click(MIKA, alert, action(alert, "Investigate"))
    answer = await workspace.settled(count=2)

    assert answer.body["thread_ts"] == root.ts
    assert "Who touched payroll" in text(answer)


async def test_a_press_on_a_post_with_replies_is_answered_beside_it(workspace):
    """Slack names such a post as its own thread; whoever presses there looks at the channel."""
    alert = _alert(workspace)
    world = workspace.slack.world
    world.post(world.channel("ops"), world.as_bot({"text": "again", "thread_ts": alert.ts}))

    await workspace.visitor.click(MIKA, alert, action(alert, "Investigate"))
    answer = await workspace.settled(count=3)

    assert "Who touched payroll" in text(answer)
    assert "thread_ts" not in answer.body


async def test_a_button_of_an_answer_asks_wider(workspace):
    """The old answer stays beside the new one, to compare."""
    answer = await workspace.answer("/look at payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "30 days"))
    wider = await workspace.settled(count=2)

    assert "2026-08-09" in text(wider)
    assert "2026-09-01" in text(answer)


async def test_a_form_opens_filled_in_and_its_answer_comes_to_the_channel(workspace):
    """Change one field, submit: the same question, differently."""
    answer = await workspace.answer("/look at payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "Change…"))
    form = await _form(workspace)
    outcome = await workspace.visitor.submit(form, {"--since": {"value": "3d"}})
    assert outcome.ok, outcome
    changed = await workspace.settled(count=2)

    assert "2026-09-05" in text(changed)
    assert changed.only_for == workspace.slack.world.user(MIKA).id


@pytest.mark.parametrize(
    ("field", "value", "says"), [("--since", "soon", "I can't read"), ("--rows", "x", "valid integer")]
)
async def test_bad_words_in_a_form_stand_under_their_field(workspace, field, value, says):
    """The form stays open and says what would have been understood."""
    answer = await workspace.answer("/look at payroll")
    await workspace.visitor.click(MIKA, answer, action(answer, "Change…"))

    outcome = await workspace.visitor.submit(await _form(workspace), {field: {"value": value}})

    assert list(outcome.errors) == [field]
    assert says in outcome.errors[field]
    assert workspace.ports.trail.asked == ["payroll"]


async def test_each_field_of_a_form_is_told_its_own_problem(workspace):
    """Two wrong fields are two errors, to be mended at once."""
    answer = await workspace.answer("/look at payroll")
    await workspace.visitor.click(MIKA, answer, action(answer, "Change…"))

    given = {"--since": {"value": "!!bad"}, "--rows": {"value": "banana"}}
    outcome = await workspace.visitor.submit(await _form(workspace), given)

    assert set(outcome.errors) == {"--since", "--rows"}
    assert "!!bad" in outcome.errors["--since"]
    assert "banana" in outcome.errors["--rows"]


async def test_a_form_from_an_alert_answers_in_the_channel(workspace):
    """The place is kept through the form, though its submission does not say it."""
    alert = _alert(workspace)
    await workspace.visitor.click(MIKA, alert, action(alert, "Change…"))
    await workspace.visitor.submit(await _form(workspace), {"--since": {"value": "2d"}})
    answer = await workspace.settled(count=2)

    assert "2026-09-06" in text(answer)


async def test_an_answer_that_is_gone_says_so(open_workspace):
    """After half a day, or a restart, the buttons tell to ask again."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    answer = await workspace.answer("/look at payroll")
    seconds[0] += 13 * 3600

    await workspace.visitor.click(MIKA, answer, action(answer, "CSV"))

    assert "no longer have this answer" in text(await workspace.settled(count=2))


async def test_a_click_that_came_too_late_for_a_form_says_so(workspace):
    """Slack's trigger lives three seconds."""
    answer = await workspace.answer("/look at payroll")
    workspace.slack.world.faults.next_calls("views.open", Fault(error="expired_trigger_id"))

    await workspace.visitor.click(MIKA, answer, action(answer, "Change…"))

    assert "Press the button again" in text(await workspace.settled(count=2))


async def test_a_link_only_needs_an_ack(workspace):
    """Slack opens it by itself."""
    answer = await workspace.answer("/look at payroll")

    assert (await workspace.visitor.click(MIKA, answer, action(answer, "Console"))).ok
    await workspace.answer("/look now", count=2)

    assert len(workspace.seen()) == 2


async def test_an_unknown_button_is_told(workspace):
    """A button of another version does not fail in silence."""
    world = workspace.slack.world
    element = {
        "type": "button",
        "action_id": "mute:1",
        "value": "x",
        "text": {"type": "plain_text", "text": "Mute"},
    }
    old = world.post(
        world.channel("ops"),
        world.as_bot(
            {"text": "old", "blocks": [{"type": "actions", "block_id": "b", "elements": [element]}]}
        ),
    )

    assert (await workspace.visitor.click(MIKA, old, "mute:1")).ok

    assert "I don't know this button" in text(await workspace.settled(count=2))


async def _form(workspace):
    world = workspace.slack.world
    mika = world.user(MIKA).id
    await workspace.until(lambda: world.modals.stacks.get(mika))
    return world.modals.stacks[mika][-1]
