"""Where everybody reads an answer that shows only some rows, all of them follow as a file."""

import csv
import io

import pytest

from bot.core.alert import NextStep
from bot.embedded.slack import Fault
from tests.edges.slack.alerts import alert, open_alerts
from tests.edges.slack.conftest import BEN, MIKA, WIDE, action, text

STEPS = (NextStep("All", ("look", "wide", "payroll")), NextStep("Who", ("look", "at", "payroll")))


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


def content(slack, message):
    [file] = message.body["files"]
    return list(csv.reader(io.StringIO(slack.world.files.get(file["id"]).content.decode())))


async def test_all_rows_follow_an_answer_in_the_thread_of_an_alert(alerts):
    post = await alerts.tell(alert(next_steps=STEPS))

    pressed = await alerts.press(post, "Investigate")

    answer, rows, other = alerts.thread(post)
    assert "246 more rows in the CSV" in text(answer)
    assert len(content(alerts.slack, rows)) == 1 + WIDE
    assert rows.body["files"][0]["name"] == "noroshi-look-wide.csv"
    assert "Who touched payroll" in text(other)
    assert pressed["result"] == "2 of 2 answered"


async def test_where_slack_takes_no_file_the_thread_says_why(alerts):
    alerts.slack.world.faults.next_calls("files.getUploadURLExternal", Fault(error="missing_scope"), 5)
    post = await alerts.tell(alert(next_steps=STEPS))

    pressed = await alerts.press(post, "Investigate")

    _, why, other = alerts.thread(post)
    assert "The CSV of all rows: " in text(why)
    assert "Who touched payroll" in text(other)
    assert pressed["result"] == "2 of 2 answered"


async def test_all_rows_follow_a_shared_answer_into_its_thread(workspace):
    answer = await workspace.answer("/look wide payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: len(workspace.seen(BEN)) == 2)

    public, rows = workspace.seen(BEN)
    assert rows.body["thread_ts"] == public.ts
    assert len(content(workspace.slack, rows)) == 1 + WIDE


async def test_a_file_that_slack_does_not_take_is_no_second_sharing(workspace):
    """The answer stands in the channel: whoever presses again is told so."""
    workspace.slack.world.faults.next_calls("files.getUploadURLExternal", Fault(error="missing_scope"), 5)
    answer = await workspace.answer("/look wide payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: "shared with the channel" in text(answer))

    public, why = workspace.seen(BEN)
    assert "All who touched payroll" in text(public)
    assert "The CSV of all rows: " in text(why)
    assert why.body["thread_ts"] == public.ts


async def test_an_answer_that_shows_all_it_has_brings_no_file(workspace):
    answer = await workspace.answer("/look at payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: "shared with the channel" in text(answer))

    assert workspace.calls("files.getUploadURLExternal") == []


async def test_a_private_answer_brings_no_file(workspace):
    await workspace.answer("/look wide payroll")
    await workspace.answer("/look at payroll", count=2)

    assert workspace.calls("files.getUploadURLExternal") == []


async def test_where_the_bot_is_no_member_the_answer_is_shared_without_a_file(workspace):
    answer = await workspace.answer("/look wide payroll")
    world = workspace.slack.world
    world.channel("ops").members.remove(world.bot.id)

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: "shared with the channel" in text(answer))

    assert len(workspace.seen(BEN)) == 1
    assert workspace.calls("files.getUploadURLExternal") == []
