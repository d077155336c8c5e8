"""Trails for tests: one that records everything everywhere, and what is changed about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.coverage.need import ANY_DATA
from bot.core.coverage.trails import Refused, Status, Trail, Trails
from bot.core.span import Span

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
WEEK = Span(NOW - timedelta(days=7), NOW)
LAST_WEEK = Span(NOW - timedelta(days=7), NOW - timedelta(days=1))
LOGGING = Status(
    logging=True, started_at=datetime(2024, 1, 1, tzinfo=UTC), delivered_at=NOW - timedelta(minutes=4)
)
EVERYTHING = {"EventSelectors": [], "AdvancedEventSelectors": []}


def advanced(category: str = "Management", **fields: Any) -> dict[str, Any]:
    """One advanced selector: `resources__type="…"` and `eventSource={"NotEquals": […]}` are its fields."""
    made = [{"Field": "eventCategory", "Equals": [category]}]
    for name, value in fields.items():
        tested = value if isinstance(value, dict) else {"Equals": [value]}
        made.append({"Field": name.replace("__", "."), **tested})
    return {"FieldSelectors": made}


ALL_DATA = [advanced("Data", resources__type=kind) for kind in ANY_DATA]
WHOLE = {"AdvancedEventSelectors": [advanced(), *ALL_DATA]}


def basic(kind: str = "All", *values: str, management: bool = True, excluded: tuple[str, ...] = ()) -> Any:
    """Basic selectors, with S3 objects among them."""
    selector = {
        "ReadWriteType": kind,
        "IncludeManagementEvents": management,
        "ExcludeManagementEventSources": list(excluded),
        "DataResources": [{"Type": "AWS::S3::Object", "Values": list(values)}] if values else [],
    }
    return {"EventSelectors": [selector]}


def a_trail(name: str = "acme-trail", home: str = "eu-west-1", **changes: Any) -> Trail:
    whole = Trail(
        name=name,
        arn=f"arn:aws:cloudtrail:{home}:111122223333:trail/{name}",
        home_region=home,
        multi_region=True,
        log_bucket="acme-trail-logs",
        status=LOGGING,
        selectors=WHOLE,
    )
    return replace(whole, **changes)


def these(*trails: Trail, refused: tuple[Refused, ...] = ()) -> Trails:
    return Trails("eu-west-1", trails, refused)


def stopped(days: float, **more: Any) -> Status:
    return Status(logging=False, started_at=LOGGING.started_at, stopped_at=NOW - timedelta(days=days), **more)


def restarted(stop: float, start: float) -> Status:
    return Status(
        logging=True,
        started_at=NOW - timedelta(days=start),
        stopped_at=NOW - timedelta(days=stop),
        delivered_at=LOGGING.delivered_at,
    )
