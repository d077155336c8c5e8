"""A chart comes as a picture where everybody reads the answer; where one person does, by its button."""

import sys

import pytest

from bot.core.alert import NextStep
from bot.core.view import View
from bot.edges.slack.rows import attach_rows
from bot.edges.slack.uploads import of_button
from bot.embedded.slack import Fault
from bot.errors import BadRequest
from bot.render import actions
from bot.render.chart import png
from tests.edges.slack.alerts import alert, open_alerts
from tests.edges.slack.conftest import BEN, MIKA, action, text
from tests.render.charts import month

STEPS = (NextStep("Spent", ("look", "spent")), NextStep("Who", ("look", "at", "payroll")))


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


@pytest.fixture
def without_charts(monkeypatch):
    """As where matplotlib is not installed."""
    monkeypatch.setitem(sys.modules, "bot.render.chart_drawing", None)


def picture(slack, message):
    [file] = message.body["files"]
    assert file["name"] == "noroshi-look-spent.png"
    assert file["title"] == "September: $9,210 so far, $26,800 at its end"
    assert file["alt_txt"] == "Bars by day: EC2 more than doubled on 8 September."
    return slack.world.files.get(file["id"]).content


async def test_the_picture_of_a_private_answer_comes_as_a_direct_message(workspace):
    answer = await workspace.answer("/look spent")

    await workspace.visitor.click(MIKA, answer, action(answer, "Picture"))
    link = await workspace.settled(count=2)

    [message] = [message for message in workspace.dm() if "files" in message.body]
    assert picture(workspace.slack, message) == png(month())
    assert "The picture is in your direct messages" in text(link)
    assert not any("files" in each.body for each in workspace.slack.world.channel("ops").messages)


async def test_a_private_answer_shows_the_chart_in_characters_and_uploads_nothing(workspace):
    answer = await workspace.answer("/look spent")

    assert "▃▃▃▃▃▃▃█▄" in text(answer)
    assert workspace.calls("files.getUploadURLExternal") == []


async def test_the_picture_of_a_shared_answer_follows_in_its_thread(workspace):
    answer = await workspace.answer("/look spent")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: len(workspace.seen(BEN)) > 1)

    public, file = workspace.seen(BEN)[-2:]
    assert picture(workspace.slack, file) == png(month())
    assert file.body["thread_ts"] == public.ts


async def test_the_picture_follows_an_answer_in_the_thread_of_an_alert(alerts):
    post = await alerts.tell(alert(next_steps=STEPS))

    pressed = await alerts.press(post, "Investigate")

    answer, file, other = alerts.thread(post)
    assert "September costs" in text(answer)
    assert picture(alerts.slack, file) == png(month())
    assert "Who touched payroll" in text(other)
    assert pressed["result"] == "2 of 2 answered"


async def test_where_slack_takes_no_picture_the_thread_says_why(workspace):
    workspace.slack.world.faults.next_calls("files.getUploadURLExternal", Fault(error="missing_scope"), 5)
    answer = await workspace.answer("/look spent")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: len(workspace.seen(BEN)) > 1)

    assert "The picture: " in text(workspace.seen(BEN)[-1])


@pytest.mark.usefixtures("without_charts")
async def test_where_nothing_can_be_drawn_the_button_says_what_is_missing(workspace):
    answer = await workspace.answer("/look spent")

    await workspace.visitor.click(MIKA, answer, action(answer, "Picture"))
    said = await workspace.settled(count=2)

    assert "I can't draw pictures here" in text(said)
    assert "pip install 'noroshi[charts]'" in text(said)
    assert workspace.dm() == []


@pytest.mark.usefixtures("without_charts")
async def test_where_nothing_can_be_drawn_an_answer_is_shared_in_characters_and_nobody_is_bothered(workspace):
    answer = await workspace.answer("/look spent")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: "shared with the channel" in text(answer))

    [public] = workspace.seen(BEN)
    assert "▃▃▃▃▃▃▃█▄" in text(public)


async def test_pictures_are_drawn_in_the_pool_never_beside_it():
    """Nothing is made but by what `work` is given: here a pool that takes its work and never does it."""
    asked = []

    async def work(make):
        asked.append(make)
        return ()

    await attach_rows(View("x", (month(),)), {"blocks": []}, None, work)

    assert len(asked) == 1


def test_an_answer_without_a_chart_has_no_picture():
    with pytest.raises(BadRequest, match="no picture"):
        of_button(View("x"), actions.PICTURE)
