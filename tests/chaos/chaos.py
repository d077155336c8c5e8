"""A chaos: alerts come, replicas are killed, Slack fails; then everybody rests, and it is counted."""

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bot.embedded.slack import DONE_BUT_TIMEOUT, MISHAPS, TIMEOUT
from tests.chaos.instants import WORST
from tests.chaos.machine import CountedFaults, Lag
from tests.chaos.replicas import Replicas, replicas
from tests.chaos.stage import Setting, Stage, stage
from tests.chaos.story import Told, endings, findings, tellings
from tests.chaos.verdict import Verdict, judge

PACE = {"step": 0.01, "lease": 2.7, "call": 0.9, "settle": 1.4, "poll": 0.05, "longest_pause": 1.5}
"""Slack's pace and the bot's patience in seconds, as short as a busy machine allows: the bot may look for what
it sent once `settle` is over, so the stand-in must have done by then whatever it was asked."""
FAULTS = (*MISHAPS, *MISHAPS, TIMEOUT, DONE_BUT_TIMEOUT)
NO_STORM, STORM = 1_000_000, 8
_RANDOM = 3
"""So many kills come at any instant, then one at one of the worst."""


@dataclass(frozen=True)
class Plan:
    """How much of it, and which; `fold` lets storms become digests, `gap` is the mean time between two kills."""

    alerts: int
    kills: int
    seed: int = 1
    store: str = "sqlite"
    fold: bool = False
    gap: float = 0.9
    patience: float = 180.0
    """Seconds until everything must be told after the last kill."""
    slower: float = 1.0
    """So many times as slow as PACE."""

    @property
    def pace(self) -> dict[str, float]:
        return {name: seconds * self.slower for name, seconds in PACE.items()}

    @property
    def storm_above(self) -> int:
        return STORM if self.fold else NO_STORM


@dataclass(frozen=True)
class Report:
    """What came of it; `lag` is the longest that the stand-in kept a call waiting because the machine was busy.

    Longer than `settle`, and Slack did what it was asked after everybody had looked for it: no fault of the bot's.
    """

    verdict: Verdict
    sent: int
    kills: int
    calls: int
    failed: int
    seconds: float
    lag: float
    settle: float

    @property
    def fair(self) -> bool:
        """Whether the machine let the stand-in keep what Slack promises."""
        return self.lag < self.settle


async def play(plan: Plan, folder: Path) -> Report:
    """Play it to its end; the replicas' log is `bot.log` in the folder."""
    begun, chance = time.monotonic(), random.Random(plan.seed)
    told = findings(plan.alerts, chance)
    going_on = [replace(each, archived=False) for each in told]
    acts = ((going_on, tellings(told, chance), 0.9), (told, endings(told, chance), 0.1))
    setting = Setting(folder, plan.store, storm_above=plan.storm_above)
    pace = plan.pace | {"storm_above": plan.storm_above}
    async with stage(setting, plan.seed) as place, Lag() as lag:
        place.forget_the_dead()
        place.slack.world.faults = faults = CountedFaults()
        faults.randomly(0.1, plan.seed, FAULTS)
        async with replicas(2, place.environment(), pace, folder / "bot.log") as bots:
            for known, handfuls, share in acts:
                kills = round(plan.kills * share)
                await asyncio.gather(
                    _send(place, handfuls, kills * plan.gap), _kill(place, bots, kills, plan.gap, chance)
                )
                verdict = await _rest(place, known, plan)
            if not verdict.faults:
                # What would be told twice has come by then.
                await asyncio.sleep(plan.pace["lease"] + plan.pace["settle"])
                verdict = await asyncio.to_thread(judge, place, told, place.store())
            verdict.blame("replicas ended by themselves", bots.dead())
    sent = sum(len(handful) for _, handfuls, _ in acts for handful in handfuls)
    seconds, settle = time.monotonic() - begun, plan.pace["settle"]
    return Report(verdict, sent, bots.kills, faults.calls, faults.failed, seconds, lag.longest, settle)


async def _send(place: Stage, handfuls: list[list[str]], seconds: float) -> None:
    """Over as long as the killing goes on."""
    for handful in handfuls:
        await asyncio.to_thread(place.aws.fill, place.queue_url, handful)
        await asyncio.sleep(seconds / len(handfuls))


async def _kill(place: Stage, bots: Replicas, kills: int, gap: float, chance: random.Random) -> None:
    end, worst = bots.kills + kills, itertools.cycle(WORST)
    while bots.kills < end:
        await next(worst)(place)
        await bots.kill_all()
        for _ in range(min(_RANDOM, end - bots.kills)):
            await asyncio.sleep(chance.uniform(0, 2 * gap))
            await bots.kill(chance.randrange(2))


async def _rest(place: Stage, told: list[Told], plan: Plan) -> Verdict:
    """Until everything is told."""
    store, end = place.store(), time.monotonic() + plan.patience
    while (verdict := await asyncio.to_thread(judge, place, told, store)).faults:
        if verdict.final or time.monotonic() > end:
            break
        await asyncio.sleep(0.5)
    return verdict
