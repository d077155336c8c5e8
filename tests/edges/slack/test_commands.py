"""A slash command is acked first, then answered privately, in place of its notes."""

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.edges.slack import Pace
from bot.embedded.slack import RATELIMITED, SERVER_ERROR, TIMEOUT, Fault, payloads
from bot.errors import AccessDenied
from tests.edges.slack.conftest import BEN, MIKA, PACE, text


async def test_the_answer_takes_the_place_of_asking(workspace):
    """While the work goes on the person reads what is asked; then the same message is the answer."""
    workspace.ports.trail.gate.clear()

    assert (await workspace.visitor.command(MIKA, "ops", "/look at payroll")).ok
    await workspace.until(workspace.seen)
    asking = workspace.seen()[-1]
    assert "Asking… /look at payroll" in text(asking)

    workspace.ports.trail.gate.set()
    answer = await workspace.settled()
    assert answer is asking
    assert "Who touched payroll" in text(answer)
    assert answer.only_for == workspace.slack.world.user(MIKA).id
    assert workspace.seen(BEN) == []


@pytest.mark.parametrize("method", ["users.info", "response_url"])
async def test_an_ack_waits_for_nothing(open_workspace, method):
    """However slow Slack's own API is, the command is acked."""
    workspace = await open_workspace(pace=Pace(stop=0))
    workspace.slack.socket.ack_seconds = 20.0  # Slack's calls hang for longer than that
    workspace.slack.world.faults.next_calls(method, TIMEOUT, 20)

    for _ in range(5):
        assert (await workspace.visitor.command(MIKA, "ops", "/look at payroll")).ok


async def test_progress_edits_the_note_at_most_twice(workspace):
    """However often a command tells of progress, the answer always has a use of the response_url left."""
    workspace.ports.trail.gate.clear()
    workspace.ports.trail.notes = tuple(f"read {n} files" for n in range(50))

    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(lambda: workspace.seen() and "read " in text(workspace.seen()[-1]))
    workspace.ports.trail.gate.set()
    await workspace.until(lambda: "Who touched payroll" in text(workspace.seen()[-1]))

    assert len(workspace.calls("response_url")) <= 4
    assert len(workspace.seen()) == 1
    assert len(workspace.seen()) == 1


async def test_an_error_stands_in_place_of_the_answer(workspace):
    """A refusal of AWS's reaches the person as message and hint."""
    workspace.ports.trail.error = AccessDenied(
        "Athena refused: no s3:GetObject.", "Add it to the role.", action="s3:GetObject"
    )

    await workspace.answer("/look at payroll")
    await workspace.until(lambda: "Athena refused" in text(workspace.seen()[-1]))

    assert "Add it to the role." in text(workspace.seen()[-1])
    assert len(workspace.seen()) == 1


async def test_what_breaks_is_logged_and_told_without_internals(workspace):
    """The person gets an id that is in the log; the exception's words stay there."""
    workspace.ports.trail.error = ZeroDivisionError("secret internals")

    with capture_logs() as logs:
        await workspace.visitor.command(MIKA, "ops", "/look at payroll")
        await workspace.until(lambda: workspace.seen() and "Something broke" in text(workspace.seen()[-1]))

    broke = next(line for line in logs if line["event"] == "broke")
    assert broke["id"] in text(workspace.seen()[-1])
    assert "secret internals" not in text(workspace.seen()[-1])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("/look", "Usage: /look"),
        ("/look help", "Usage: /look"),
        ("/look at --help", "Who touched THING"),
        ("/look at", "Missing argument"),
        ("/look at “payroll", "A quote is opened and never closed."),
        ("/look at payroll --since soon", "I can't read the time"),
        ("/look at payroll --rows many", "is not a valid integer"),
        ("/look sideways", "No such command"),
        ("/look now", "It is 12:00"),
        ("/lost", "I know no /lost."),
    ],
)
async def test_words_that_need_nobody_are_answered_at_once(workspace, words, says):
    """Help, bad words and unknown commands are answered without a note before, and without asking AWS."""
    answer = await workspace.answer(words)

    assert says in text(answer)
    assert len(workspace.calls("response_url")) == 1
    assert workspace.ports.trail.asked == []


async def test_words_that_take_too_long_to_read_are_told_so(open_workspace):
    """Whatever reading them hangs on, the person is not left waiting."""
    workspace = await open_workspace(pace=replace(PACE, reading=0.0))

    assert "I could not read these words in time." in text(await workspace.answer("/look now"))


async def test_curly_quotes_are_understood(workspace):
    """What a phone makes of quotes and dashes does not matter."""
    answer = await workspace.answer("/look at “pay roll” —since 3d")

    assert "Who touched pay roll" in text(answer)
    assert "2026-09-05" in text(answer)


