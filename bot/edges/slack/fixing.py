"""Fixing a bucket from Slack: one asks, another approves; both are looked up at the click."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from bot.core.access import Person
from bot.core.approval.request import FixRequest, refused
from bot.core.moves import Tellable
from bot.core.problem import Mark, Problem
from bot.core.public.bucket import Bucket
from bot.edges.slack import fix_form
from bot.edges.slack.admission import Admission
from bot.edges.slack.alert_desk import Backstage, of
from bot.edges.slack.line import Line
from bot.edges.slack.place import to_json
from bot.edges.slack.press import Press
from bot.edges.slack.reply import Reply
from bot.errors import BadRequest, Forbidden, Upstream
from bot.pipeline.fixing import Fixing
from bot.render.notices import progress_payload

_log = structlog.get_logger("noroshi.slack")


class Fixes:
    """Each gives what came of it in a few words, for the record; raises NoroshiError in words for the person."""

    def __init__(self, backstage: Backstage, admission: Admission, line: Line) -> None:
        self._backstage, self._admission, self._line = backstage, admission, line

    async def open(self, press: Press, person: Person, thing: Tellable) -> str:
        """Open the form of an alert's bucket, for who may change something in AWS."""
        problem = of(thing, Problem)
        return await self.open_for(press, person, problem.id, _bucket(problem))

    async def open_for(self, press: Press, person: Person, subject: str, bucket: Bucket) -> str:
        """The same for a bucket; `subject` is what the form is about: the problem, or the bucket itself."""
        self._fixing()
        await self._admission.to_change(person)
        window = fix_form.of_problem(subject, bucket.name, to_json(press.place))
        await self._line.call(self._line.client.views_open, trigger_id=press.trigger_id, view=window)
        return "asked what"

    def read(self, view: Mapping[str, Any]) -> fix_form.Wanted:
        """What a submitted form says; raises BadRequest."""
        return fix_form.read(view)

    async def ask(self, wanted: fix_form.Wanted, person: Person, thing: Tellable) -> str:
        """Put the request into the alert's channel; raises BadRequest where there is nothing to fix."""
        problem = of(thing, Problem)
        return await self.ask_for(wanted, person, _bucket(problem), problem.channel)

    async def ask_for(
        self, wanted: fix_form.Wanted, person: Person, bucket: Bucket, channel: str = ""
    ) -> str:
        """The same for a bucket; without a channel, into that of alerts."""
        await self._admission.to_change(person)
        where = channel or self._backstage.desk.channel
        ask = partial(self._fixing().ask, wanted.fix, bucket, wanted.reason, self._mark(person), where)
        request = await self._backstage.work(partial(ask, text=wanted.given))
        return f"{request.id}: {request.change.words}"

    async def tell(self, reply: Reply) -> None:
        """Where the request stands; that this does not get through takes nothing from it."""
        words = f"Asked for in {self._backstage.desk.channel}: somebody else has to approve it there."
        try:
            await reply.answer(progress_payload(words))
        except Upstream as error:
            _log.info("note_lost", user=reply.place.user, why=error.message)

    async def approve(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Change the bucket, once, for somebody of access.approve who did not ask for it."""
        request = of(thing, FixRequest)
        await self._admission.to_approve(person)
        ended = await self._backstage.work(partial(self._fixing().apply, request.id, self._mark(person)))
        return f"{ended.state}: {ended.came}"

    async def refuse(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Nobody changes it: who may approve may refuse, and who asked may withdraw."""
        request = of(thing, FixRequest)
        if person.user_id != request.by.user_id:
            await self._admission.to_approve(person)
        mark = self._mark(person)
        await self._backstage.amend(request.id, lambda known: refused(of(known, FixRequest), mark))
        return "refused"

    async def undo(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Put back what was there before, for somebody of access.approve."""
        request = of(thing, FixRequest)
        await self._admission.to_approve(person)
        ended = await self._backstage.work(partial(self._fixing().undo, request.id, self._mark(person)))
        return f"{ended.state}: {ended.came}"

    def _fixing(self) -> Fixing:
        if self._backstage.desk.fixing is None:
            raise Forbidden("Buckets can't be fixed from here.", "Turn on s3.fixes in the settings.")
        return self._backstage.desk.fixing

    def _mark(self, person: Person) -> Mark:
        return Mark(person.user_id, person.name, self._backstage.now())


def _bucket(problem: Problem) -> Bucket:
    bucket = problem.alert.bucket
    if bucket is None:
        raise BadRequest("This is about no bucket that I can fix.", "Look at it: /s3 public")
    return bucket
