"""CSV and Share: an answer is handed out only to whom it was given, and where it was given."""

import csv
import io

import pytest

from bot.embedded.slack import Fault
from tests.edges.slack.conftest import BEN, MIKA, WHOLE, action, text


async def test_the_csv_of_a_private_answer_comes_as_a_direct_message(workspace):
    """A file cannot be ephemeral, so it goes where only the person reads; a link says where."""
    answer = await workspace.answer("/look at payroll --rows 3")

    await workspace.visitor.click(MIKA, answer, action(answer, "CSV"))
    link = await workspace.settled(count=2)

    files = [message for message in workspace.dm() if "files" in message.body]
    assert len(files) == 1
    content = workspace.slack.world.files.get(files[0].body["files"][0]["id"]).content.decode()
    assert list(csv.reader(io.StringIO(content))) == [["who", "calls"]] + [["mika", "3"]] * 3
    assert files[0].body["files"][0]["name"] == "noroshi-look-at.csv"
    assert "The CSV is in your direct messages" in text(link)
    assert "slack.com/archives/" in text(link)
    assert not any("files" in each.body for each in workspace.slack.world.channel("ops").messages)


async def test_the_file_of_a_private_answer_comes_as_a_direct_message(workspace):
    answer = await workspace.answer("/look whole payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "As a file"))
    link = await workspace.settled(count=2)

    [message] = [message for message in workspace.dm() if "files" in message.body]
    [file] = message.body["files"]
    assert file["name"] == "payroll.txt"
    assert workspace.slack.world.files.get(file["id"]).content.decode() == WHOLE
    assert "The file is in your direct messages" in text(link)


async def test_the_file_of_a_shared_answer_follows_in_its_thread(workspace):
    answer = await workspace.answer("/look whole payroll")

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: len(workspace.seen(BEN)) > 1)

    public, file = workspace.seen(BEN)[-2:]
    assert file.body["files"][0]["name"] == "payroll.txt"
    assert file.body["thread_ts"] == public.ts


async def test_sharing_posts_the_answer_once_and_says_who(workspace):
    """The channel sees the answer; the private one loses its button; a second press is told."""
    answer = await workspace.answer("/look at payroll")
    share = action(answer, "Share in channel")
    shown = answer.body["blocks"]

    await workspace.visitor.click(MIKA, answer, share)
    await workspace.until(lambda: "shared with the channel" in text(answer))

    public = workspace.seen(BEN)[-1]
    assert public.only_for is None
    assert "Who touched payroll" in text(public)
    assert "shared by Mika Sato" in text(public)
    assert "Share in channel" not in text(public)
    assert "Share in channel" not in text(answer)

    answer.body["blocks"] = shown
    await workspace.visitor.click(MIKA, answer, share)
    await workspace.until(lambda: "is shared already" in text(workspace.seen()[-1]))
    assert workspace.seen(BEN) == [public]


async def test_anybody_in_the_channel_takes_the_csv_of_a_shared_answer(workspace):
    """It goes into the shared answer's thread."""
    answer = await workspace.answer("/look at payroll")
    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: workspace.seen(BEN))
    public = workspace.seen(BEN)[-1]

    await workspace.visitor.click(BEN, public, action(public, "CSV"))
    await workspace.until(lambda: "files" in workspace.seen(BEN)[-1].body)

    assert workspace.seen(BEN)[-1].body["thread_ts"] == public.ts
    assert workspace.dm(BEN) == []


async def test_sharing_works_where_the_bot_is_no_member(workspace):
    """The click's own url may post where the token may not."""
    answer = await workspace.answer("/look at payroll")
    world = workspace.slack.world
    world.channel("ops").members.remove(world.bot.id)

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: workspace.seen(BEN))

    assert "shared by Mika Sato" in text(workspace.seen(BEN)[-1])


async def test_sharing_names_its_person_also_when_slack_will_not_say_more(workspace):
    """The name by which the gate let them in is kept for that."""
    answer = await workspace.answer("/look at payroll")
    workspace.slack.world.faults.next_calls("users.info", Fault(error="user_not_found"))

    await workspace.visitor.click(MIKA, answer, action(answer, "Share in channel"))
    await workspace.until(lambda: workspace.seen(BEN))

    assert "shared by mika.sato" in text(workspace.seen(BEN)[-1])


async def test_a_share_that_failed_can_be_tried_again(workspace):
    """Slack's no is told, and the button still works."""
    answer = await workspace.answer("/look at payroll")
    workspace.slack.world.faults.next_calls("chat.postMessage", Fault(error="restricted_action"))
    share = action(answer, "Share in channel")

    await workspace.visitor.click(MIKA, answer, share)
    told = await workspace.settled(count=2)
    assert "restricted_action" in text(told)
    await workspace.visitor.click(MIKA, answer, share)
    await workspace.until(lambda: workspace.seen(BEN))


@pytest.mark.parametrize("label", ["CSV", "Share in channel"])
async def test_an_answer_is_refused_to_others(workspace, label):
    """Whoever gets hold of the id of another's answer gets nothing."""
    answer = await workspace.answer("/look at payroll")
    answer.only_for = None

    await workspace.visitor.click(BEN, answer, action(answer, label))
    told = await workspace.settled(BEN, count=2)

    assert "given to somebody else" in text(told)
    assert workspace.calls("files.getUploadURLExternal") == []
    assert workspace.calls("chat.postMessage") == []
