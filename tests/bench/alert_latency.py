"""An idle bot, one event at a time: how long from the queue to the message standing in Slack?

    python tests/bench/alert_latency.py

The bot is `noroshi run` in a process of its own; Slack and AWS stand on loopback in this one. Measured from
the event's receive (the stand-in hands it out) and from its sending, to the instant the message stands.
Promised: p99 under 1 s from the receive. The floor is a bare chat.postMessage of slack_sdk in the same run.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from slack_sdk import WebClient

from bot.edges import logs
from tests.bench.storm import bot
from tests.chaos.findings import body, key
from tests.chaos.stage import OPS, Setting, Stage, stage, told

EVENTS, PROMISED, PATIENCE = 200, 1.0, 30.0


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), visibility=60)
        async with stage(setting) as place:
            received = Received(place)
            async with bot(place):
                await settle(place)
                told_after = [await one(place, received, number) for number in range(EVENTS)]
            floor = [await bare(place) for _ in range(EVENTS)]
    from_receive, from_send = zip(*told_after, strict=True)
    for name, seconds in (("receive", from_receive), ("send", from_send), ("bare post", floor)):
        p50, p99 = quantile(seconds, 50), quantile(seconds, 99)
        print(
            f"from {name:10} p50 {p50 * 1000:6.0f} ms   p99 {p99 * 1000:6.0f} ms   most {max(seconds) * 1000:6.0f} ms"
        )
    ratio = quantile(from_receive, 50) / quantile(floor, 50)
    print(f"p50 is {ratio:.1f} x a bare post's; {EVENTS} events, each told once")
    return 0 if quantile(from_receive, 99) < PROMISED else 1


class Received:
    """When the queue last gave something out, by this process's monotonic clock."""

    def __init__(self, place: Stage) -> None:
        self.at = 0.0
        queue = place.queue
        receive = queue.receive

        def noted(*asked: float) -> list[object]:
            given = receive(*asked)
            if given:
                self.at = time.monotonic()
            return given

        queue.receive = noted


async def settle(place: Stage) -> None:
    """Let the bot say what it has to say of itself at its start."""
    quiet_since, known = time.monotonic(), 0
    while time.monotonic() - quiet_since < 3:
        await asyncio.sleep(0.2)
        if (now := len(place.messages())) != known:
            quiet_since, known = time.monotonic(), now


async def one(place: Stage, received: Received, number: int) -> tuple[float, float]:
    """Seconds from the receive and from the sending of one event, after a pause in which nothing happens."""
    # Slack takes one message a second in a channel, and there are four: nobody waits for the one before.
    await asyncio.sleep(random.uniform(0.3, 0.45))
    with place.slack.world.feed.watch() as changes:
        sent = time.monotonic()
        await asyncio.to_thread(place.aws.fill, place.queue_url, [body(number)])
        async with asyncio.timeout(PATIENCE):
            while (change := await changes.get()) is None or change.kind != "message":
                pass
        stands = time.monotonic()
    assert [told(message).get("key") for message in place.messages()].count(key(number)) == 1
    return stands - received.at, stands - sent


async def bare(place: Stage) -> float:
    """Seconds of one chat.postMessage."""
    client = WebClient(place.slack.bot_token, base_url=place.slack.api_url)
    client.proxy = None
    begun = time.monotonic()
    await asyncio.to_thread(client.chat_postMessage, channel=f"#{OPS}", text="hello")
    return time.monotonic() - begun


def quantile(seconds: tuple[float, ...] | list[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1]


if __name__ == "__main__":
    logs.set_up()
    ended = asyncio.run(main())
    sys.stdout.flush()
    os._exit(ended)  # DuckDB's bindings would print what they leave behind over what was said
