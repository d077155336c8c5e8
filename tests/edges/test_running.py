"""The bot ends in order: what people asked is finished before what it needs is closed."""

import os
import signal

import pytest

from bot.edges.alerting import Alerting
from bot.edges.running import serve


class FakeEdge:
    """Stops the process as soon as it has started."""

    def __init__(self, happened, number):
        self.happened, self.number = happened, number

    async def start(self):
        self.happened.append("answers")
        os.kill(os.getpid(), self.number)

    async def stop(self):
        self.happened.append("answers no more")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_presses_in_hand_are_finished_before_the_store_is_closed(number):
    happened = []
    edge = FakeEdge(happened, number)

    await serve(lambda: edge, Alerting(close=lambda: happened.append("closed")))

    assert happened == ["answers", "answers no more", "closed"]
