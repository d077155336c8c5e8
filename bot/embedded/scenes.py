"""The scenes of the demo: the story that plays by itself, and what a person lets happen by a button of the page."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import orjson

from bot.embedded import happening
from bot.embedded.incident.news import News, goes_on, guardduty_switched, steps
from bot.embedded.incident.storm import FINDINGS, Storm
from bot.embedded.slack.stage import Scene
from bot.embedded.world import World

Sleep = Callable[[float], Awaitable[None]]


class Scenes:
    """Opens the stage of the world's page; `storm` is how many findings a storm has."""

    def __init__(self, world: World, *, storm: int = FINDINGS) -> None:
        self._world = world
        self._steps = steps(world.incident)
        self._storm = storm
        self._told, self._repeats, self._storms = 0, 0, 0
        self._ended: set[int] = set()
        self._deaf = False
        self._playing = asyncio.Event()
        self._turn = asyncio.Lock()
        world.slack.stage.open(self._scenes(), "The incident begins in a moment")

    def _scenes(self) -> dict[str, Scene]:
        def plain(words: str) -> Callable[[], str]:
            return lambda: words

        faults = self._world.slack.world.faults
        return {
            "play": Scene(
                lambda: "Pause" if self._playing.is_set() else "Play",
                self._play_or_pause,
                "Let the story go on by itself, or stop it",
                is_over=self._is_told,
            ),
            "next": Scene(plain("Next event"), self._step, "One step of the story", is_over=self._is_told),
            "again": Scene(
                plain("It goes on"),
                self._go_on,
                "The bucket is read again: the same problem, once more",
                is_over=lambda: not self._told,
            ),
            "over": Scene(
                plain("It is over"), self._end, "AWS says so of all that it can", is_over=self._nothing_to_end
            ),
            "storm": Scene(
                plain("Storm"), self._blow, f"{self._storm:,} findings at once, three of them Critical"
            ),
            "outage": Scene(
                plain("Slack outage"),
                self._outage,
                "Slack takes nothing from the bot while it is on",
                is_on=lambda: faults.outage,
            ),
            "deaf": Scene(
                plain("GuardDuty off"),
                self._switch_guardduty,
                "Somebody switches it off; within five minutes the bot says in #ops that it is deaf",
                is_on=lambda: self._deaf,
            ),
        }

    async def play(self, first: float, pace: float, sleep: Sleep = asyncio.sleep) -> None:
        """Tell the story, a step every `pace` seconds, the first after `first`; waits while it is paused."""
        self._playing.set()
        self._say("The incident begins in a moment")
        await sleep(first)
        while not self._is_told():
            await self._playing.wait()
            await self._tell_next()
            await sleep(pace)

    async def _play_or_pause(self) -> None:
        if self._playing.is_set():
            self._playing.clear()
        else:
            self._playing.set()

    async def _step(self) -> None:
        """Who takes steps does not want others to come in between."""
        self._playing.clear()
        await self._tell_next()

    async def _tell_next(self) -> None:
        async with self._turn:
            if self._is_told():
                return
            step = self._steps[self._told]
            self._told += 1
            await self._happen(step.tell(_now()))
            self._say(f"{self._told} of {len(self._steps)} · {step.name}")

    async def _go_on(self) -> None:
        self._repeats += 1
        self._ended.discard(0)
        await self._happen(goes_on(self._world.incident, _now(), self._repeats))
        self._say("The payroll bucket is read again")

    async def _end(self) -> None:
        for n, step in enumerate(self._steps[: self._told]):
            if step.ends and n not in self._ended:
                await self._happen(step.ends(_now()))
                self._ended.add(n)
        self._say("What AWS can call over is over")

    async def _blow(self) -> None:
        self._storms += 1
        storm = Storm(self._world.incident.company, _now(), self._storms, self._storm)
        queue = self._world.seeded.queue_url
        bodies = (orjson.dumps(event).decode() for event in storm.events())
        await asyncio.to_thread(self._world.aws.fill, queue, bodies)
        self._say(f"A storm: {self._storm:,} findings are in the queue")

    async def _outage(self) -> None:
        faults = self._world.slack.world.faults
        faults.outage = not faults.outage
        self._say("Slack takes nothing from the bot" if faults.outage else "Slack is back")

    async def _switch_guardduty(self) -> None:
        incident, aws, on = self._world.incident, self._world.aws, self._deaf
        guardduty, detector = happening.detector_of(aws, incident.prod.id, incident.home_region)
        await asyncio.to_thread(guardduty.update_detector, DetectorId=detector, Enable=on)
        await self._happen(guardduty_switched(incident, _now(), on=on))
        self._deaf = not on
        self._say("GuardDuty is on again" if on else "Somebody switched GuardDuty off")

    async def _happen(self, news: Sequence[News]) -> None:
        await asyncio.to_thread(happening.tell, self._world.aws, self._world.topic, *news)

    def _is_told(self) -> bool:
        return self._told >= len(self._steps)

    def _nothing_to_end(self) -> bool:
        told = enumerate(self._steps[: self._told])
        return not any(step.ends and n not in self._ended for n, step in told)

    def _say(self, words: str) -> None:
        self._world.slack.stage.tell(words)


def _now() -> datetime:
    return datetime.now(UTC)
