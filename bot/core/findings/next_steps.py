"""What to ask about a finding: who was at the bucket, what the key did, who came from there, who touched the thing."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from bot.core import steps
from bot.core.alert import NextStep
from bot.core.findings.finding import Finding
from bot.core.findings.sequence import Sequence

_MOST = 3
_OPENED = "Policy:S3/"
"""The findings of this purpose say that a bucket, or an account's buckets, were opened (reference: guardduty)."""
_BUCKETS = 2
"""Of many buckets only so many, so that the key still has its turn."""


def next_steps(finding: Finding) -> tuple[NextStep, ...]:
    """At most three, the likeliest first, which begin some hours before the behaviour did; and who gets in now.

    Where what was found is that something was opened, that is the first question.
    """
    seen = finding.service.event_first_seen or finding.created_at
    told = finding.service.detection.sequence if finding.service.detection else None
    found = _of_sequence(told, seen) if told else _of_finding(finding, seen)
    told_first, told_last = _open_now(finding)
    return (*told_first, *islice(dict.fromkeys(found), _MOST), *told_last)


def further(finding: Finding) -> tuple[NextStep, ...]:
    """All other questions that it leads to: who and what else took part, and what changed in the things it names."""
    seen = finding.service.event_first_seen or finding.created_at
    told = finding.service.detection.sequence if finding.service.detection else None
    every = [
        *(_of_sequence(told, seen) if told else ()),
        *_of_finding(finding, seen),
        *_changes(finding, seen),
    ]
    known = next_steps(finding)
    return tuple(step for step in dict.fromkeys(every) if step not in known)


def _changes(finding: Finding, seen: datetime | None) -> Iterator[NextStep]:
    """By the ids that AWS Config has; a user's is global, in whichever region it is recorded."""
    held, place = finding.resource, (finding.account_id, finding.region)
    instance, key = held.instance_details, held.access_key_details
    things = [("AWS::EC2::Instance", instance.instance_id if instance else None)]
    things += [("AWS::EC2::SecurityGroup", each) for each in (instance.groups if instance else ())]
    named = [each for each in things if steps.resource(each[1], seen)]  # ids of EC2's form alone
    named += [("AWS::S3::Bucket", bucket.name) for bucket in held.s3_bucket_details]
    named += [("AWS::Lambda::Function", held.lambda_details.name)] if held.lambda_details else []
    for kind, ident in named:
        yield from steps.changed(kind, ident or "", seen, *place)
    if key and key.user_type == "IAMUser":
        yield from steps.changed("AWS::IAM::User", key.principal_id or "", seen, finding.account_id)


def _open_now(finding: Finding) -> tuple[tuple[NextStep, ...], tuple[NextStep, ...]]:
    """Whether its bucket is public, or any of the account's: before the other questions, or after them."""
    held = finding.resource.s3_bucket_details
    asked = steps.explained(held[0].name, finding.account_id) if held else ()
    if not finding.type.startswith(_OPENED):
        return (), asked
    return asked or steps.public(finding.account_id), ()


def _of_finding(finding: Finding, seen: datetime | None) -> Iterator[NextStep]:
    held = finding.resource
    call = finding.service.action.aws_api_call_action if finding.service.action else None
    buckets = [bucket.name for bucket in held.s3_bucket_details]
    buckets += [str(call.affected_resources.get("AWS::S3::Bucket") or "")] if call else []
    yield from _accessed(buckets, seen)
    key = held.access_key_details.access_key_id if held.access_key_details else None
    yield from (*steps.key(key, seen), *steps.behind(key, seen))
    yield from steps.resource(held.instance_details.instance_id if held.instance_details else None, seen)
    # An address that a machine of ours called, or that knocked on a port, calls no API.
    if call and finding.remote:
        yield from steps.ip(finding.remote.address, seen)


def _of_sequence(told: Sequence, seen: datetime | None) -> Iterator[NextStep]:
    """Who, what, from where: one bucket, so that the key and the address have their turns."""
    yield from islice(_accessed(told.buckets, seen), 1)
    for key in told.keys:
        yield from (*steps.key(key, seen), *steps.behind(key, seen))
    for end in told.endpoints:
        yield from steps.ip(end.ip, seen)


def _accessed(buckets: list[str | None] | tuple[str, ...], seen: datetime | None) -> Iterator[NextStep]:
    asked = (step for name in dict.fromkeys(buckets) for step in steps.who_accessed(name, seen))
    return islice(asked, _BUCKETS)
