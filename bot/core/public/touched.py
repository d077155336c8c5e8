"""Calls after which a bucket may be public, or no longer: CloudTrail's names of them (reference: s3-public, events).

Rules: S3 user guide, "Logging Amazon S3 API calls using AWS CloudTrail": bucket and account level operations.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import moment
from bot.core.event import Event

# Rules: S3 user guide, General purpose bucket naming rules; old buckets of us-east-1 have longer names.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,254}")
_ACCOUNT = re.compile(r"\d{12}")
_LONGEST = 300

OPENING = (
    "CreateBucket",
    "DeleteBucketOwnershipControls",
    "DeleteBucketPolicy",
    "DeleteBucketPublicAccessBlock",
    "PutBucketAcl",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
)
"""Calls on a bucket after which somebody else may get into it."""
_BUCKETS = frozenset({*OPENING, "DeleteBucket"})
_ACCOUNTS = frozenset(
    {
        "CreateAccessPoint",
        "CreateMultiRegionAccessPoint",
        "DeleteAccessPoint",
        "DeleteAccessPointPolicy",
        "DeleteAccountPublicAccessBlock",
        "PutAccessPointPolicy",
        "PutAccountPublicAccessBlock",
        "PutMultiRegionAccessPointPolicy",
    }
)
"""Of these any bucket of the account may be changed: which one, the record does not surely say."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A call that may have changed who gets in; `bucket` is "" where it may be any of the account's.

    `key` is the problem that the call itself was told under or ended, "" where it was of no interest; `told`
    whether it was told. `at` is aware.
    """

    account_id: str
    bucket: str
    event_id: str
    event_name: str
    who: str
    region: str
    at: datetime | None = None
    key: str = ""
    told: bool = False


def touched(event: Event) -> Touched | None:
    """What a call that worked may have changed; None for every other event."""
    said = event.detail
    name = said.get("eventName")
    if said.get("eventSource") != "s3.amazonaws.com" or said.get("errorCode") or not isinstance(name, str):
        return None
    bucket = _bucket(said) if name in _BUCKETS else ""
    account = _owner(said, bucket) or _text(said, "recipientAccountId") or event.account_id or ""
    if not _ACCOUNT.fullmatch(account) or not (bucket or name in _ACCOUNTS):
        return None
    who = said.get("userIdentity")
    return Touched(
        account_id=account,
        bucket=bucket,
        event_id=_text(said, "sharedEventID") or _text(said, "eventID") or event.event_id or "",
        event_name=name,
        who=_text(who, "arn") or _text(who, "invokedBy") or _text(who, "accountId"),
        region=_text(said, "awsRegion") or event.region or "",
        at=moment.read(said.get("eventTime")) or event.at,
    )


def _bucket(said: Mapping[str, Any]) -> str:
    name = _text(said.get("requestParameters"), "bucketName").rpartition(":::")[2]
    return name if _NAME.fullmatch(name) else ""


def _owner(said: Mapping[str, Any], bucket: str) -> str:
    """The account that CloudTrail names as the bucket's: a caller of another account has a copy of the record."""
    listed = said.get("resources")
    for one in listed if isinstance(listed, list) else ():
        if bucket and _text(one, "ARN").endswith(f":::{bucket}"):
            return _text(one, "accountId")
    return ""


def _text(of: object, name: str) -> str:
    value = of.get(name) if isinstance(of, Mapping) else None
    return value[:_LONGEST] if isinstance(value, str) else ""
