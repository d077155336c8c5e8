"""What the thief does, as the records that CloudTrail keeps of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.embedded.incident import callers
from bot.embedded.incident.chance import ids
from bot.embedded.incident.company import Bucket, Place
from bot.embedded.incident.credentials import key_made, role_taken
from bot.embedded.incident.events import bucket_event, event, list_event, object_event, refused
from bot.embedded.incident.intrusion import group_opened, instances_started, key_created
from bot.embedded.incident.life.storage import PAYSLIPS, RUNS
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record, Template


@dataclass(frozen=True)
class _Step:
    at: datetime
    record: Record
    key: str = ""


def records(incident: Incident) -> Iterator[Record]:
    """The thief's own records, oldest first: about 540 of them, and no others."""
    yield from _told(_steps(incident), Random(f"{incident.seed}/theft"))


def before(incident: Incident) -> Iterator[Record]:
    """What happened weeks before and explains whose hand made the key: a few records, by nobody of evil intent."""
    steps = (_Step(at, record) for at, record in key_made(incident))
    yield from _told(steps, Random(f"{incident.seed}/key made"))


def _told(told: Iterable[_Step], chance: Random) -> Iterator[Record]:
    steps = sorted(told, key=lambda step: step.at)
    for step, holes in zip(steps, ids(chance, len(steps)), strict=True):
        time = f"{step.at:%Y-%m-%dT%H:%M:%SZ}"
        yield Template(step.record).record(holes | {"time": time, "session": time, "key": step.key})


def thief(incident: Incident, key_id: str | None = None) -> callers.Caller:
    """User `backup` as CloudTrail sees it, though it is somebody else's hand, with this or the leaked key."""
    key = key_id or incident.leaked_key_id
    return callers.iam_user(
        incident, incident.leaked_user, key, incident.attacker_ip, incident.attacker_agent
    )


def _steps(incident: Incident) -> Iterator[_Step]:
    yield from _looking_around(incident)
    yield from _refusals(incident)
    yield from _reading(incident)
    yield from _copying(incident)
    yield from _digging_in(incident)


def _looking_around(incident: Incident) -> Iterator[_Step]:
    who, at = thief(incident), incident.times.key_tried
    global_ = Place(incident.prod.id, "us-east-1")
    yield _Step(at, event(who, global_, "sts:GetCallerIdentity", responseElements=_identity(who)))
    listed = {"requestParameters": {"Host": "s3.amazonaws.com"}, "requestID": "<<s3request>>"}
    yield _Step(at + timedelta(minutes=1), event(who, global_, "s3:ListBuckets", **listed))
    denied = refused(who, "iam:ListUsers", f"arn:aws:iam::{incident.prod.id}:user/")
    yield _Step(at + timedelta(minutes=2), event(who, global_, "iam:ListUsers", **denied))
    own = {"requestParameters": {"userName": incident.leaked_user}}
    yield _Step(at + timedelta(minutes=3), event(who, global_, "iam:ListAttachedUserPolicies", **own))


def _identity(who: callers.Caller) -> dict[str, Any]:
    return {"userId": who.identity["principalId"], "account": who.identity["accountId"], "arn": who.name}


def _refusals(incident: Incident) -> Iterator[_Step]:
    """Nine calls that payroll's policies refuse: five on the bucket, four on its board minutes."""
    who, bucket, at = thief(incident), incident.payroll, incident.times.refused_from
    tried = (
        "GetBucketPolicy",
        "PutBucketPolicy",
        "GetBucketAcl",
        "PutBucketPublicAccessBlock",
        "PutBucketPolicy",
    )
    for number, api in enumerate(tried):
        record = bucket_event(who, bucket, api, **refused(who, f"s3:{api}", bucket.arn))
        yield _Step(at + timedelta(seconds=31 * number), record)
    for number in range(4):
        key = f"board/minutes-{number + 1:02}.docx"
        denied = refused(who, "s3:GetObject", f"{bucket.arn}/{key}")
        yield _Step(
            at + timedelta(seconds=180 + 7 * number), object_event(who, bucket, "GetObject", key, **denied)
        )


def _reading(incident: Incident) -> Iterator[_Step]:
    """Every payslip once, then the newest runs again hours later."""
    who, bucket, times = thief(incident), incident.payroll, incident.times
    for number, prefix in enumerate(("", "payslips/", "payslips/", "runs/", "rates/", "board/")):
        yield _Step(times.read_from - timedelta(seconds=90 - 12 * number), list_event(who, bucket, prefix))
    read = object_event(who, bucket, "GetObject")
    pace = (times.read_until - times.read_from) / len(PAYSLIPS)
    for number, key in enumerate(PAYSLIPS):
        yield _Step(times.read_from + number * pace, read, key)
    again = (*RUNS, *PAYSLIPS[:40])
    span = times.last_seen - times.read_again
    for number, key in enumerate(again, 1):
        yield _Step(times.read_again + number * span / len(again), read, key)


def _copying(incident: Incident) -> Iterator[_Step]:
    """Copies into a bucket of another account: payroll is named only as the source of the copy."""
    who, at = thief(incident), incident.times.copied
    foreign = Bucket(incident.foreign_bucket, "999900001111", incident.home_region)
    source = {"x-amz-copy-source": f"{incident.payroll.name}/<<key>>"}
    copy = object_event(who, foreign, "CopyObject", request=source, recipientAccountId=incident.prod.id)
    for number, key in enumerate(RUNS):
        yield _Step(at + timedelta(seconds=9 * number), copy, key)


def _digging_in(incident: Incident) -> Iterator[_Step]:
    who, times = thief(incident), incident.times
    global_, home = Place(incident.prod.id, "us-east-1"), Place(incident.prod.id, incident.home_region)
    yield _Step(times.key_created, key_created(incident, who))
    second = thief(incident, incident.new_key_id)
    asked = event(second, global_, "sts:GetCallerIdentity", responseElements=_identity(second))
    yield _Step(times.key_created + timedelta(minutes=2), asked)
    denied = refused(who, "cloudtrail:StopLogging", incident.trail_arn) | {"readOnly": False}
    request = {"requestParameters": {"name": incident.trail_arn}}
    yield _Step(times.logging_stop_tried, event(who, home, "cloudtrail:StopLogging", **(request | denied)))
    look = event(who, home, "ec2:DescribeSecurityGroups", requestParameters={"filterSet": {}})
    yield _Step(times.group_opened - timedelta(minutes=1), look)
    yield _Step(times.group_opened, group_opened(incident, who))
    for at, record in instances_started(incident, who):
        yield _Step(at, record)
    for at, record in role_taken(incident, who):
        yield _Step(at, record)
