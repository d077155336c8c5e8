"""After a call that may have opened a bucket, the bucket itself is looked at, and the verdict told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import structlog

from bot.core.alert import Alert
from bot.core.public import opened
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.errors import AccessDenied, NoroshiError, NotFound, Upstream
from bot.pipeline.judging import Due, Judging
from bot.ports import PublicAccess

_log = structlog.get_logger("noroshi.looking")
_TRIES = 8
_BY_POINT = frozenset({"access-point", "multi-region-access-point"})


class Tell(Protocol):
    """Takes alerts durably; raises NoroshiError."""

    def __call__(self, *alerts: Alert) -> None:
        """All of them."""


class Looking:
    """Looks at what waits until stopped: at once when something was filed here, else every few seconds.

    `fixable`: what is told of a public bucket offers to fix it.
    """

    def __init__(
        self,
        judging: Judging,
        access: Callable[[], PublicAccess],
        tell: Tell,
        every: float = 20.0,
        *,
        fixable: bool = False,
    ) -> None:
        self._judging, self._access, self._tell, self._every = judging, access, tell, every
        self._fixable = fixable
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look until `stop`."""
        while not self._stopping.is_set():
            try:
                self.look()
            except NoroshiError as error:
                _log.error("buckets not looked at", message=error.message, hint=error.hint)
            self._judging.filed.wait(self._every)
            self._judging.filed.clear()

    def stop(self) -> None:
        """End after the bucket in hand."""
        self._stopping.set()
        self._judging.filed.set()

    def look(self) -> None:
        """Look at all that is due. What is told is told before it is forgotten: at worst it is looked at twice."""
        for due in self._judging.due():
            try:
                self._settle(due)
            except Upstream as error:
                self._failed(due, error)
            except NoroshiError as error:
                self._give_up(due, error)
            else:
                self._judging.done(due)
            if self._stopping.is_set():
                return

    def _settle(self, due: Due) -> None:
        if due.bucket:
            self._news(self._whole(due), due)
            return
        survey = self._access().survey((due.account_id,), (), _quietly)
        self._tell(*opened.of_account(due.calls, survey.judged))
        for judged in survey.judged:
            if _concerns(due, judged):
                # Each has a thread of its own: what came of the call stands under the call.
                self._news(
                    judged, replace(due, calls=tuple(replace(each, key="", told=False) for each in due.calls))
                )

    def _whole(self, due: Due) -> Judged:
        try:
            return self._access().whole(due.bucket, due.account_id, _quietly)
        except NotFound:
            facts = Facts(due.bucket)
            return Judged(Bucket(due.bucket, due.account_id), facts, verdict(facts), gone=True)

    def _news(self, judged: Judged, due: Due) -> None:
        name = judged.bucket.name
        past = self._judging.past(due.account_id, name)
        seen, alerts = opened.news(past, judged, due.calls)
        if alerts:
            self._tell(*(alerts if self._fixable else (replace(each, bucket=None) for each in alerts)))
        if seen != past:
            self._judging.remember(due.account_id, name, seen)
        _log.info("looked at", bucket=name, judgement=seen.judgement, told=len(alerts))

    def _failed(self, due: Due, error: NoroshiError) -> None:
        if due.tries + 1 >= _TRIES or isinstance(error, AccessDenied):
            self._give_up(due, error)
            return
        _log.warning("not looked at yet", bucket=due.bucket, message=error.message, hint=error.hint)
        self._judging.again(due)

    def _give_up(self, due: Due, error: NoroshiError) -> None:
        _log.error("not looked at", bucket=due.bucket, message=error.message, hint=error.hint)
        self._tell(*opened.unseen(due.calls, error.message, error.hint))
        self._judging.done(due)


def _concerns(due: Due, judged: Judged) -> bool:
    """An account's block concerns every bucket, an access point only those that are open through one."""
    if any("PublicAccessBlock" in call.event_name for call in due.calls):
        return True
    return judged.verdict.judgement != "public" or bool(_BY_POINT & {way.via for way in judged.verdict.via})


def _quietly(_: str) -> None:
    """Nobody waits to see how far it is."""
