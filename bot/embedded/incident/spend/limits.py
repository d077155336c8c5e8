"""The limits that Acme has set on its bill, each just below what the month has come to at the time of the incident."""

from decimal import Decimal
from typing import NamedTuple

from bot.embedded.incident.spend.spend import REFRESH, spend_of
from bot.embedded.incident.story import Incident

_CENT = Decimal("0.01")
_ROUND = tuple(Decimal(each) for each in (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, "0.01"))
_ALERT_PERCENT = 80


class Limit(NamedTuple):
    """What is allowed, and what the month has come to: USD, in cents. `raised` lets it stand below again."""

    allowed: Decimal
    spent: Decimal

    @property
    def raised(self) -> Decimal:
        """The round hundred well above what is spent."""
        return (self.spent * 6 / 5 // 100 + 1) * 100


def alarm(incident: Incident) -> Limit:
    """The alarm on the whole bill: passed by the last refresh before the incident is told."""
    return _limit(incident, "")


def alert(incident: Incident) -> Limit:
    """Prod's budget tells when this much is spent; `planned` is the budget itself."""
    return _limit(incident, incident.prod.id)


def planned(incident: Incident) -> Decimal:
    """Prod's budget for a month."""
    return (alert(incident).allowed * 100 / _ALERT_PERCENT).quantize(_CENT)


def _limit(incident: Incident, account_id: str) -> Limit:
    spend, now = spend_of(incident), incident.now
    before = now - REFRESH
    last = spend.month_to_date(before, account_id) if before.month == now.month else Decimal(0)
    spent = spend.month_to_date(now, account_id).quantize(_CENT)
    return Limit(_between(last, spent), spent)


def _between(last: Decimal, spent: Decimal) -> Decimal:
    """The roundest number that was not passed yet before, and is now."""
    candidates = ((spent - _CENT) // step * step for step in _ROUND)
    return next(each for each in candidates if each > 0 and each >= last.quantize(_CENT)).quantize(_CENT)
