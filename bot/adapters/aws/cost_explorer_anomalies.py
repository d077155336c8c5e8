"""Reads what GetAnomalies says; its numbers are floats, its dates with or without a time."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.adapters.aws.cost_explorer_asked import odd
from bot.core.billing.costs import Anomaly, Cause
from bot.core.money import read_amount


def read_anomaly(said: Mapping[str, Any]) -> Anomaly:
    """One anomaly; raises Upstream where it has no beginning or no impact."""
    impact, score = said.get("Impact", {}), said.get("AnomalyScore", {})
    start, cost = _day(said, "AnomalyStartDate"), _number(impact, "TotalImpact", "MaxImpact")
    if start is None or cost is None:
        raise odd("ce:GetAnomalies")
    return Anomaly(
        id=said["AnomalyId"],
        what=said.get("DimensionValue", ""),
        start=start,
        end=_day(said, "AnomalyEndDate"),
        impact=cost,
        actual=_number(impact, "TotalActualSpend"),
        expected=_number(impact, "TotalExpectedSpend"),
        score=_number(score, "MaxScore", "CurrentScore"),
        causes=tuple(map(_cause, said.get("RootCauses", ()))),
        feedback=said.get("Feedback", ""),
    )


def costliest_first(anomaly: Anomaly) -> tuple[Decimal, int, str]:
    """The order of a list: the costliest first, then the latest."""
    return -anomaly.impact, -anomaly.start.toordinal(), anomaly.id


def _cause(said: Mapping[str, Any]) -> Cause:
    return Cause(
        service=said.get("Service", ""),
        region=said.get("Region", ""),
        account_id=said.get("LinkedAccount", ""),
        account_name=said.get("LinkedAccountName", ""),
        usage_type=said.get("UsageType", ""),
        contribution=_number(said.get("Impact", {}), "Contribution"),
    )


def _day(said: Mapping[str, Any], key: str) -> date | None:
    text = said.get(key)
    return date.fromisoformat(text[:10]) if text else None


def _number(said: Mapping[str, Any], *keys: str) -> Decimal | None:
    found = next((said[key] for key in keys if said.get(key) is not None), None)
    return None if found is None else read_amount(str(found))
