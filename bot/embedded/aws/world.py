"""The stand-in furnished with the incident: Acme's buckets, its trail's files, its findings, Config, identities and bill."""

import json
from datetime import date
from pathlib import Path

from bot.embedded.aws.bucket_access import furnish_access
from bot.embedded.aws.config.aggregator import Aggregator
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import BUCKET_LEVEL_BLOCK, RESTRICTED_SSH
from bot.embedded.aws.costs.furnish import furnish_bills
from bot.embedded.aws.exposure import furnish_exposure
from bot.embedded.aws.guardduty.furnish import detectors, furnish_guardduty
from bot.embedded.aws.identities import make_role
from bot.embedded.aws.seed import Furniture, Seeded, seed
from bot.embedded.aws.stand_in import AwsStandIn
from bot.embedded.incident import (
    Finding,
    Incident,
    configuration_items,
    eventbridge,
    findings,
    log_files,
    recording_paused,
    recording_resumed,
    recording_since,
)
from bot.embedded.incident.configuration import ROLES, ROLES_MADE, role_id, trusted
from bot.embedded.own_trail import OwnTrail

_COSTLY = frozenset({"AWS::Config::ResourceCompliance", "AWS::EC2::NetworkInterface"})
_GLOBAL = frozenset(f"AWS::IAM::{each}" for each in ("Group", "Policy", "Role", "User"))


def furnish(stand_in: AwsStandIn, incident: Incident, own: OwnTrail | None = None) -> Seeded:
    """Make everything but the log files and the findings, in half a second.

    With `own`, the table also projects the accounts, regions and days of somebody's own files.
    """
    _record(stand_in, incident)
    _identities(incident)
    first_days = [date(2024, 1, 1), *([own.first_day] if own and own.first_day else [])]
    buckets = {bucket.name: (bucket.account_id, bucket.region) for bucket in incident.buckets}
    seeded = seed(
        stand_in,
        Furniture(
            log_bucket=incident.log_bucket,
            trail=incident.trail_name,
            buckets=buckets,
            data_buckets=[bucket.name for bucket in incident.buckets if bucket.data_events],
            detectors=detectors(incident),
            regions=incident.regions,
            more_accounts=sorted(own.accounts) if own else (),
            more_regions=sorted(own.regions) if own else (),
            first_day=min(first_days),
        ),
    )
    furnish_access(incident)
    furnish_bills(stand_in, incident)
    furnish_exposure(stand_in, incident)
    furnish_guardduty(stand_in, incident)
    return seeded


def _record(stand_in: AwsStandIn, incident: Incident) -> None:
    """Let Config have recorded all along: everywhere, but IAM at home only, as is usual; prod sees all of it."""
    since, rules = recording_since(incident), (RESTRICTED_SSH, BUCKET_LEVEL_BLOCK)
    for account in incident.accounts:
        for region in incident.regions:
            stand_in.recordings.open((account.id, region), _recorder(incident, account.id, region), rules)
    accounts = [account.id for account in incident.accounts]
    aggregator = Aggregator("acme-organization", accounts, incident.regions, since)
    stand_in.recordings.aggregate((incident.prod.id, incident.home_region), aggregator)
    for each in configuration_items(incident):
        stand_in.recordings.record(each.place, each.item)


def _identities(incident: Incident) -> None:
    """The roles, under the ids that Config and CloudTrail know them by."""
    account_id = incident.prod.id
    for name in ROLES:
        trust = json.dumps(trusted(incident, name))
        make_role(account_id, name, role_id(incident, name), trust, ROLES_MADE)


def _recorder(incident: Incident, account_id: str, region: str) -> Recorder:
    """Staging's look once a day and leave out what costs most; one of prod's was stopped for some days."""
    since, at_home = recording_since(incident), region == incident.home_region
    if account_id == incident.staging.id:
        excluded = _COSTLY if at_home else _COSTLY | _GLOBAL
        return Recorder(since, excluded=excluded, daily=True)
    if region == "us-east-1":
        return Recorder(recording_resumed(incident), paused_at=recording_paused(incident))
    return Recorder(since, global_types=at_home)


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
