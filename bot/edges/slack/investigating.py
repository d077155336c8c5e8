"""Investigating: an alert's next questions, asked at once and answered in its thread."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import structlog

from bot.core.access import Person
from bot.core.alert import NextStep
from bot.core.buttons import Menu
from bot.core.problem import Problem
from bot.core.problem_views import since
from bot.core.view import View
from bot.edges.slack.alert_desk import Backstage, told
from bot.edges.slack.asking import Asking
from bot.edges.slack.line import Line
from bot.edges.slack.place import Place
from bot.edges.slack.rows import attach_rows
from bot.edges.slack.thread import Thread
from bot.errors import BadRequest, NoroshiError, Upstream
from bot.pipeline import turns

_log = structlog.get_logger("noroshi.slack")
_LONGEST = timedelta(minutes=10)
"""Longer than all questions of an alert may take; after a crash it can be investigated again then."""


class Investigating:
    """One problem is investigated once at a time, in whichever replica."""

    def __init__(self, backstage: Backstage, asking: Asking, line: Line) -> None:
        self._backstage = backstage
        self._asking = asking
        self._line = line

    async def run(self, problem: Problem, channel: str, person: Person, heard: Callable[[], None]) -> str:
        """Ask and answer; `heard` is called as soon as the thread says so. Gives how many were answered.

        Raises BadRequest where it is being done already, Upstream where Slack took nothing.
        """
        steps = problem.alert.next_steps
        if not steps:
            raise BadRequest("There is nothing that I could ask about this.", "Ask yourself: /trail help")
        async with self._turn(problem, person):
            thread = Thread(self._line, channel, problem.told.ts or "")
            answers = _Answers(thread, person, channel, self._asking, self._backstage)
            await answers.begin(steps)
            heard()
            await self._answer(steps, answers, person)
            return answers.summary(len(steps))

    @asynccontextmanager
    async def _turn(self, problem: Problem, person: Person) -> AsyncIterator[None]:
        store, now = self._backstage.ledger.store, self._backstage.now
        turn = await self._backstage.work(
            lambda: turns.take(store, f"investigate-{problem.id}", person.name, now(), _LONGEST)
        )
        if not turn.mine:
            raise BadRequest(
                f"{turn.by} pressed this {since(turn.at, now())} ago, and I am still looking.",
                "The answers come into the thread of the alert.",
            )
        try:
            yield
        finally:
            try:
                await self._backstage.work(partial(turns.end, store, turn, now()))
            except NoroshiError as error:
                # It comes free by itself in a while; what was answered is answered.
                _log.warning("turn not ended", problem=problem.id, why=told(error))

    async def _answer(self, steps: Sequence[NextStep], answers: "_Answers", person: Person) -> None:
        """All are asked at once, for who pressed, and told in their order, each as soon as it is there."""
        asked = [asyncio.create_task(self._asking.answer(step.words, person.user_id)) for step in steps]
        try:
            for step, task in zip(steps, asked, strict=True):
                await asyncio.wait({task})
                await answers.tell(step, task)
        except asyncio.CancelledError:
            await answers.break_off()
            raise
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)


class _Answers:
    """What stands in the thread: first a note that it is being looked, in whose place the first answer comes."""

    def __init__(
        self, thread: Thread, person: Person, channel: str, asking: Asking, backstage: Backstage
    ) -> None:
        self._thread = thread
        self._person = person
        self._place = Place(person.user_id, channel)
        self._asking = asking
        self._backstage = backstage
        self._note = ""
        self._told = self._answered = 0
        self._lost: Upstream | None = None

    async def begin(self, steps: Sequence[NextStep]) -> None:
        """Raises Upstream."""
        words = " · ".join(_typed(step) for step in steps)
        self._note = await self._thread.note(f"Looking for {self._person.name}… {words}")

    async def tell(self, step: NextStep, task: "asyncio.Task[View]") -> None:
        """An answer, or why there is none; one that Slack does not take holds up nothing."""
        try:
            if error := _error(task):
                ways = self._asking.ways_on(error, step.words)
                await self._thread.say_error(error, _typed(step), self._taken(), ways)
            else:
                await self._answer(step, task.result())
                self._answered += 1
            self._told += 1
        except Upstream as lost:
            _log.warning("answer lost", step=_typed(step), why=told(lost))
            self._lost = lost

    async def _answer(self, step: NextStep, view: View) -> None:
        """The answer; and all its rows as a file, where it shows only some."""
        asked = f"asked by {self._person.name} with {_typed(step)}"
        menus = any(isinstance(button, Menu) for button in view.buttons)
        kept = self._asking.keep(view, self._place, public=True) if menus else None
        message = await self._thread.answer(view, asked, self._taken(), kept)
        await attach_rows(view, message, self._thread, self._backstage.work)

    def summary(self, of: int) -> str:
        """How many were answered; raises Upstream where nothing could be told at all."""
        if self._lost and not self._told:
            raise self._lost
        return f"{self._answered} of {of} answered"

    async def break_off(self) -> None:
        """Let no note stand that promises answers which never come; raises Upstream."""
        if self._note:
            restarted = Upstream(
                "I was restarted before I could answer.", "Press Investigate again in a minute."
            )
            await self._thread.say_error(restarted, "Investigate", self._taken())

    def _taken(self) -> str:
        """The note, for what takes its place; there is only one."""
        note, self._note = self._note, ""
        return note


def _error(task: "asyncio.Task[View]") -> NoroshiError | None:
    """Why a question has no answer; what broke on our side is logged, and said in words that name no cause."""
    error = task.exception()
    if error is None or isinstance(error, NoroshiError):
        return error
    _log.error("investigation broke", exc_info=error)
    return NoroshiError("something broke on my side.", "Ask it yourself; if it stays, tell who runs me.")


def _typed(step: NextStep) -> str:
    return f"/{' '.join(step.words)}"
