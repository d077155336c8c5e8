"""What did AWS's Cost Anomaly Detection find?"""

from dataclasses import dataclass
from datetime import date

from bot.command import Reach, Request
from bot.core.billing.costs import Anomalies
from bot.core.billing.days import DAY, Days
from bot.core.view import Receipt
from bot.errors import BadRequest
from commands.billing.receipts import receipt
from commands.billing.window import today

_REMEMBERED = 90


class AnomaliesIn(Request):
    """`until` is the first day that is not asked about."""

    since: date
    until: date

    @property
    def days(self) -> Days:
        """Those asked about."""
        return Days(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Answer:
    """All of the days; `today` says how long ago."""

    today: date
    anomalies: Anomalies
    receipt: Receipt


def anomalies(request: AnomaliesIn, reach: Reach) -> Answer:
    """Ask; raises BadRequest for days that AWS has forgotten, else what the bills do."""
    began, day = reach.ports.now(), today(reach)
    if request.since < day - _REMEMBERED * DAY:
        raise BadRequest("AWS remembers anomalies for 90 days.", "Say --since 90d, or less.")
    found = reach.ports.bills.anomalies(request.days)
    return Answer(day, found, receipt([found], (reach.ports.now() - began).total_seconds()))
