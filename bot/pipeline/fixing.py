"""A fix on record, from the request to what came of it; whoever dies in between leaves what to look at."""

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.core.approval.change import Bucket, Change, change
from bot.core.approval.request import BROKEN_OFF, FixRequest, approved, done, stopped, undoing
from bot.core.moves import Tellable
from bot.core.problem import Mark
from bot.core.public.bucket import Judged
from bot.core.public.words import may
from bot.errors import BadRequest, Conflict, NoroshiError
from bot.pipeline.filing import moment_rank
from bot.pipeline.ledger import MOST, Entry, Ledger
from bot.ports import BucketSettings, Record

LANE = "fixing"
_MARK = "changing-"
_KEPT = timedelta(days=30)
Look = Callable[[Bucket], Judged]


class Fixing:
    """Asks for, applies and takes back fixes; `look` judges a bucket as it is now. From any thread, in any replica.

    `lasts` is for how long somebody may approve, and then for how long it may be taken back.
    """

    def __init__(
        self,
        ledger: Ledger,
        settings: BucketSettings,
        look: Look,
        wake: Callable[[str], None],
        lasts: timedelta,
    ) -> None:
        self._ledger, self._settings, self._look, self._wake = ledger, settings, look, wake
        self._lasts = lasts

    def ask(self, wanted: str, bucket: Bucket, reason: str, by: Mark, channel: str) -> FixRequest:
        """Put a request on record; raises BadRequest where there is nothing to do, and what reading the bucket raises."""
        judged = self._look(bucket)
        here = Bucket(judged.bucket.name, judged.bucket.account_id, judged.bucket.region or bucket.region)
        made = change(wanted, judged)
        # What is put back is what S3 itself answers, not what was made of it.
        made = _as_read(made, self._settings.read(here, made.setting))
        request = FixRequest(
            f"fix-{secrets.token_hex(12)}", channel, here, made, reason, by, by.at + self._lasts
        )
        self._ledger.write(Entry(request, 0))
        self._wake(channel)
        return request

    def apply(self, request_id: str, mark: Mark) -> FixRequest:
        """Approve it and change the bucket, once, whoever else presses; raises as `approved` does.

        The state is read just before: what changed meanwhile stops it.
        """
        return self._go(self._begin(request_id, lambda request: approved(request, mark)))

    def undo(self, request_id: str, mark: Mark) -> FixRequest:
        """Put back what was there, where nobody changed it since; raises as `undoing` does."""
        return self._go(self._begin(request_id, lambda request: undoing(request, mark)))

    def mend(self) -> None:
        """Tell what became of changes that were broken off: AWS is only read, never changed a second time."""
        now = self._ledger.now()
        for mark in self._ledger.store.lane(LANE, MOST):
            entry = self._ledger.find(mark.id.removeprefix(_MARK))
            request = entry.thing if entry else None
            if not isinstance(request, FixRequest) or not request.is_changing:
                self._unmark(mark)
            elif request.began and now - request.began > BROKEN_OFF:
                self._end(request, self._found(request, "I was stopped in the middle of it. "))
                self._unmark(mark)

    def _begin(self, request_id: str, step: Callable[[FixRequest], FixRequest]) -> FixRequest:
        """Marked first: should this process die, another finds what was begun."""
        known = self._ledger.store.read(_MARK + request_id).get(_MARK + request_id)
        now = self._ledger.now()
        mark = Record(
            _MARK + request_id, {}, known.version if known else 0, LANE, moment_rank(now), now + _KEPT
        )
        with contextlib.suppress(Conflict):  # another is at it; the record below lets only one through
            self._ledger.store.write(mark)
        begun = self._ledger.amend(request_id, lambda thing: step(_request(thing)))
        self._wake(begun.channel)
        return _request(begun)

    def _unmark(self, mark: Record) -> None:
        with contextlib.suppress(Conflict):
            self._ledger.store.write(Record(mark.id, {}, mark.version, expires_at=self._ledger.now() + _KEPT))

    def _go(self, request: FixRequest) -> FixRequest:
        """One that was begun, by us alone: the record lets nobody else through."""
        made, back = request.change, request.state == "undoing"
        expected, wanted = (made.is_after, made.before) if back else (made.is_before, made.after)
        try:
            if not expected(self._settings.read(request.bucket, made.setting)):
                return self._end(request, _changed(request))
            self._settings.put(request.bucket, made.setting, wanted)
        except NoroshiError as error:
            why = f"{error.message} {error.hint}".strip()
            return self._end(request, self._found(request, f"{why} "))
        return self._end(request, self._put(request))

    def _put(self, request: FixRequest) -> FixRequest:
        """AWS took it. S3 may show what it was for some seconds (S3 user guide, data consistency model)."""
        found = self._found(request, "")
        if found.state == "stopped":
            said = "S3 does not show it yet: look again in a minute."
            return done(request, said, self._ledger.now(), self._lasts)
        return found

    def _found(self, request: FixRequest, why: str) -> FixRequest:
        """What is true of the bucket now, by reading it."""
        made, back = request.change, request.state == "undoing"
        try:
            value = self._settings.read(request.bucket, made.setting)
        except NoroshiError as error:
            return stopped(request, f"{why}Whether it is changed I can't tell: {error.message}")
        if (made.is_before if back else made.is_after)(value):
            return done(request, self._verdict(request.bucket), self._ledger.now(), self._lasts)
        if (made.is_after if back else made.is_before)(value):
            return stopped(request, f"{why}Nothing is changed.")
        return stopped(request, f"{why}It is neither as it was nor as it should be: look at it in AWS.")

    def _verdict(self, bucket: Bucket) -> str:
        try:
            judged = self._look(bucket)
        except NoroshiError as error:
            return f"Whether it is public now I can't tell: {error.message}"
        match judged.verdict.judgement:
            case "public":
                return f"It is still public: everybody may {may(judged.verdict.access)}."
            case "not-public":
                return "It is not public."
            case _:
                return "Whether it is public now I can't tell."

    def _end(self, begun: FixRequest, ended: FixRequest) -> FixRequest:
        """Only one who began it ends it; another who looked at it meanwhile leaves it as it was ended."""

        def end(thing: Tellable) -> Tellable:
            request = _request(thing)
            if request.state != begun.state:
                return request
            return _ended_with(request, ended)

        kept = self._ledger.amend(begun.id, end)
        self._wake(begun.channel)
        return _request(kept)


def _changed(request: FixRequest) -> FixRequest:
    if request.state == "undoing":
        return replace(request, state="applied", came="It was changed since, so it is not taken back.")
    return stopped(request, "it was changed meanwhile, so I left it as it is.")


def _ended_with(request: FixRequest, ended: FixRequest) -> FixRequest:
    """The request as it stands in Slack by now, with what came of it."""
    return replace(ended, told=request.told)


def _as_read(made: Change, value: str | None) -> Change:
    if not made.is_before(value):
        raise BadRequest("It was changed while I looked at it.", "Press Fix… again.")
    return replace(made, before=value)


def _request(thing: Tellable) -> FixRequest:
    if not isinstance(thing, FixRequest):
        raise BadRequest("This button does not fit its message: it is of another time.", "Use a newer one.")
    return thing
