"""Furnishes the stand-in as Noroshi's deployment would: table, workgroup, queue, rules, trail, detectors.

Everything but objects and detector ids is made by the same API calls that a person would make.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from moto.guardduty.models import guardduty_backends

from bot.embedded.aws.accounts import ACCOUNTS, PROD, Account
from bot.embedded.aws.buckets import close_bucket, find_bucket
from bot.embedded.aws.stand_in import HOME, AwsStandIn
from bot.embedded.aws.trail_status import logging_since
from bot.trail.table import table_input

REGIONS = (HOME, "us-east-1", "ap-northeast-1")
PATTERN = {
    "source": ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    "detail": {"severity": [{"numeric": [">=", 4]}]},
}
"""Which findings go to the queue unless the caller gives a pattern of its own."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What Noroshi's settings name."""

    queue_url: str
    dead_letter_url: str
    workgroup: str
    output_location: str
    database: str
    table: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to make. `buckets` maps a name to (account id, region); the log bucket and the results' are made too."""

    log_bucket: str = "acme-trail-logs"
    result_bucket: str = "noroshi-results-111122223333"
    trail: str = "acme-trail"
    buckets: Mapping[str, tuple[str, str]] | None = None
    data_buckets: Sequence[str] | None = None
    """The buckets whose object events the trail records; None is every bucket."""
    detectors: Mapping[tuple[str, str], str] | None = None
    """Detector ids by (account id, region); None makes one everywhere."""
    pattern: Mapping[str, Any] | None = None
    regions: Sequence[str] = REGIONS
    """Where rules and detectors are, and what the table projects."""
    more_accounts: Sequence[str] = ()
    """Accounts that only the table knows, beside those of the stand-in."""
    more_regions: Sequence[str] = ()
    first_day: date = date(2024, 1, 1)
    """The first day that the table projects."""


def seed(stand_in: AwsStandIn, furniture: Furniture | None = None) -> Seeded:
    """Furnish a serving stand-in, once."""
    what = furniture or Furniture()
    places = {what.log_bucket: (PROD.id, HOME), what.result_bucket: (PROD.id, HOME), **(what.buckets or {})}
    for name, (account_id, region) in places.items():
        stand_in.make_bucket(name, account_id, region)
    if results := find_bucket(what.result_bucket):
        close_bucket(results)
    _trail(stand_in, what)
    output = _athena(stand_in, what)
    queue, dead = _queue(stand_in)
    for account in ACCOUNTS:
        for region in what.regions:
            _rule(
                stand_in.client("events", account, region),
                what.pattern or PATTERN,
                _target(account, region, queue),
            )
    _detectors(stand_in, what)
    return Seeded(queue, dead, "noroshi", output, "noroshi", "cloudtrail")


def _trail(stand_in: AwsStandIn, what: Furniture) -> None:
    cloudtrail = stand_in.client("cloudtrail")
    cloudtrail.create_trail(Name=what.trail, S3BucketName=what.log_bucket, IsMultiRegionTrail=True)
    recorded = (
        ["arn:aws:s3"] if what.data_buckets is None else [f"arn:aws:s3:::{b}/" for b in what.data_buckets]
    )
    selector = {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [{"Type": "AWS::S3::Object", "Values": recorded}],
    }
    cloudtrail.put_event_selectors(TrailName=what.trail, EventSelectors=[selector])
    cloudtrail.start_logging(Name=what.trail)
    logging_since(PROD.id, HOME, what.trail, datetime.combine(what.first_day, time(), UTC))


def _athena(stand_in: AwsStandIn, what: Furniture) -> str:
    glue = stand_in.client("glue")
    glue.create_database(DatabaseInput={"Name": "noroshi"})
    table = table_input(
        "cloudtrail",
        f"s3://{what.log_bucket}/AWSLogs/",
        _each_once(*(account.id for account in ACCOUNTS), *what.more_accounts),
        _each_once(*what.regions, *what.more_regions),
        f"{what.first_day:%Y/%m/%d}",
    )
    glue.create_table(DatabaseName="noroshi", TableInput=table)
    output = f"s3://{what.result_bucket}/noroshi/"
    stand_in.client("athena").create_work_group(
        Name="noroshi",
        Configuration={
            "ResultConfiguration": {"OutputLocation": output},
            "EnforceWorkGroupConfiguration": True,
            "BytesScannedCutoffPerQuery": 10**11,
        },
    )
    return output


def _each_once(*names: str) -> list[str]:
    return list(dict.fromkeys(names))


def _queue(stand_in: AwsStandIn) -> tuple[str, str]:
    sqs = stand_in.client("sqs")
    dead = sqs.create_queue(QueueName="noroshi-dead", Attributes={"MessageRetentionPeriod": "1209600"})[
        "QueueUrl"
    ]
    redrive = json.dumps(
        {"deadLetterTargetArn": f"arn:aws:sqs:{HOME}:{PROD.id}:noroshi-dead", "maxReceiveCount": 5}
    )
    queue = sqs.create_queue(
        QueueName="noroshi", Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "60"}
    )
    return str(queue["QueueUrl"]), str(dead)


def _target(account: Account, region: str, queue_url: str) -> str:
    """At home the queue; from elsewhere the home bus, whose own rule takes it from there."""
    if (account, region) == (PROD, HOME):
        return f"arn:aws:sqs:{HOME}:{PROD.id}:{queue_url.rpartition('/')[2]}"
    return f"arn:aws:events:{HOME}:{PROD.id}:event-bus/default"


def _rule(events: Any, pattern: Mapping[str, Any], target: str) -> None:
    events.put_rule(Name="noroshi-guardduty", EventPattern=json.dumps(pattern), State="ENABLED")
    events.put_targets(Rule="noroshi-guardduty", Targets=[{"Id": "noroshi", "Arn": target}])


def _detectors(stand_in: AwsStandIn, what: Furniture) -> None:
    everywhere = {(account.id, region): "" for account in ACCOUNTS for region in what.regions}
    for (account_id, region), name in (everywhere if what.detectors is None else what.detectors).items():
        backend = guardduty_backends[account_id][region]
        detector = backend.detectors.pop(backend.create_detector(True, "FIFTEEN_MINUTES", {}, {}, []))
        # The API makes ids up; a story's findings name theirs.
        detector.id = name or detector.id
        detector.created_at = detector.updated_at = stand_in.clock()
        backend.detectors[detector.id] = detector
