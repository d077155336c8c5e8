"""Notes are few and never in the answer's way."""

import asyncio

from bot.edges.slack import Pace
from bot.edges.slack.place import Place
from bot.edges.slack.reply import Progress


class FakeReply:
    """Keeps the notes."""

    def __init__(self, *, command=True):
        self.place = Place("U1", "C1", command=command)
        self.notes = []
        self.noted = asyncio.Event()

    async def note(self, words):
        self.notes.append(words)
        self.noted.set()


async def _said(progress, reply, words):
    reply.noted.clear()
    progress(words)
    await reply.noted.wait()


def test_notes_leave_uses_of_the_url_for_the_answer():
    """Asking and two notes, each a second or more after the one before, leave two of the five uses."""
    assert len(Pace().pauses) <= 2
    assert min(Pace().pauses) >= 1.0


def test_a_form_is_acked_before_slack_gives_it_up():
    """Three seconds (docs.slack.dev: handling user interaction), the gate and the reading together."""
    assert Pace().form_gate + Pace().form_reading < 3


async def test_there_are_as_many_notes_as_pauses():
    """Two notes at most: what is said after them is not shown."""
    reply = FakeReply()
    progress = Progress(reply, (0.0, 0.0))
    showing = asyncio.create_task(progress.show())

    await _said(progress, reply, "one")
    await _said(progress, reply, "two")
    progress("three")
    await showing

    assert reply.notes == ["one", "two"]


async def test_only_the_latest_words_are_shown():
    """What came during a pause is old news."""
    reply = FakeReply()
    progress = Progress(reply, (0.0,))
    for n in range(20):
        progress(f"file {n}")
    await progress.show()

    assert reply.notes == ["file 19"]


async def test_a_pause_holds_notes_back():
    """No note comes within the pause; a stop ends the wait for it."""
    reply = FakeReply()
    progress = Progress(reply, (60.0,))
    progress("one")
    showing = asyncio.create_task(progress.show())
    progress.stop()
    await showing

    assert reply.notes == []


async def test_a_press_has_no_notes_that_could_overwrite_its_message():
    """Only a command's own message may be edited."""
    reply = FakeReply(command=False)
    progress = Progress(reply, (0.0,))
    progress("one")
    await progress.show()

    assert reply.notes == []
