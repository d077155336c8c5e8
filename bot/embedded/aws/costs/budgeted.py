"""What a budget is spent on: its period to date, and what is expected by the period's end."""

from datetime import date
from decimal import Decimal

from bot.core.billing.days import DAY, Days, month_of
from bot.embedded.aws.costs.billing import Billing, Json
from bot.embedded.aws.costs.expression import Takes, takes
from bot.embedded.aws.costs.forecast import daily, total
from bot.embedded.aws.costs.metrics import METRICS, Amounts, amount
from bot.embedded.aws.errors import Refused
from bot.embedded.incident.spend import Charge

_FILTERS = {"LinkedAccount": "LINKED_ACCOUNT", "Region": "REGION", "Service": "SERVICE"}
_RECORDS = {
    "IncludeCredit": "Credit",
    "IncludeRefund": "Refund",
    "IncludeSupport": "Fee",
    "IncludeTax": "Tax",
}
_DIGITS = Decimal("0.0000000001")


def calculated(billing: Billing, account_id: str, budget: Json) -> Json:
    """ActualSpend, and ForecastedSpend where four weeks are known to go by."""
    period = _period(str(budget["TimeUnit"]), billing.as_of().date())
    meant, of = _meant(budget), _amounts(budget)
    known = billing.charges(account_id, period.start, period.end, billing.as_of())
    by_day = [(each.day, of(each)) for each in known if meant(each)]
    spent = sum((usd for _, usd in by_day), Decimal(0))
    answer: Json = {"ActualSpend": _usd(spent)}
    if expected := daily(billing, account_id, of, meant):
        today = billing.as_of().date()
        before = sum((usd for day, usd in by_day if day < today), Decimal(0))
        rest = total(expected, Days(today, period.end)).mean
        answer["ForecastedSpend"] = _usd(max(spent, before + rest))
    return answer


def _period(unit: str, today: date) -> Days:
    month = month_of(today)
    match unit:
        case "DAILY":
            return Days(today, today + DAY)
        case "MONTHLY":
            return month
        case "QUARTERLY":
            start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
            return Days(start, month_of(start + 70 * DAY).end)
        case "ANNUALLY":
            return Days(date(today.year, 1, 1), date(today.year + 1, 1, 1))
    raise Refused("InvalidParameterException", f"The AWS stand-in knows no budget of time unit {unit}.")


def _meant(budget: Json) -> Takes:
    """The charges that a budget is about, by its filters and its cost types."""
    parts = [takes(budget.get("FilterExpression"))]
    for key, values in (budget.get("CostFilters") or {}).items():
        if key not in _FILTERS:
            raise Refused("InvalidParameterException", f"The AWS stand-in knows no budget filter {key}.")
        parts.append(takes({"Dimensions": {"Key": _FILTERS[key], "Values": values}}))
    types = budget.get("CostTypes") or {}
    left_out = {record for name, record in _RECORDS.items() if types.get(name) is False}

    def meant(charge: Charge) -> bool:
        return charge.record not in left_out and all(part(charge) for part in parts)

    return meant


def _amounts(budget: Json) -> Amounts:
    amortized = (budget.get("CostTypes") or {}).get("UseAmortized")
    return METRICS["AmortizedCost" if amortized else "UnblendedCost"]


def _usd(value: Decimal) -> Json:
    return {"Amount": amount(value.quantize(_DIGITS)), "Unit": "USD"}
