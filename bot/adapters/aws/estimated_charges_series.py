"""The series of AWS/Billing EstimatedCharges, each a combination of dimensions of its own.

{Currency}, {Currency, ServiceName}, and where a payer looks {Currency, LinkedAccount} and all three
(docs: CloudWatch user guide, Monitor estimated charges).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.aws.errors import asking
from bot.adapters.aws.estimated_charges_names import readable
from bot.core.view import Caveat

NAMESPACE, METRIC = "AWS/Billing", "EstimatedCharges"


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """One of them; "" is a dimension that it does not have."""

    currency: str
    service: str = ""
    account: str = ""

    def dimensions(self) -> list[dict[str, str]]:
        """As CloudWatch takes them."""
        named = (("Currency", self.currency), ("ServiceName", self.service), ("LinkedAccount", self.account))
        return [{"Name": name, "Value": value} for name, value in named if value]

    def keys(self, by: Sequence[str], own: str) -> tuple[str, ...]:
        """What a line of it is about; `own` is the account of what names none."""
        said = {"service": readable(self.service), "account": self.account or own}
        return tuple(said[word] for word in by)


def every_series(cloudwatch: Any) -> list[Series]:
    """All that had data in the last two weeks, by a client where the bills are; raises AccessDenied, Throttled, Upstream."""
    with asking("cloudwatch:ListMetrics", "which estimates of the bill there are"):
        pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace=NAMESPACE, MetricName=METRIC)
        return [each for page in pages for each in _read(page["Metrics"])]


def _read(metrics: Iterable[Mapping[str, Any]]) -> Iterator[Series]:
    """Those of ListMetrics' answer that have a currency."""
    for metric in metrics:
        said = {each["Name"]: each["Value"] for each in metric["Dimensions"]}
        if said.get("Currency"):
            yield Series(said["Currency"], said.get("ServiceName", ""), said.get("LinkedAccount", ""))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The whole bill's series, and those that it is split into; `caveats` say what was left out."""

    total: Series
    parts: tuple[Series, ...]
    caveats: tuple[Caveat, ...]


def wanted(found: Sequence[Series], by: Sequence[str], service: str) -> Wanted:
    """Those that a question needs of what there is, in the currency of most; `found` is not empty."""
    currencies = Counter(each.currency for each in found)
    currency = max(currencies, key=lambda unit: (currencies[unit], unit))
    of_currency = sorted(each for each in set(found) if each.currency == currency)
    accounts = "account" in by and any(each.account for each in of_currency)
    services = bool(service) or "service" in by
    parts = [
        each
        for each in of_currency
        if bool(each.account) == accounts
        and bool(each.service) == services
        and service in {"", readable(each.service)}
    ]
    others = ", ".join(sorted(set(currencies) - {currency}))
    told = f"Charges in {others} are left out of these figures, which are in {currency}."
    caveats = (Caveat("other-currency", told, "blind"),) if others else ()
    return Wanted(Series(currency), tuple(parts), caveats)
