"""A word to who waits comes before the answer, or not at all."""

import asyncio

import pytest

from bot.edges.slack.soon import Soon
from tests.patience import LONGEST


class SlowReply:
    """Keeps notes; each is on its way until it is let through."""

    def __init__(self):
        self.notes = []
        self.on_its_way, self.through = asyncio.Event(), asyncio.Event()

    async def note(self, words):
        self.on_its_way.set()
        await self.through.wait()
        self.notes.append(words)


async def test_a_word_on_its_way_is_through_before_the_answer():
    reply = SlowReply()
    async with Soon(reply, "One moment…", 0.0):
        await reply.on_its_way.wait()
        asyncio.get_running_loop().call_soon(reply.through.set)

    assert reply.notes == ["One moment…"]


async def test_work_that_is_done_in_time_needs_no_word():
    reply = SlowReply()
    async with Soon(reply, "One moment…", LONGEST):
        pass

    assert not reply.on_its_way.is_set()


async def test_a_better_word_takes_its_place():
    reply = SlowReply()
    async with Soon(reply, "One moment…", LONGEST) as soon:
        soon.enough()
        await asyncio.sleep(0)

    assert not reply.on_its_way.is_set()


async def test_work_that_fails_fails_and_its_word_is_through_before():
    reply = SlowReply()
    reply.through.set()

    async def failing():
        async with Soon(reply, "One moment…", 0.0):
            await reply.on_its_way.wait()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert reply.notes == ["One moment…"]
