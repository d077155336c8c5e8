"""What the account's trails record, asked of CloudTrail once in a few minutes."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.adapters.aws.errors import asking
from bot.core.coverage.trails import Refused, Status, Trail, Trails
from bot.core.recording import NOTHING, UNKNOWN, Recorded, recorded, together
from bot.errors import AccessDenied, NoroshiError

_log = structlog.get_logger("noroshi.aws")
_FRESH = 300.0
_REFUSED_FRESH = 30.0  # a throttle passes, and who was just given a right wants to see it work
_ODD = (AttributeError, LookupError, TypeError, ValueError)  # an answer of another form than AWS documents


class TrailRecording:
    """Satisfies `bot.ports.Recording`; `make_client` gives CloudTrail's, of the region whose trails are asked.

    `there` gives one of another region: a trail tells its selectors in its home region only. `clock` counts
    seconds; what was found holds for five minutes. Many threads may ask.
    """

    def __init__(
        self,
        make_client: Callable[[], Any],
        there: Callable[[str], Any] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_client, self._there, self._clock = make_client, there, clock
        self._lock = threading.Lock()
        self._seen = Trails("")
        self._until = float("-inf")

    def trails(self) -> Trails:
        """The trails as of the last few minutes; raises nothing."""
        with self._lock:
            if self._clock() >= self._until:
                self._seen = self._look()
                self._until = self._clock() + (_REFUSED_FRESH if self._seen.unsaid else _FRESH)
            return self._seen

    def objects(self, bucket: str) -> Recorded:
        """What the trails that are on record now; unknown as far as CloudTrail would not say."""
        seen = self.trails()
        whole = together(_objects(trail, bucket) for trail in seen.found)
        return whole | UNKNOWN if seen.refused else whole

    def _look(self) -> Trails:
        refused: list[Refused] = []
        region, found = "", []
        with _refusals(refused, "which trails there are"):
            client = self._make_client()
            with asking("cloudtrail:DescribeTrails", "which trails there are"):
                listed = client.describe_trails(includeShadowTrails=True)["trailList"]
            region = str(client.meta.region_name)
            found = [self._trail(client, each) for each in listed]
        return Trails(region, tuple(found), tuple(refused))

    def _trail(self, client: Any, listed: Mapping[str, Any]) -> Trail:
        arn, name = str(listed["TrailARN"]), str(listed.get("Name", ""))
        home = str(listed.get("HomeRegion") or arn.split(":")[3])
        refused: list[Refused] = []
        status = selectors = None
        with _refusals(refused, f"whether the trail {name} is on"):
            with asking("cloudtrail:GetTrailStatus", "whether a trail is on"):
                answer = client.get_trail_status(Name=arn)
            status = read_status(answer)
        with _refusals(refused, f"what the trail {name} records"):
            at_home = self._there(home) if self._there and home != client.meta.region_name else client
            with asking("cloudtrail:GetEventSelectors", "what a trail records"):
                answer = at_home.get_event_selectors(TrailName=arn)
            selectors = {
                kind: answer.get(kind) or [] for kind in ("EventSelectors", "AdvancedEventSelectors")
            }
        return Trail(
            name=name,
            arn=arn,
            home_region=home,
            multi_region=bool(listed.get("IsMultiRegionTrail")),
            organization=bool(listed.get("IsOrganizationTrail")),
            global_events=bool(listed.get("IncludeGlobalServiceEvents", True)),
            log_bucket=str(listed.get("S3BucketName", "")),
            status=status,
            selectors=selectors,
            refused=tuple(refused),
        )


def read_status(answer: Mapping[str, Any]) -> Status:
    """Read GetTrailStatus's answer."""
    return Status(
        logging=answer["IsLogging"],
        started_at=_utc(answer.get("StartLoggingTime")),
        stopped_at=_utc(answer.get("StopLoggingTime")),
        delivered_at=_utc(answer.get("LatestDeliveryTime")),
        delivery_error=str(answer.get("LatestDeliveryError") or ""),
    )


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


def _objects(trail: Trail, bucket: str) -> Recorded:
    if trail.status and not trail.status.logging:
        return NOTHING
    if trail.selectors is None:
        return UNKNOWN
    found = recorded(trail.selectors, bucket)
    return found if trail.status or found == NOTHING else UNKNOWN


@contextmanager
def _refusals(refused: list[Refused], what: str) -> Iterator[None]:
    """Keep what was refused inside, and go on."""
    try:
        yield
    except NoroshiError as error:
        _log.info("recording unknown", what=what, message=error.message, hint=error.hint)
        action = error.action if isinstance(error, AccessDenied) else None
        refused.append(Refused(what, error.message, action))
    except _ODD:
        _log.warning("recording unknown", what=what, exc_info=True)
        refused.append(Refused(what, "AWS answered in a form that I don't know."))
