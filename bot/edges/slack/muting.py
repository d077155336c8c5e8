"""Muting: the form, and what is done when it is submitted."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.core.access import Person
from bot.core.alert import Alert
from bot.core.moves import Tellable
from bot.core.mute import Mute
from bot.core.problem import Mark, Problem
from bot.core.severity import Severity
from bot.core.storm import Storm
from bot.core.tellings import muted_by, shown_soon
from bot.edges.slack import mute_form
from bot.edges.slack.alert_desk import Backstage, of
from bot.edges.slack.line import Line
from bot.edges.slack.place import to_json
from bot.edges.slack.press import Press
from bot.errors import BadRequest
from bot.pipeline import mutes


class Muting:
    """A mute of what a problem is about, or of one kind of a storm's."""

    def __init__(self, backstage: Backstage, line: Line) -> None:
        self._backstage = backstage
        self._line = line

    async def open(self, press: Press, _person: Person, thing: Tellable) -> str:
        """Open the form; raises BadRequest where nothing can be muted (any more)."""
        place = to_json(press.place)
        if isinstance(thing, Storm):
            window = mute_form.of_storm(thing, place)
        else:
            problem = _audible(of(thing, Problem))
            window = mute_form.of_problem(problem.id, problem.alert, place)
        await self._line.call(self._line.client.views_open, trigger_id=press.trigger_id, view=window)
        return "asked how"

    def read(self, view: Mapping[str, Any]) -> mute_form.Wanted:
        """What a submitted form says; raises BadRequest."""
        return mute_form.read(view, self._backstage.now(), self._backstage.desk.zone)

    async def mute(self, wanted: mute_form.Wanted, person: Person, thing: Tellable) -> str:
        """Mute it; raises BadRequest where the thing has no such scope, or is muted already."""
        mark = Mark(person.user_id, person.name, self._backstage.now())
        alert = _about(thing, wanted)
        mute = mutes.mute_from(alert, wanted.reach, wanted.reason, mark, wanted.until)
        await self._backstage.work(partial(self._begin, mute, thing))
        self._backstage.desk.wake(thing.channel)
        return f"{mute.scope.words} until {wanted.until:%Y-%m-%d %H:%M %Z}: {wanted.reason}"

    def _begin(self, mute: Mute, thing: Tellable) -> None:
        mutes.begin(self._backstage.ledger, mute, thing.channel)
        if isinstance(thing, Problem):
            self._backstage.ledger.amend(
                thing.id, lambda known: shown_soon(muted_by(of(known, Problem), mute))
            )


def _about(thing: Tellable, wanted: mute_form.Wanted) -> Alert:
    if not isinstance(thing, Storm):
        return _audible(of(thing, Problem)).alert
    kind = mute_form.kind_of(thing, wanted)
    return Alert(thing.id, "", kind, thing.worst_of.get(kind, Severity.INFO), kind)


def _audible(problem: Problem) -> Problem:
    if problem.over:
        raise BadRequest("This is over already.", "There is nothing to mute.")
    if muted := problem.muted:
        raise BadRequest(f"{muted.by} has muted this already: {muted.reason}", "It stands on the post.")
    return problem
