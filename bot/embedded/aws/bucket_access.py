"""Who gets into the incident's buckets: its own as Config recorded them last, and the quiet ones beside."""

import json
from collections.abc import Mapping
from typing import Any

from moto.s3.models import FakeBucket, PublicAccessBlock, get_canned_acl
from moto.s3control.models import s3control_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.buckets import find_bucket, make_bucket
from bot.embedded.aws.s3_control import block_by_organization
from bot.embedded.aws.s3_points import placed
from bot.embedded.incident import Incident, configuration_items
from bot.embedded.incident.configuration import Configured
from bot.embedded.incident.configuration.quiet import made, policy_of
from bot.embedded.incident.quiet_buckets import QuietBucket, quiet_buckets

_FLAGS = ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets")
_WEBSITE = (
    b"<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>"
)


def furnish_access(incident: Incident) -> None:
    """Let the buckets, which are there already, be as open as the story says; and make the quiet ones."""
    last: dict[str, Configured] = {}
    for each in configuration_items(incident):  # in the order of time
        if each.item["resourceType"] == "AWS::S3::Bucket":
            last[each.item["resourceId"]] = each
    for name, item in last.items():
        if bucket := find_bucket(name):
            _as_recorded(bucket, item.item["supplementaryConfiguration"])
            bucket.creation_date = item.item["resourceCreationTime"]
    for quiet in quiet_buckets():
        make_bucket(quiet.account_id, quiet.region, quiet.name)
        if bucket := find_bucket(quiet.name):
            _as_said(bucket, quiet)
    block_by_organization(incident.staging.id)


def change_access(name: str, policy: str | None, *, closed: bool) -> None:
    """Give a bucket another policy (None: as before), and turn all flags of its block on or off."""
    bucket = find_bucket(name)
    if bucket is None:
        raise KeyError(name)
    bucket.policy = policy.encode() if policy is not None else bucket.policy
    bucket.public_access_block = _block(dict.fromkeys(_FLAGS, True)) if closed else None


def _as_recorded(bucket: FakeBucket, held: Mapping[str, Any]) -> None:
    bucket.policy = held["BucketPolicy"]["policyText"].encode()
    bucket.public_access_block = _block(held["PublicAccessBlockConfiguration"])
    bucket.ownership_rule = "BucketOwnerEnforced"


def _as_said(bucket: FakeBucket, quiet: QuietBucket) -> None:
    text = policy_of(quiet)
    bucket.policy = text.encode() if text else None
    bucket.creation_date, bucket.payer = made(quiet), quiet.payer
    bucket.acl = get_canned_acl(quiet.acl)
    bucket.ownership_rule = quiet.ownership
    bucket.public_access_block = _block(dict.fromkeys(_FLAGS, True)) if quiet.closed else None
    bucket.website_configuration = _WEBSITE if quiet.website else None
    if quiet.point:
        _open_point(quiet)


def _open_point(quiet: QuietBucket) -> None:
    """An access point called as the bucket is, without `acme-` and what it holds."""
    backend = s3control_backends[quiet.account_id][PARTITION]
    name = quiet.name.split("-")[1]
    off = {f"{flag[0].upper()}{flag[1:]}": "false" for flag in _FLAGS}
    placed(backend.create_access_point(quiet.account_id, name, quiet.name, {}, off))
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(quiet.point)})
    backend.put_access_point_policy(quiet.account_id, name, policy)


def _block(flags: Mapping[str, bool]) -> PublicAccessBlock:
    return PublicAccessBlock(*(str(flags[name]).lower() for name in _FLAGS))
