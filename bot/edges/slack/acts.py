"""The short acts: acknowledge, unmute, archive in GuardDuty, all rows of a storm as a file."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.core.access import Person
from bot.core.moves import Tellable
from bot.core.mute_report import MuteReport
from bot.core.problem import Mark, Problem
from bot.core.problem_views import since
from bot.core.storm import Storm
from bot.core.storm_view import COLUMNS, rows
from bot.core.tellings import closed, shown_soon
from bot.core.upload import Upload
from bot.core.view import View
from bot.edges.slack.admission import Admission
from bot.edges.slack.alert_desk import Backstage, of
from bot.edges.slack.line import Line
from bot.edges.slack.press import Press
from bot.edges.slack.thread import Thread
from bot.errors import BadRequest
from bot.pipeline import Ledger, mutes
from bot.pipeline.rows import all_rows
from bot.render.files import to_csv

DONE = "done"


class Acts:
    """Each gives what came of it in a few words, for the record; raises NoroshiError in words for the person."""

    def __init__(self, backstage: Backstage, admission: Admission, line: Line) -> None:
        self._backstage = backstage
        self._admission = admission
        self._line = line

    async def acknowledge(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Somebody has it: who and when stand on the post from then on."""
        mark = Mark(person.user_id, person.name, self._backstage.now())
        await self._backstage.amend(thing.id, partial(_acknowledged, mark))
        return DONE

    async def unmute(self, _press: Press, person: Person, thing: Tellable) -> str:
        """End a mute before its time."""
        mute = of(thing, MuteReport).mute
        report = await self._backstage.work(partial(mutes.end, self._backstage.ledger, mute.id, person.name))
        self._backstage.desk.wake(report.channel)
        return DONE

    async def archive(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Archive the finding, for who may change something in AWS; the post is over then."""
        problem = of(thing, Problem)
        await self._admission.to_change(person)
        finding = _still_open(problem).alert.finding
        if finding is None:
            raise BadRequest("This is no finding of GuardDuty's.", "There is nothing to archive.")
        await self._backstage.work(partial(self._backstage.desk.changes.archive, [finding]))
        how, now = f"archived in GuardDuty by {person.name}", self._backstage.now()
        await self._backstage.amend(problem.id, partial(archived, how, now))
        return DONE

    async def all_rows(self, press: Press, _person: Person, thing: Tellable) -> str:
        """Every problem of a storm, as a file in its thread."""
        storm = of(thing, Storm)
        content = await self._backstage.work(partial(_file, self._backstage.ledger, storm))
        thread = Thread(self._line, press.place.channel, storm.told.ts or "")
        await thread.attach(Upload(f"noroshi-storm-{storm.opened:%Y%m%d-%H%M}.csv", content))
        return DONE


def _acknowledged(mark: Mark, thing: Tellable) -> Problem:
    problem = _still_open(of(thing, Problem))
    if seen := problem.acknowledged:
        who = "You have" if seen.user_id == mark.user_id else f"{seen.name} has"
        raise BadRequest(
            f"{who} acknowledged this already, {since(seen.at, mark.at)} ago.", "It stands on the post."
        )
    return shown_soon(replace(problem, acknowledged=mark))


def archived(how: str, now: datetime, thing: Tellable) -> Problem:
    """The problem of a finding that was archived: over, and shown so."""
    problem = of(thing, Problem)
    return shown_soon(closed(problem, how, max(now, problem.at)))


def _still_open(problem: Problem) -> Problem:
    if over := problem.over:
        raise BadRequest(
            f"This is over already{f': {over.how}' if over.how else ''}.", "Nothing is to be done."
        )
    return problem


def _file(ledger: Ledger, storm: Storm) -> bytes:
    found = rows(all_rows(ledger, storm))
    return to_csv(View("", rows=tuple(found), columns=COLUMNS)).encode()