async def test_a_hundred_questions_too_many_are_told_so(open_workspace):
    """When every thread works and the queue is full, the next person hears it at once."""
    workspace = await open_workspace(pace=Pace(workers=1, waiting=1, pauses=()))
    workspace.ports.trail.gate.clear()
    for n in range(2):
        await workspace.visitor.command(MIKA, "ops", f"/look at thing-{n}")
    await workspace.until(lambda: len(workspace.seen()) == 2)

    await workspace.visitor.command(BEN, "ops", "/look at more")
    await workspace.until(lambda: workspace.seen(BEN))
    assert "I am busy" in text(workspace.seen(BEN)[-1])

    workspace.ports.trail.gate.set()
    await workspace.until(lambda: all("Who touched" in text(each) for each in workspace.seen()))
    assert "Who touched more" in text(await workspace.answer("/look at more", user=BEN, count=2))


async def test_a_spent_response_url_falls_back_to_an_ephemeral_message(workspace):
    """When Slack takes no more by the url, the answer comes by chat.postEphemeral."""
    workspace.slack.world.faults.next_calls("response_url", Fault(error="used_url", status=404), 2)

    answer = await workspace.answer("/look at payroll")

    assert "Who touched payroll" in text(answer)
    assert len(workspace.calls("chat.postEphemeral")) == 1


async def test_an_old_response_url_is_not_used(open_workspace):
    """After half an hour the url is dead, so it is not tried."""
    seconds = [1_000_000.0]
    workspace = await open_workspace(clock=lambda: seconds[0])
    workspace.ports.trail.gate.clear()
    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(workspace.seen)
    seconds[0] += 1800
    workspace.ports.trail.gate.set()
    await workspace.settled(count=2)

    assert len(workspace.calls("response_url")) == 1
    assert len(workspace.calls("chat.postEphemeral")) == 1


async def test_where_the_bot_is_no_member_the_last_way_is_a_direct_message(workspace):
    """A command can be typed where the bot is not: without its url only direct messages are left."""
    world = workspace.slack.world
    world.channel("ops").members.remove(world.bot.id)
    world.faults.next_calls("response_url", Fault(error="used_url", status=404), 3)

    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(workspace.dm)

    assert "Who touched payroll" in text(workspace.dm()[-1])


@pytest.mark.parametrize("fault", [RATELIMITED, SERVER_ERROR])
async def test_a_stumble_of_slacks_is_tried_again(workspace, fault):
    """One 429 or 500 at the answer costs nothing but a moment."""
    workspace.slack.world.faults.next_calls("response_url", fault)

    answer = await workspace.answer("/look now")

    assert "It is 12:00" in text(answer)
    assert workspace.calls("chat.postEphemeral") == []


async def test_nothing_unfurls_and_nobody_is_linked(workspace):
    """Every message that goes out says so."""
    await workspace.answer("/look at payroll")

    for sent in workspace.calls("response_url"):
        assert sent["unfurl_links"] is False
        assert sent["unfurl_media"] is False
        assert "link_names" not in sent
        assert sent["response_type"] == "ephemeral"


async def test_the_answer_comes_also_where_slack_does_not_replace(workspace):
    """Slack's users disagree whether a command's url may replace: with both, one answer is there."""
    workspace.slack.world.hooks.commands_replace = False

    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(lambda: any("Who touched payroll" in text(each) for each in workspace.seen()))


async def test_a_redelivered_command_is_answered_once(workspace):
    """The same trigger twice is one question; both deliveries are acked."""
    world = workspace.slack.world
    told = payloads.slash_command(world, world.user(MIKA), world.channel("ops"), "/look", "at payroll")
    await workspace.slack.socket.deliver("slash_commands", told)
    await workspace.slack.socket.deliver("slash_commands", told)
    await workspace.settled()
    await workspace.answer("/look at other", count=2)

    assert workspace.ports.trail.asked == ["payroll", "other"]


async def test_a_stop_waits_for_answers_in_hand(open_workspace):
    """What was asked before a stop is answered before it ends."""
    workspace = await open_workspace()
    workspace.ports.trail.gate.clear()
    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(workspace.seen)

    stopping = asyncio.create_task(workspace.edge.stop())
    workspace.ports.trail.gate.set()
    await stopping

    assert "Who touched payroll" in text(workspace.seen()[-1])


async def test_a_stop_tells_who_can_no_longer_be_answered(open_workspace):
    """A question that outlasts the stop is not left hanging."""
    workspace = await open_workspace(pace=Pace(pauses=(), stop=0))
    workspace.ports.trail.gate.clear()
    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(workspace.seen)

    await workspace.edge.stop()

    assert "I am being restarted" in text(workspace.seen()[-1])


async def test_a_comparison_that_slack_escaped_is_read_as_it_was_typed(workspace):
    assert (await workspace.visitor.command(MIKA, "ops", "/look at 'a &gt; b &amp;&amp; c &lt; d'")).ok

    await workspace.settled()
    assert workspace.ports.trail.asked == ["a > b && c < d"]
