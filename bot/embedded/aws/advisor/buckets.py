"""Buckets: what their ACLs and policies let everybody do, and whether they keep old versions.

A public policy is yellow here, whatever it allows, where others would say red; and a bucket that nobody lets
Trusted Advisor read is red. https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from collections.abc import Iterator
from typing import Any, Final

from moto.s3.models import FakeBucket, s3_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.advisor.seen import COLOURS, Looked, Resource, Seen, Status
from bot.embedded.aws.s3_acl import flags_on, grants, owner_decides
from bot.embedded.aws.s3_public import is_public, several, statements

_GLOBAL: Final = ("/global/AllUsers", "/global/AuthenticatedUsers")
_LISTS, _WRITES = {"READ", "FULL_CONTROL"}, {"WRITE", "WRITE_ACP", "FULL_CONTROL"}
_NEEDED: Final = {"s3:*", "*", "s3:getbucketacl", "s3:getbucketpolicy", "s3:getbucketpolicystatus"}


def permissions(account_id: str, _: Seen) -> Looked:
    """Pfx0RwqBli."""
    every = [_permissions(each) for each in _buckets(account_id)]
    return Looked(tuple(each for each in every if each.status != "ok"), len(every))


def versioning(account_id: str, _: Seen) -> Looked:
    """R365s2Qddf: yellow where old versions are not kept."""
    every = [_versions(each) for each in _buckets(account_id)]
    return Looked(tuple(every), len(every))


def _permissions(bucket: FakeBucket) -> Resource:
    granted = {what for who, what in _public_grants(bucket)}
    lists, writes = bool(granted & _LISTS), bool(granted & _WRITES)
    allows = is_public(bucket.policy or b"")
    readable = not any(_shuts_out(each) for each in statements(bucket.policy or b""))
    status: Status = "error" if writes or not readable else "warning" if lists or allows else "ok"
    said = [_yes(on=each) if readable else "No permission" for each in (lists, writes, allows)]
    values = (bucket.region_name, bucket.region_name, bucket.name, *said[:2], COLOURS[status], said[2], "No")
    return Resource(status, f"arn:aws:s3:::{bucket.name}", values, bucket.region_name)


def _public_grants(bucket: FakeBucket) -> Iterator[tuple[Any, str]]:
    """What its ACL lets everybody do, where ACLs count and public ones are not ignored."""
    if owner_decides(bucket) or "IgnorePublicAcls" in flags_on(bucket):
        return
    yield from (each for each in grants(bucket) if each[0].uri.endswith(_GLOBAL))


def _shuts_out(statement: dict[str, Any]) -> bool:
    """Whether it denies everybody, and so Trusted Advisor, to read the settings."""
    actions = {str(each).lower() for each in several(statement.get("Action", []))}
    denied = statement.get("Effect") == "Deny" and "Condition" not in statement
    return denied and statement.get("Principal") in ("*", {"AWS": "*"}) and bool(actions & _NEEDED)


def _versions(bucket: FakeBucket) -> Resource:
    status: Status = "ok" if bucket.is_versioned else "warning"
    kept = "Enabled" if bucket.is_versioned else "Not Enabled"
    values = (bucket.region_name, bucket.name, kept, "No", COLOURS[status])
    return Resource(status, f"arn:aws:s3:::{bucket.name}", values, bucket.region_name)


def _buckets(account_id: str) -> list[FakeBucket]:
    found: dict[str, FakeBucket] = s3_backends[account_id][PARTITION].buckets
    return sorted(found.values(), key=lambda each: each.name)


def _yes(*, on: bool) -> str:
    return "Yes" if on else "No"
