"""What charges come to, by the names and in the form that Cost Explorer has for it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bot.embedded.aws.costs.asking import invalid
from bot.embedded.incident.spend import Charge

Amounts = Callable[[Charge], Decimal]


def _unblended(charge: Charge) -> Decimal:
    return charge.unblended


def _amortized(charge: Charge) -> Decimal:
    return charge.amortized


METRICS: dict[str, Amounts] = {
    "AmortizedCost": _amortized,
    "BlendedCost": _unblended,  # one price for all accounts: nothing to blend
    "NetAmortizedCost": _amortized,  # no discounts are agreed upon
    "NetUnblendedCost": _unblended,
    "NormalizedUsageAmount": lambda _: Decimal(0),
    "UnblendedCost": _unblended,
    "UsageQuantity": lambda charge: charge.quantity,
}
_COUNTS = {"NormalizedUsageAmount", "UsageQuantity"}


def metrics(asked: Sequence[str] | None) -> list[str]:
    """The metrics wanted; raises for none, and for names that are none."""
    wanted = list(asked or ())
    if not wanted or any(each not in METRICS for each in wanted):
        raise invalid(f"Metrics must be among {', '.join(METRICS)}")
    return wanted


def summed(charges: Iterable[Charge], wanted: Sequence[str]) -> dict[str, dict[str, str]]:
    """Each metric's amount and unit; usage of several units comes as N/A, and means nothing."""
    found = list(charges)
    units = {each.unit for each in found}
    counted = units.pop() if len(units) == 1 else "N/A"
    return {
        metric: {
            "Amount": amount(sum(map(METRICS[metric], found), Decimal(0))),
            "Unit": counted if metric in _COUNTS else "USD",
        }
        for metric in wanted
    }


def amount(value: Decimal) -> str:
    """`1.9516129044`, `0`: every digit, and never an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
