"""What both of Trusted Advisor's APIs give, in one form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.core.advice.opinion import Check, Opinion, Status
from bot.errors import AccessDenied, NoroshiError

SECURITY: Final = "security"
AT_ONCE: Final = 6
"""So many of a check's questions are under way in one account."""
NEVER: Final = "Trusted Advisor has no result yet"
_STATUSES: Final[Mapping[str, Status]] = {"ok": "ok", "warning": "warning", "error": "error"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A check that Trusted Advisor has, and what its columns are called, by the names that its resources use."""

    check: Check
    columns: Mapping[str, str]


class Way(Protocol):
    """One of the two APIs, of one account. Both raise AccessDenied, Throttled, Upstream."""

    def checks(self) -> tuple[Listed, ...]:
        """Every check there is."""

    def opinions(self, wanted: Sequence[Listed], account_id: str, now: datetime) -> tuple[Opinion, ...]:
        """What they say; one of which only a part can be read is told so far."""


def wanted(listed: Sequence[Listed], checks: Sequence[str]) -> tuple[Listed, ...]:
    """Those that are named, or all of the security ones."""
    if not checks:
        return tuple(one for one in listed if one.check.category == SECURITY)
    return tuple(one for one in listed if one.check.id in checks)


def status(said: object) -> Status:
    """Its colour; grey for whatever we do not know."""
    return _STATUSES.get(str(said), "not_available")


def missing(error: NoroshiError) -> str:
    """Why something of Trusted Advisor's could not be read."""
    action = f" ({error.action})" if isinstance(error, AccessDenied) else ""
    return f"Trusted Advisor refused{action}" if action else error.message.rstrip(".")
