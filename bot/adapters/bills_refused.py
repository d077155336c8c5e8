"""What AWS refused, remembered for a while: asking again would be paid again, and answered alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.adapters.bills_kept import Answer, Kept
from bot.errors import AccessDenied, NotConfigured
from bot.ports import Store

_DENIED_FOR = timedelta(hours=1)
_LONG = 120  # minutes


@dataclass(frozen=True, slots=True)
class Refusal:
    """`action` is the missing IAM action; "" where AWS has nothing to tell yet."""

    message: str
    hint: str
    action: str = ""


class Refused:
    """By what was asked: what AWS does not have yet, for `refresh`; a permission that is missing, for an hour.

    The one is known to all processes, for nothing that anybody does ends it sooner. The other each asks for itself:
    who has just put the permission right finds out by asking.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        account: Callable[[], str],
        *,
        now: Callable[[], datetime],
        refresh: timedelta,
    ) -> None:
        self._now, self._refresh = now, refresh
        self._denied, self._absent = Kept(Refusal, None, account), Kept(Refusal, store, account)

    def check(self, asked: str) -> None:
        """Raise it again, saying when it is asked anew; nothing where it may be asked."""
        self._check(self._denied, asked, _DENIED_FOR)
        self._check(self._absent, asked, self._refresh)

    def add(self, asked: str, error: AccessDenied | NotConfigured) -> None:
        """Remember it."""
        if isinstance(error, AccessDenied):
            refusal = Refusal(error.message, error.hint, error.action)
            self._denied.keep(asked, Answer(refusal, self._now()))
        else:
            self._absent.keep(asked, Answer(Refusal(error.message, error.hint), self._now()))

    def _check(self, kept: Kept[Refusal], asked: str, lasts: timedelta) -> None:
        found = kept.read(asked, lambda each: each.asked_at + lasts > self._now())
        left = found.asked_at + lasts - self._now() if found else timedelta()
        if found and left > timedelta():
            raise _again(found.value, f"It is asked again in {_words(left)}.")


def _words(left: timedelta) -> str:
    minutes = -(-int(left.total_seconds()) // 60)
    return f"{minutes} min" if minutes < _LONG else f"{minutes // 60} h"


def _again(refusal: Refusal, when: str) -> AccessDenied | NotConfigured:
    hint = f"{refusal.hint} {when}".strip()
    if refusal.action:
        return AccessDenied(refusal.message, hint, action=refusal.action)
    return NotConfigured(refusal.message, hint)
