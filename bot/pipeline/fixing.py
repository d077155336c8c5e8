"""A fix on record, from the request to what came of it; whoever dies in between leaves what to look at."""

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.core.approval.change import Change
from bot.core.approval.request import BROKEN_OFF, HASTE, Came, FixRequest, approved, done, stopped, undoing
from bot.core.approval.wanted import change
from bot.core.moves import Tellable
from bot.core.problem import Mark
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.words import stands
from bot.errors import BadRequest, Conflict, NoroshiError
from bot.pipeline import audit
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

    def ask(
        self, wanted: str, bucket: Bucket, reason: str, by: Mark, channel: str, *, text: str = ""
    ) -> FixRequest:
        """Put a request on record; `text` fills a template.

        Raises BadRequest where there is nothing to do, and what reading the bucket raises.
        """
        judged = self._look(bucket)
        told = judged.bucket
        here = Bucket(told.name, told.account_id or bucket.account_id, told.region or bucket.region)
        made = change(wanted, judged, text)
        # What is put back is what S3 itself answers, not what was made of it.
        made = _as_read(made, self._settings.read(here, made.setting))
        name, until = f"fix-{secrets.token_hex(12)}", by.at + self._lasts
        request = FixRequest(name, channel, here, made, reason, by, until, stands(judged.verdict))
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
        for mark in self._ledger.store.lane(LANE, MOST):
            if mark.rank > moment_rank(self._ledger.now() - BROKEN_OFF):
                return  # it, and all after it, may yet be at work, or about to begin
            entry = self._ledger.find(mark.id.removeprefix(_MARK))
            request = entry.thing if entry else None
            if isinstance(request, FixRequest) and request.is_changing:
                self._mend(request)
            self._unmark(mark)

    def _mend(self, request: FixRequest) -> None:
        """Whoever pressed never came to keep what came of it."""
        ended = self._end(request, self._found(request, "I was stopped in the middle of it. "))
        who, act = request.whose_turn, "undo-fix" if request.state == "undoing" else "approve-fix"
        if who:
            came = f"broke off; {ended.state}: {ended.came}"
            pressed = audit.Pressed(who.user_id, who.name, act, request.title, request.channel, came)
            audit.note(self._ledger.store, pressed, self._ledger.now())

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
                return self._end(request, stopped(request, _MEANWHILE))
            if self._is_late(request):
                return self._end(request, stopped(request, "Reading it took too long. Nothing is changed."))
            self._settings.put(request.bucket, made.setting, wanted)
        except NoroshiError as error:
            why = f"{error.message} {error.hint}".strip()
            return self._end(request, self._found(request, f"{why} "))
        return self._end(request, done(request, self._shown(request), self._ledger.now(), self._lasts))

    def _is_late(self, request: FixRequest) -> bool:
        """Whether others may soon take it for broken off: then nothing is put any more."""
        return request.began is None or self._ledger.now() - request.began > HASTE

    def _shown(self, request: FixRequest) -> Came:
        """What S3 shows after it took it: the old for some seconds, at times (S3 user guide, data consistency model)."""
        made, back = request.change, request.state == "undoing"
        try:
            value = self._settings.read(request.bucket, made.setting)
        except NoroshiError as error:
            return Came(f"S3 took it; reading it again failed: {error.message}")
        if (made.is_before if back else made.is_after)(value):
            return self._verdict(request)
        if (made.is_after if back else made.is_before)(value):
            return Came("S3 does not show it yet: look again in a minute.")
        return Came("S3 shows something else by now: somebody changes it, too. Look at it in AWS.")

    def _found(self, request: FixRequest, why: str) -> FixRequest:
        """What is true of the bucket now, by reading it, where nobody knows whether AWS took the change."""
        made, back = request.change, request.state == "undoing"
        try:
            value = self._settings.read(request.bucket, made.setting)
        except NoroshiError as error:
            return stopped(request, f"{why}Whether it is changed I can't tell: {error.message}")
        if (made.is_before if back else made.is_after)(value):
            return done(request, self._verdict(request), self._ledger.now(), self._lasts)
        if (made.is_after if back else made.is_before)(value):
            return stopped(request, f"{why}{'It is as the fix left it' if back else 'Nothing is changed'}.")
        return stopped(request, f"{why}It is neither as it was nor as it should be: look at it in AWS.")

    def _verdict(self, request: FixRequest) -> Came:
        try:
            found = self._look(request.bucket).verdict
        except NoroshiError as error:
            return Came(f"Whether it is public now I can't tell: {error.message}")
        closed = found.judgement == "not-public"
        return Came(stands(found, still=request.state != "undoing"), closed=closed)

    def _end(self, begun: FixRequest, ended: FixRequest) -> FixRequest:
        """Who began it ends it, once. One who only looked at it may have been first: then what is done still counts."""

        def end(thing: Tellable) -> Tellable:
            request = _request(thing)
            is_news = request.is_changing or (ended.state in _DONE and ended.state != request.state)
            if request.began != begun.began or not is_news:
                return request
            return replace(ended, told=request.told, outcomes=request.outcomes + 1)

        kept = self._ledger.amend(begun.id, end)
        self._wake(begun.channel)
        return _request(kept)


_DONE = ("applied", "undone")
_MEANWHILE = "It was changed meanwhile, so I left it as it is."


def _as_read(made: Change, value: str | None) -> Change:
    if not made.is_before(value):
        raise BadRequest("It was changed while I looked at it.", "Press Fix… again.")
    return replace(made, before=value)


def _request(thing: Tellable) -> FixRequest:
    if not isinstance(thing, FixRequest):
        raise BadRequest("This button does not fit its message: it is of another time.", "Use a newer one.")
    return thing
