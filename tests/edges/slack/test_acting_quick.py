"""A press may come before the post is on record: Slack shows a message before its answer has reached us."""

from dataclasses import replace

import pytest

from bot.core.problem import problem_id
from bot.core.told import Intent
from bot.pipeline import Entry
from tests.edges.slack.alerts import PACE, alert, button, open_alerts
from tests.edges.slack.conftest import MIKA, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


def write(alerts, told):
    entry = alerts.ledger.find(problem_id("one"))
    alerts.ledger.write(Entry(replace(entry.thing, told=told), entry.version))


async def posted(alerts):
    """A post that stands, whose answer has yet to be noted; and what will be noted."""
    post = await alerts.tell(alert())
    told = alerts.ledger.find(problem_id("one")).thing.told
    write(alerts, replace(told, ts=None, intent=Intent("token", alerts.clock.now(), "post", told.shown)))
    return post, told


async def test_a_press_that_is_quicker_than_slacks_answer_counts(alerts):
    post, told = await posted(alerts)
    before = len(alerts.presses())
    await alerts.visitor.click(MIKA, post, button(post, "Acknowledge")["action_id"])
    write(alerts, told)

    assert (await alerts.recorded(before))["result"] == "done"


async def test_when_the_answer_got_lost_the_person_is_asked_to_press_again(tmp_path):
    """The teller looks for the message in a moment; the press is not said to be of another time."""
    async with open_alerts(tmp_path, pace=replace(PACE, post_looks=2, post_pause=0.0)) as alerts:
        post, told = await posted(alerts)

        pressed = await alerts.press(post, "Acknowledge")

        assert "I have yet to note that this message stands." in text(await alerts.told())
        assert pressed["result"].startswith("BadRequest")
        write(alerts, told)
        assert (await alerts.press(post, "Acknowledge"))["result"] == "done"
