"""The findings of one detector: listed newest first, the newest read whole, all counted."""

from dataclasses import dataclass, field
from typing import Any

from bot.adapters.aws import findings_counted
from bot.adapters.aws.findings_asked import Asked
from bot.adapters.aws.findings_detector import Station
from bot.core import moment
from bot.core.alert import Finding as Kept
from bot.core.findings.bands import band
from bot.core.findings.counts import Counts, counted
from bot.core.findings.criteria import criteria, open_ended, typed
from bot.core.findings.seen import Seen, Wanted

_PAGE = 50
_NEWEST_FIRST = {"AttributeName": "updatedAt", "OrderBy": "DESC"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one detector has: `whole` says that all of it was read, so that what was read can be counted itself."""

    found: tuple[Seen, ...] = ()
    counts: Counts = field(default_factory=Counts)
    whole: bool = True


def gathered(asked: Asked, station: Station, wanted: Wanted) -> Gathered:
    """Those of its findings that are wanted; raises AccessDenied, Throttled, Upstream."""
    asking = criteria(wanted)
    detector = station.detector_id
    present = findings_counted.types(asked, detector, asking) if open_ended(wanted.types) else {}
    narrowed = typed(asking, wanted.types, present)
    if narrowed is None:
        return Gathered()
    ids, whole = asked.pages(
        "list_findings",
        "FindingIds",
        wanted.limit,
        DetectorId=detector,
        FindingCriteria={"Criterion": narrowed},
        SortCriteria=_NEWEST_FIRST,
        MaxResults=_PAGE,
    )
    found = tuple(read(asked, detector, ids if whole else ids[: wanted.limit]))
    if whole:
        return Gathered(found, tallied(found))
    administers = station.told.administers > 0
    return Gathered(
        found, findings_counted.counts(asked, detector, narrowed, administers=administers), whole=False
    )


def read(asked: Asked, detector: str, ids: list[str]) -> list[Seen]:
    """These findings whole; one that is no more is left out (docs: GetFindings, 50 at a time)."""
    found: list[Seen] = []
    for begin in range(0, len(ids), _PAGE):
        batch = ids[begin : begin + _PAGE]
        answer = asked.ask("get_findings", "Findings", DetectorId=detector, FindingIds=batch)
        found += [_seen(asked, each) for each in answer["Findings"]]
    return found


def tallied(found: tuple[Seen, ...]) -> Counts:
    """How many these are."""
    return counted(
        (str(each.detail.get("type") or ""), each.kept.account_id, band(_number(each.detail.get("severity"))))
        for each in found
    )


def updated(seen: Seen) -> float:
    """When it was last updated, in seconds; 0 where that is not said."""
    at = moment.read(seen.detail.get("updatedAt"))
    return at.timestamp() if at else 0.0


def _number(said: Any) -> float:
    return float(said) if isinstance(said, int | float) else 0.0


def _seen(asked: Asked, finding: dict[str, Any]) -> Seen:
    """A member's finding names its own account; an administrator sees it under its own detector."""
    detail = asked.detail(finding)
    account = str(detail.get("accountId") or asked.place.account_id)
    region = str(detail.get("region") or asked.place.region)
    return Seen(Kept(account, region, str(detail.get("id") or "")), detail)
