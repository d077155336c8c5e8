"""The stand-in furnished with the incident: Acme's buckets, its trail's files, its findings, its Config."""

from datetime import date
from pathlib import Path

from bot.embedded.aws.config.aggregator import Aggregator
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import BUCKET_LEVEL_BLOCK, RESTRICTED_SSH
from bot.embedded.aws.seed import Furniture, Seeded, seed
from bot.embedded.aws.stand_in import AwsStandIn
from bot.embedded.incident import (
    Finding,
    Incident,
    configuration_items,
    eventbridge,
    findings,
    log_files,
    recording_since,
)
from bot.embedded.own_trail import OwnTrail


def furnish(stand_in: AwsStandIn, incident: Incident, own: OwnTrail | None = None) -> Seeded:
    """Make everything but the log files and the findings, in half a second.

    With `own`, the table also projects the accounts, regions and days of somebody's own files.
    """
    _record(stand_in, incident)
    first_days = [date(2024, 1, 1), *([own.first_day] if own and own.first_day else [])]
    buckets = {bucket.name: (bucket.account_id, bucket.region) for bucket in incident.buckets}
    return seed(
        stand_in,
        Furniture(
            log_bucket=incident.log_bucket,
            trail=incident.trail_name,
            buckets=buckets,
            data_buckets=[bucket.name for bucket in incident.buckets if bucket.data_events],
            detectors={
                (incident.prod.id, region): incident.detector_id(region) for region in incident.regions
            },
            regions=incident.regions,
            more_accounts=sorted(own.accounts) if own else (),
            more_regions=sorted(own.regions) if own else (),
            first_day=min(first_days),
        ),
    )


def _record(stand_in: AwsStandIn, incident: Incident) -> None:
    """Let Config have recorded all along: everywhere, but IAM at home only, as is usual; prod sees all of it."""
    since, rules = recording_since(incident), (RESTRICTED_SSH, BUCKET_LEVEL_BLOCK)
    for account in incident.accounts:
        for region in incident.regions:
            recorder = Recorder(since, global_types=region == incident.home_region)
            stand_in.recordings.open((account.id, region), recorder, rules)
    accounts = [account.id for account in incident.accounts]
    aggregator = Aggregator("acme-organization", accounts, incident.regions, since)
    stand_in.recordings.aggregate((incident.prod.id, incident.home_region), aggregator)
    for each in configuration_items(incident):
        stand_in.recordings.record(each.place, each.item)


def deliver_logs(stand_in: AwsStandIn, incident: Incident, cache: Path | None) -> int:
    """Put the log bucket's files there, from `cache` where they can; gives how many."""
    return stand_in.put_logs(
        incident.log_bucket, ((file.key, file.body) for file in log_files(incident, cache))
    )


def tell_finding(stand_in: AwsStandIn, finding: Finding) -> int:
    """Let GuardDuty find it and send it to EventBridge; gives how many queues took it."""
    stand_in.findings.put(finding.detail)
    return stand_in.emit(eventbridge(finding))


def tell_findings(stand_in: AwsStandIn, incident: Incident) -> int:
    """All of the incident's findings at once; gives how many queues took one."""
    return sum(tell_finding(stand_in, finding) for finding in findings(incident))
