"""What do the account's trails record, and what not?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.command import Request
from bot.core.coverage.kinds import of_management
from bot.core.coverage.selectors import data_types, management, network_sources
from bot.core.coverage.trails import Trail, Trails
from bot.core.recording import NOTHING, UNKNOWN, Recorded, Verdict, recorded, together
from bot.ports import Recording
from commands.trail.who_accessed import BucketName


class Coverage(Request):
    """What is asked: all that the trails record, and of one bucket's objects where one is named."""

    bucket: BucketName | None = None


class TrailRow(BaseModel):
    """One trail; None is unknown. `since` is when it was last started, or stopped where it does not log.

    `data_events` are types of resources, each with how much of their calls is recorded where that is not all.
    `object_reads` and `object_writes` are about the asked bucket.
    """

    model_config = ConfigDict(frozen=True)

    trail: str
    arn: str
    region: str
    multi_region: bool
    organization: bool
    logging: bool | None
    since: datetime | None
    management_reads: Verdict
    management_writes: Verdict
    excluded_sources: tuple[str, ...] | None
    global_events: bool
    data_events: tuple[str, ...] | None
    network_activity: tuple[str, ...] | None
    log_bucket: str | None
    delivered_at: datetime | None
    delivery_error: str | None
    object_reads: Verdict | None = None
    object_writes: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The trails as they are, and a row for each; `objects` and `management` are what those that log record together.

    A trail of which AWS did not say whether it logs leaves unknown whatever it alone may record.
    """

    trails: Trails
    rows: tuple[TrailRow, ...]
    management: Recorded
    objects: Recorded


def coverage(request: Coverage, recording: Recording) -> Answer:
    """Look at the trails; raises nothing, what AWS would not say is in the answer."""
    trails = recording.trails()
    of_bucket = NOTHING
    if request.bucket:
        of_bucket = _now(trails, lambda selectors: recorded(selectors, request.bucket or ""))
    return Answer(
        trails,
        tuple(_row(trail, request.bucket) for trail in trails.found),
        _now(trails, of_management),
        of_bucket,
    )


def _now(trails: Trails, of: Callable[[Mapping[str, Any]], Recorded]) -> Recorded:
    """What is recorded now, all trails together."""
    whole = together(_of_one(trail, of) for trail in trails.found if not trail.status or trail.status.logging)
    return whole | UNKNOWN if trails.refused else whole


def _of_one(trail: Trail, of: Callable[[Mapping[str, Any]], Recorded]) -> Recorded:
    found: Recorded = UNKNOWN if trail.selectors is None else of(trail.selectors)
    return found if trail.status or found == NOTHING else UNKNOWN


def _row(trail: Trail, bucket: str | None) -> TrailRow:
    status, selectors = trail.status, trail.selectors
    of = UNKNOWN if selectors is None else of_management(selectors)
    objects = (UNKNOWN if selectors is None else recorded(selectors, bucket)) if bucket else None
    return TrailRow(
        trail=trail.name,
        arn=trail.arn,
        region=trail.home_region,
        multi_region=trail.multi_region,
        organization=trail.organization,
        logging=status.logging if status else None,
        since=(status.started_at if status.logging else status.stopped_at) if status else None,
        management_reads=of.reads,
        management_writes=of.writes,
        excluded_sources=None if selectors is None else _excluded(selectors),
        global_events=trail.has_global_events,
        data_events=None if selectors is None else _data(selectors),
        network_activity=None if selectors is None else network_sources(selectors),
        log_bucket=trail.log_bucket or None,
        delivered_at=status.delivered_at if status else None,
        delivery_error=(status.delivery_error or None) if status else None,
        object_reads=objects.reads if objects else None,
        object_writes=objects.writes if objects else None,
    )


def _excluded(selectors: Mapping[str, Any]) -> tuple[str, ...]:
    sets = [one.excluded for one in management(selectors)]
    return tuple(sorted(frozenset.intersection(*sets))) if sets else ()


def _data(selectors: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{kind}{_how_much(found)}" for kind, found in data_types(selectors).items())


def _how_much(found: Recorded) -> str:
    if found.reads == found.writes:
        return "" if found.reads == "all" else f" ({found.reads})"
    parts = (("reads", found.reads), ("writes", found.writes))
    told = [f"{verdict} {what}" for what, verdict in parts if verdict != "none"]
    return f" ({', '.join(told)})"
