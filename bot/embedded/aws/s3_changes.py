"""Changes of buckets as CloudTrail records them: in the log files, so in the event history too, and on the bus.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
What was refused changes nothing, and is not told here.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.s3_asking import Asker, asker, body_of
from bot.embedded.aws.s3_front import name_of
from bot.embedded.incident.callers import Caller
from bot.embedded.incident.chance import ids
from bot.embedded.incident.company import Bucket, Place
from bot.embedded.incident.events import bucket_event, event
from bot.embedded.incident.template import Record, Template

# CloudTrail's names, where they are not the operation's; and the part of the address that says it.
_OF_BUCKETS: Mapping[str, tuple[str, str]] = {
    "CreateBucket": ("CreateBucket", ""),
    "DeleteBucket": ("DeleteBucket", ""),
    "DeleteBucketOwnershipControls": ("DeleteBucketOwnershipControls", "ownershipControls"),
    "DeleteBucketPolicy": ("DeleteBucketPolicy", "policy"),
    "DeleteBucketWebsite": ("DeleteBucketWebsite", "website"),
    "DeletePublicAccessBlock": ("DeleteBucketPublicAccessBlock", "publicAccessBlock"),
    "PutBucketAcl": ("PutBucketAcl", "acl"),
    "PutBucketOwnershipControls": ("PutBucketOwnershipControls", "ownershipControls"),
    "PutBucketPolicy": ("PutBucketPolicy", "policy"),
    "PutBucketWebsite": ("PutBucketWebsite", "website"),
    "PutPublicAccessBlock": ("PutBucketPublicAccessBlock", "publicAccessBlock"),
}
_OF_ACCOUNTS: Mapping[str, str] = {
    "CreateAccessPoint": "CreateAccessPoint",
    "DeleteAccessPoint": "DeleteAccessPoint",
    "DeleteAccessPointPolicy": "DeleteAccessPointPolicy",
    "DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock",
    "PutAccessPointPolicy": "PutAccessPointPolicy",
    "PutPublicAccessBlock": "PutAccountPublicAccessBlock",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A call that changes something, before it is made; `bucket` is "" where it is about an account."""

    who: Asker
    name: str
    request: Mapping[str, Any]
    bucket: str = ""
    place: Place | None = None


def change(environ: dict[str, Any], service: str, operation: str) -> Change | None:
    """What a request is about to change of buckets or access points; None where nothing."""
    if service == "s3" and operation in _OF_BUCKETS:
        name, part = _OF_BUCKETS[operation]
        bucket = name_of(environ)
        known = find_bucket(bucket)
        place = Place(known.account_id, known.region_name) if known else None
        request = ({part: ""} if part else {}) | _acl(environ) | _said(body_of(environ))
        return Change(asker(environ), name, request, bucket, place)
    if service == "s3control" and operation in _OF_ACCOUNTS:
        parts = environ["PATH_INFO"].strip("/").split("/")
        named = {"name": parts[2]} if parts[1] == "accesspoint" else {}
        return Change(asker(environ), _OF_ACCOUNTS[operation], named | _said(body_of(environ)))
    return None


def recorded(made: Change, at: datetime) -> Record:
    """The call's record, once it was made."""
    caller = Caller(_identity(made.who), made.who.ip, made.who.agent)
    place = made.place or _place(made)
    if made.bucket:
        known = Bucket(made.bucket, *place)
        record = bucket_event(caller, known, made.name, request=dict(made.request))
    else:
        asked = {"accountId": made.who.account_id, **made.request}
        record = event(caller, place, f"s3:{made.name}", requestParameters=asked)
    (holes,) = ids(Random(secrets.token_hex()), 1)
    time = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return Template(record).record(holes | {"time": time, "session": time})


def _place(made: Change) -> Place:
    """A new bucket's; or where an account was asked."""
    known = find_bucket(made.bucket)
    return Place(made.who.account_id, known.region_name if known else made.who.region)


def _identity(who: Asker) -> dict[str, Any]:
    said = {"arn": who.arn, "accountId": who.account_id, "accessKeyId": who.access_key_id}
    kind, _, name = who.arn.rpartition(":")[2].partition("/")
    if kind == "user":
        return {"type": "IAMUser", "principalId": f"AIDAEXAMPLE{name.upper()}", **said, "userName": name}
    role, _, session = name.partition("/")
    issuer = {
        "type": "Role",
        "principalId": f"AROAEXAMPLE{role.upper()}",
        "arn": f"arn:aws:iam::{who.account_id}:role/{role}",
        "accountId": who.account_id,
        "userName": role,
    }
    context = {
        "sessionIssuer": issuer,
        "attributes": {"creationDate": "<<session>>", "mfaAuthenticated": "false"},
    }
    return {
        "type": "AssumedRole",
        "principalId": f"{issuer['principalId']}:{session}",
        **said,
        "sessionContext": context,
    }


def _acl(environ: Mapping[str, Any]) -> dict[str, Any]:
    said = environ.get("HTTP_X_AMZ_ACL")
    return {"x-amz-acl": said} if said else {}


def _said(body: str) -> dict[str, Any]:
    """A request's body as CloudTrail has it: a policy opened, XML as nested names."""
    try:
        if body.lstrip().startswith("{"):
            return {"bucketPolicy": json.loads(body)}
        root = ET.fromstring(body) if body.strip() else None  # noqa: S314 - of who has a key, on loopback
    except (ValueError, ET.ParseError):
        return {}
    return {} if root is None else {_name(root): _plain(root)}


def _plain(told: ET.Element) -> Any:
    """Flags as such, and what comes more than once as a list."""
    if not len(told):
        return {"true": True, "false": False}.get(str(told.text), told.text)
    found: dict[str, list[Any]] = {}
    for each in told:
        found.setdefault(_name(each), []).append(_plain(each))
    return {name: several[0] if len(several) == 1 else several for name, several in found.items()}


def _name(told: ET.Element) -> str:
    return told.tag.rpartition("}")[2]
