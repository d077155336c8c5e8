"""AWS CloudTrail Management Event Logging (c25hn9x03v), region by region.

Red: no trail that is on records management events there. Yellow: one does, and can't deliver what it records.
"""

from collections.abc import Mapping

from bot.core.advice.opinion import Flagged
from bot.core.advice.told import Told, over
from bot.core.coverage.selectors import management
from bot.core.coverage.trails import Refused, Trail, Trails
from bot.core.public.meaning import Unread


def management_events(regions: Mapping[str, Trails | Unread]) -> Told:
    """What the trails record of calls on resources."""
    return over(regions, _region)


def _region(region: str, trails: Trails) -> Told:
    here = [one for one in trails.found if one.multi_region or one.home_region == region]
    recording = [one for one in here if records(one)]
    if recording:
        return Told(tuple(_undelivered(one, region) for one in recording if _fails(one)), 1)
    refused = [*trails.refused, *(each for one in here if records(one) is None for each in one.refused)]
    if refused:
        return Told(looked_at=1, unread=tuple((region, _unread(one)) for one in refused))
    why = "no trail records management events here" if not here else f"{_named(here)} records none here"
    return Told((Flagged(region, region, "error", why),), 1)


def records(trail: Trail) -> bool | None:
    """Whether it is on and records management events; None where AWS would not say."""
    if trail.status and not trail.status.logging:
        return False
    if trail.selectors is not None and not management(trail.selectors):
        return False
    return None if trail.status is None or trail.selectors is None else True


def _fails(trail: Trail) -> bool:
    return bool(trail.status and trail.status.delivery_error)


def _undelivered(trail: Trail, region: str) -> Flagged:
    said = trail.status.delivery_error if trail.status else ""
    return Flagged(trail.name, region, "warning", f"it can’t deliver to {trail.log_bucket}: {said}")


def _named(trails: list[Trail]) -> str:
    names = [one.name for one in trails]
    return f"the trail {names[0]}" if len(names) == 1 else f"each of {len(names)} trails"


def _unread(refused: Refused) -> Unread:
    return Unread("AWS refused" if refused.action else refused.reason, refused.action or "")
