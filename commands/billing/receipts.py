"""What an answer about money cost to ask, and what all such answers leave unsaid."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.core.billing.costs import Anomalies, Costs, Forecast
from bot.core.billing.days import Days
from bot.core.view import Caveat, Receipt
from bot.errors import Upstream

USD_A_REQUEST = 0.01
"""Cost Explorer's price (https://aws.amazon.com/aws-cost-management/pricing/)."""
_ENGINES = {"cost-explorer": "Cost Explorer", "cloudwatch": "CloudWatch"}


def receipt(asked: Iterable[Costs | Forecast | Anomalies | None], seconds: float) -> Receipt:
    """Of all that was asked together; what was kept from before costs nothing."""
    given = [each for each in asked if each is not None]
    engines = dict.fromkeys(
        _ENGINES[each.source] if isinstance(each, Costs) else "Cost Explorer" for each in given
    )
    requests = sum(each.requests for each in given)
    return Receipt(" + ".join(engines), seconds, cost_usd=requests * USD_A_REQUEST, api_calls=requests)


def caveats(asked: Iterable[Costs | Forecast | Anomalies | None], *more: Caveat | None) -> tuple[Caveat, ...]:
    """Those of all, each once."""
    every = [caveat for each in asked if each is not None for caveat in each.caveats]
    return tuple(dict.fromkeys([*every, *(one for one in more if one is not None)]))


def estimated(costs: Costs, now: datetime) -> Caveat | None:
    """Whether its newest figures may still rise, and how old they are."""
    if costs.estimated_from is None:
        return None
    hours = int((now - costs.as_of).total_seconds() // 3600)
    age = f"{hours} h ago" if hours else "just now"
    said = f"what AWS has not worked out yet: figures from {costs.estimated_from} on are estimates and may rise (as of {age})"
    return Caveat("estimated", said)


def not_over(days: Days, today: date) -> Caveat | None:
    """That today, if it is among the days, stands beside whole ones."""
    if today not in days:
        return None
    return Caveat("day-not-over", "the rest of today: what it has cost so far stands beside whole days")


def one_currency(costs: str, expected: str) -> None:
    """Raise Upstream where what was charged and what is expected can't be added."""
    if costs != expected:
        raise Upstream(
            f"What was charged is in {costs}, and what is expected in {expected}.",
            "See what was charged: /billing by-service",
        )
