"""A mute: what is hidden, why, until when; it never hides what is worse than what was muted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.alert import Alert
from bot.core.severity import Severity

Reach = Literal["problem", "kind-here", "kind", "resource"]

REACHES: dict[Reach, str] = {
    "problem": "Only this problem",
    "kind-here": "This kind, in this account",
    "kind": "This kind, everywhere",
    "resource": "Everything about this resource",
}
"""How far a mute may reach, in the words of its form, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a mute hides: `what` must be the same as that of the alert it was made from."""

    reach: Reach
    what: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Hides what is in its scope and no worse than `severity`, until then."""

    id: str
    scope: Scope
    severity: Severity
    reason: str
    by: str
    user_id: str
    at: datetime
    until: datetime

    def hides(self, alert: Alert, now: datetime) -> bool:
        """Whether this alert is hidden now."""
        reach = self.scope.reach
        return (
            now < self.until
            and self.severity.at_least(alert.severity)
            and self.scope.what == _what(reach, alert)
        )


def scope(reach: Reach, alert: Alert) -> Scope | None:
    """The scope of this reach around an alert; None where the alert has no such thing."""
    what = _what(reach, alert)
    if not all(what):
        return None
    words = {
        "problem": alert.title,
        "kind-here": f"{alert.kind} in account {alert.account_id}",
        "kind": alert.kind,
        "resource": f"everything about {alert.resource}",
    }
    return Scope(reach, what, words[reach])


def hiding(mutes: tuple[Mute, ...], alert: Alert, now: datetime) -> Mute | None:
    """The mute that hides this alert the longest, if any does."""
    found = [mute for mute in mutes if mute.hides(alert, now)]
    return max(found, key=lambda mute: mute.until) if found else None


def _what(reach: Reach, alert: Alert) -> tuple[str, ...]:
    account = alert.account_id or ""
    match reach:
        case "problem":
            return (alert.key,)
        case "kind-here":
            return (alert.kind, account)
        case "kind":
            return (alert.kind,)
        case "resource":
            return (account, alert.region or "-", alert.resource or "")
