"""Asks AWS whether what tells us things is on: detectors, trails, recorders, and what lies in dead-letter queues.

One call after another, with a little time between; a call that fails makes its own sense unknown, and no more.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import boto3
import structlog

from bot.adapters.aws.errors import asking
from bot.adapters.aws.recording import read_status
from bot.adapters.aws.session import client
from bot.adapters.aws.sqs import region_of
from bot.core import moment
from bot.core.hearing.senses import AccountSense, DeadSense, Sense, State
from bot.errors import AccessDenied, NoroshiError

_log = structlog.get_logger("noroshi.aws")
_PACE = 0.1
_STATES: dict[str, State] = {"ENABLED": "on", "DISABLED": "off"}
_DEAD = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True, slots=True)
class Place:
    """An account and its regions; `session` gives one that may ask there, or raises NoroshiError.

    Without an `account_id` the session is asked whose it is.
    """

    session: Callable[[], boto3.Session]
    regions: tuple[str, ...]
    account_id: str | None = None


class _Trails(NamedTuple):
    sense: Sense
    error: str = ""
    delivered_at: datetime | None = None


class AwsHearing:
    """Satisfies `bot.core.hearing.senses.Hearing`; `session` is the queues' own, `pause` takes seconds."""

    def __init__(
        self,
        places: Sequence[Place],
        queue_urls: Sequence[str],
        session: Callable[[], boto3.Session],
        *,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._places, self._queue_urls, self._session, self._pause = places, queue_urls, session, pause
        self._whose: dict[Place, str] = {}
        self._clients: dict[tuple[Place | None, str, str | None], Any] = {}

    def accounts(self) -> Iterator[tuple[AccountSense, ...]]:
        """One account after the other; one whose id nobody can tell yet is left out (and logged)."""
        for place in self._places:
            if account_id := self._account_id(place):
                yield tuple(self._account(place, account_id, region) for region in place.regions)

    def dead_letters(self) -> Iterator[DeadSense]:
        """The dead-letter queue of each queue, where it has one."""
        for url in self._queue_urls:
            name = url.rpartition("/")[2]
            try:
                yield self._dead(url, name)
            except (NoroshiError, *_ODD) as error:
                yield DeadSense(name, _unknown(error))

    def _account(self, place: Place, account_id: str, region: str) -> AccountSense:
        trails = self._trails(place, region)
        return AccountSense(
            account_id=account_id,
            region=region,
            detector=_sensed(partial(self._detector, place, region)),
            trail=trails.sense,
            recorder=_sensed(partial(self._recorder, place, region)),
            delivery_error=trails.error,
            delivered_at=trails.delivered_at,
        )

    def _account_id(self, place: Place) -> str | None:
        if known := place.account_id or self._whose.get(place):
            return known
        try:
            sts = self._client(place, "sts", place.regions[0] if place.regions else None)
            answer = self._ask(sts, "get_caller_identity", "sts:GetCallerIdentity", "who I am")
        except NoroshiError as error:
            _log.warning("account unknown", message=error.message, hint=error.hint)
            return None
        return self._whose.setdefault(place, str(answer["Account"]))

    def _detector(self, place: Place, region: str) -> Sense:
        """Docs: GuardDuty API reference, ListDetectors (at most one a region), GetDetector."""
        guardduty = self._client(place, "guardduty", region)
        found = self._ask(guardduty, "list_detectors", "guardduty:ListDetectors", "which detector there is")[
            "DetectorIds"
        ]
        if not found:
            return Sense("none")
        detector = self._ask(
            guardduty, "get_detector", "guardduty:GetDetector", "whether it is on", DetectorId=found[0]
        )
        state = _STATES[detector["Status"]]
        return Sense(state, found[0], moment.read(detector.get("UpdatedAt")) if state == "off" else None)

    def _trails(self, place: Place, region: str) -> _Trails:
        """All trails that cover the region; one that is on is enough.

        Docs: CloudTrail API reference, GetTrailStatus: one region's status, of a trail elsewhere by its ARN; a member
        account may not ask for its organisation's trail.
        """
        try:
            cloudtrail = self._client(place, "cloudtrail", region)
            action, what = "cloudtrail:DescribeTrails", "which trails there are"
            trails = self._ask(cloudtrail, "describe_trails", action, what, includeShadowTrails=True)[
                "trailList"
            ]
            trails.sort(key=lambda trail: (not trail.get("IsMultiRegionTrail"), trail["TrailARN"]))
        except (NoroshiError, *_ODD) as error:
            return _Trails(_unknown(error))
        return covering([self._trail(cloudtrail, trail["TrailARN"]) for trail in trails])

    def _trail(self, cloudtrail: Any, arn: str) -> _Trails:
        action, what = "cloudtrail:GetTrailStatus", "whether a trail is on"
        try:
            status = self._ask(cloudtrail, "get_trail_status", action, what, Name=arn)
            return trail_status(arn, status)
        except (NoroshiError, *_ODD) as error:
            return _Trails(_unknown(error))

    def _recorder(self, place: Place, region: str) -> Sense:
        config = self._client(place, "config", region)
        action, what = "config:DescribeConfigurationRecorderStatus", "whether Config records"
        answer = self._ask(config, "describe_configuration_recorder_status", action, what)
        return recorder_status(answer["ConfigurationRecordersStatus"])

    def _dead(self, url: str, name: str) -> DeadSense:
        """A dead-letter queue is in the account and the region of its queue (docs: SQS, Dead-letter queues)."""
        sqs = self._client(None, "sqs", region_of(url))
        action, what = "sqs:GetQueueAttributes", f"for the dead-letter queue of {name}"
        asked = partial(self._ask, sqs, "get_queue_attributes", action, what)
        policy = (
            asked(QueueUrl=url, AttributeNames=["RedrivePolicy"]).get("Attributes", {}).get("RedrivePolicy")
        )
        if not policy:
            return DeadSense(name, Sense("none"))
        dead = str(json.loads(policy)["deadLetterTargetArn"]).rpartition(":")[2]
        there = f"{url.rpartition('/')[0]}/{dead}"
        counts = asked(QueueUrl=there, AttributeNames=list(_DEAD))["Attributes"]
        return DeadSense(name, Sense("on", dead), sum(int(counts[each]) for each in _DEAD), there)

    def _client(self, place: Place | None, service: str, region: str | None) -> Any:
        key = (place, service, region)
        if key not in self._clients:
            self._clients[key] = client(service, region, (place.session if place else self._session)())
        return self._clients[key]

    def _ask(self, asked: Any, call: str, action: str, what: str, **words: Any) -> Any:
        self._pause(_PACE)
        with asking(action, what):
            return getattr(asked, call)(**words)


def covering(trails: Sequence[_Trails]) -> _Trails:
    """Of several trails over one region: one that is on, and delivers; unknown if none is and some can't be asked."""
    if not trails:
        return _Trails(Sense("none"))
    order = ("on", "unknown", "off", "none")
    return min(trails, key=lambda each: (order.index(each.sense.state), bool(each.error)))


def trail_status(arn: str, status: dict[str, Any]) -> _Trails:
    """Read GetTrailStatus's answer; `LatestDeliveryError` is S3's code, such as NoSuchBucket."""
    read = read_status(status)
    if not read.logging:
        return _Trails(Sense("off", arn, read.stopped_at))
    return _Trails(Sense("on", arn), read.delivery_error, read.delivered_at)


def recorder_status(found: Sequence[dict[str, Any]]) -> Sense:
    """Read the customer's own recorder out of DescribeConfigurationRecorderStatus's answer."""
    ours = [each for each in found if not each.get("servicePrincipal")]
    if not ours:
        return Sense("none")
    status, name = ours[0], str(ours[0].get("name", ""))
    if not status["recording"]:
        return Sense("off", name, _utc(status.get("lastStopTime")))
    # The model says "Failure"; AWS answers in capitals all the same.
    if str(status.get("lastStatus", "")).lower() == "failure":
        why = ": ".join(str(status[key]) for key in ("lastErrorCode", "lastErrorMessage") if status.get(key))
        return Sense(
            "off", name, _utc(status.get("lastStatusChangeTime")), why or "its last recording failed"
        )
    return Sense("on", name)


_ODD = (KeyError, TypeError, ValueError)
"""What an answer of another form than AWS documents leads to."""


def _sensed(ask: Callable[[], Sense]) -> Sense:
    try:
        return ask()
    except (NoroshiError, *_ODD) as error:
        return _unknown(error)


def _unknown(error: Exception) -> Sense:
    if not isinstance(error, NoroshiError):
        return Sense("unknown", reason="AWS answered in a form that I don't know.")
    action = error.action if isinstance(error, AccessDenied) else None
    return Sense("unknown", reason=error.message, action=action)


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None
