"""The overview for programs: one row a number, each with its part, whether it is known, and as of when."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.glance import Part
from bot.core.standing.overview import SHOWN, Alerts, Overview
from bot.core.standing.words import state, why

COLUMNS = ("part", "name", "value", "currency", "state", "at", "why")
Named = Iterator[tuple[str, Any]]


def rows(seen: Overview) -> tuple[Mapping[str, Any], ...]:
    """A part of which nothing is known has one row, without a value."""
    return tuple(row for part in SHOWN for row in _rows(seen, part))


def _rows(seen: Overview, part: Part) -> Iterator[Mapping[str, Any]]:
    look = seen.looks.get(part)
    known = {"part": part, "state": state(seen, part), "at": look.at if look else None}
    reason = why(seen, part) or None
    found: list[tuple[str | None, Any]] = [*_numbers(seen, part)]
    money = seen.spend if part == "spend" else seen.forecast if part == "forecast" else None
    currency = money.currency if money else None
    for name, value in found or [(None, None)]:
        yield known | {"name": name, "value": value, "currency": currency, "why": reason}


def _numbers(seen: Overview, part: Part) -> Named:
    match part:
        case "spend" if seen.spend:
            yield "month_to_date", seen.spend.so_far
        case "forecast" if seen.forecast:
            yield "month_end", seen.forecast.amount
        case "problems" if seen.problems:
            yield from _of_alerts(seen.problems)
        case "open_findings":
            yield from ((severity.value, count) for severity, count in seen.open_findings or ())
        case "buckets" if seen.buckets:
            yield from (("public", seen.buckets.public), ("unknown", seen.buckets.unknown))
        case "compliance" if seen.compliance:
            yield from (("resources", seen.compliance.resources), ("rules", seen.compliance.rules))
        case "advice" if seen.advice:
            yield from (
                ("red", seen.advice.red),
                ("yellow", seen.advice.yellow),
                ("unknown", seen.advice.unknown),
            )
        case "queues":
            for name, depth in (seen.queues or {}).items():
                yield from ((name, depth.visible), (f"{name} dead letters", depth.dead))


def _of_alerts(alerts: Alerts) -> Named:
    yield from ((f"new {severity.value}", count) for severity, count in alerts.new)
    yield "acknowledged", sum(count for _, count in alerts.acknowledged)
    yield "muted", sum(count for _, count in alerts.muted)
    yield "in storm", alerts.in_storm
    yield "deaf", alerts.deaf_in_all
    yield "waiting", len(alerts.waiting)
