"""10,000 findings of 40 types in the queue at once, three of them critical: when is each seen, and where are all?

    python tests/bench/storm.py

The bot is `noroshi run` in a process of its own, started on the full queue; Slack and AWS stand on loopback in
this one, Slack with its limits. Promised: each critical one is visible under 5 s, at most one post or update a
second and channel, everything accounted for in posts of its own, digests and their CSV, memory flat. The
floor is a loop that only receives and deletes as many such messages, with as many threads.
"""

import asyncio
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.aws.session import make_session
from bot.edges import logs
from tests.chaos.findings import bodies, key
from tests.chaos.stage import CHANNELS, Setting, Stage, stage, told
from tests.chaos.story import Told
from tests.chaos.verdict import Verdict, judge

ROOT = Path(__file__).parents[2]
MANY, CRITICAL, THREADS = 10_000, 3, 4
VISIBLE_SECONDS, GROWTH, PATIENCE = 5.0, 1.25, 120.0


@dataclass
class Bot:
    """The bot's process; times are of this process's monotonic clock, memory is in MB."""

    process: asyncio.subprocess.Process
    started: float
    ready: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    """What it logged beside what is usual."""

    async def listen(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            if b'"level": "info"' not in line:
                self.trouble.append(line.decode().rstrip())

    async def watch(self) -> None:
        """How much memory it has, every quarter of a second."""
        while True:
            self.memory.append((time.monotonic(), resident(self.process.pid)))
            await asyncio.sleep(0.25)

    def growth(self, off_queue: float) -> tuple[float, float]:
        """Memory when a fifth of the storm was on record, and at most."""
        early = self.ready + (off_queue - self.ready) / 5
        return min(self.memory, key=lambda sample: abs(sample[0] - early))[1], max(
            each for _, each in self.memory
        )


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), visibility=60, storm_above=8, routed=False)
        async with stage(setting) as place:
            place.slack.world.rates.on = True
            critical = frozenset(random.Random().sample(range(MANY), CRITICAL))
            queued = list(bodies(range(MANY), critical))
            floor = await bare(place, queued)
            place.aws.fill(place.queue_url, queued)
            async with bot(place) as running:
                return show(place, running, await watch(place, running, critical), floor)


async def bare(place: Stage, queued: list[str]) -> float:
    """Seconds of a loop that only receives and deletes them."""
    place.aws.fill(place.queue_url, queued)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, __file__, "bare", place.queue_url),
        env=place.environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return float(said)


def only_empty(queue_url: str) -> None:
    sqs = make_session().client("sqs")

    def loop() -> None:
        while got := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
            handles = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(got)]
            sqs.delete_message_batch(QueueUrl=queue_url, Entries=handles)

    threads = [threading.Thread(target=loop) for _ in range(THREADS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(time.monotonic() - begun)


@asynccontextmanager
async def bot(place: Stage) -> AsyncIterator[Bot]:
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--with-parent"),
        cwd=ROOT,
        env=place.environment(),
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Bot(process, started)
    assert process.stderr
    while b'"ready"' not in await process.stderr.readline():
        pass
    running.ready = time.monotonic()
    watching = [asyncio.create_task(running.watch()), asyncio.create_task(running.listen())]
    try:
        yield running
    finally:
        for task in watching:
            task.cancel()
        process.terminate()
        await process.wait()


@dataclass
class Seen:
    """When each critical one was seen, when the queue was empty, when all was told; and what stands then."""

    critical: dict[str, float]
    verdict: Verdict
    off_queue: float = 0.0
    told: float = 0.0


async def watch(place: Stage, running: Bot, critical: frozenset[int]) -> Seen:
    """Until everything is accounted for; not for ever."""
    findings = [Told(n, 1, archived=False, critical=n in critical) for n in range(MANY)]
    store, wanted = place.store(), {key(n) for n in critical}
    seen, end = Seen({}, Verdict(faults=["not yet"])), running.ready + PATIENCE
    while seen.verdict.faults and time.monotonic() < end:
        await asyncio.sleep(0.1)
        seen.critical |= visible(place, wanted - set(seen.critical))
        if not seen.off_queue and not await asyncio.to_thread(place.left, place.queue_url):
            seen.off_queue = time.monotonic()
        if seen.off_queue:
            seen.verdict = await asyncio.to_thread(judge, place, findings, store)
            seen.told = time.monotonic()
    return seen


def show(place: Stage, running: Bot, seen: Seen, floor: float) -> int:
    """Print it; 1 when a promise is broken."""
    late = sorted(when - running.ready for when in seen.critical.values())
    recorded, told_at, verdict = seen.off_queue - running.ready, seen.told - running.ready, seen.verdict
    most = place.slack.world.pace.most(place.slack.world.channel(CHANNELS[0]).id)
    early, peak = running.growth(seen.off_queue)
    started = running.ready - running.started
    print(f"critical ones visible after {', '.join(f'{each:.2f}' for each in late)} s")
    print(f"  from when the bot is ready; its start takes {started:.2f} s")
    print(f"off the queue, on record: {recorded:.1f} s; in digests: {told_at:.1f} s")
    print(f"a bare loop with {THREADS} threads: {floor:.1f} s; ratio {recorded / floor:.1f}")
    print(f"most posts and updates of a channel in a second: {most}")
    print(
        f"own posts {verdict.posts}; digests {verdict.digests}, in them and in their CSV {verdict.in_digests:,}"
    )
    print(f"memory: {early:.0f} MB when a fifth was on record, {peak:.0f} MB at most ({peak / early:.2f} x)")
    print("\n".join([*verdict.faults, *running.trouble] if verdict.faults else [f"all {MANY:,}, each once"]))
    seen_early = len(late) == CRITICAL and max(late) < VISIBLE_SECONDS
    return 0 if seen_early and most <= 1 and not verdict.faults and peak < GROWTH * early else 1


def visible(place: Stage, wanted: set[str]) -> dict[str, float]:
    """Those of the wanted keys that stand in the channel by now."""
    posts = place.slack.world.channel(CHANNELS[0]).messages
    keys = {told(post).get("key") for post in posts}
    return {each: time.monotonic() for each in wanted if each in keys}


def resident(pid: int) -> float:
    """Resident memory in MB (Linux: /proc/PID/status)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


if __name__ == "__main__":
    logs.set_up()
    if sys.argv[1:2] == ["bare"]:
        only_empty(sys.argv[2])
        sys.exit()
    ended = asyncio.run(main())
    sys.stdout.flush()
    os._exit(ended)  # DuckDB's bindings would print what they leave behind over what was said
