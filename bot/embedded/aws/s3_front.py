"""What S3 decides before it does anything, and moto does not: refusals by policy and by Block Public Access.

API reference: PutBucketPolicy, PutBucketAcl, GetBucketPolicyStatus, GetAccessPointPolicyStatus (Amazon S3).
"""

from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, PublicAccessBlock
from moto.s3control.models import s3control_backends

from bot.embedded.aws import s3_public
from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.buckets import find_bucket

Answer = tuple[str, bytes]
_OF_READERS = {
    "GetBucketAcl": "s3:GetBucketAcl",
    "GetBucketOwnershipControls": "s3:GetBucketOwnershipControls",
    "GetBucketPolicy": "s3:GetBucketPolicy",
    "GetBucketPolicyStatus": "s3:GetBucketPolicyStatus",
    "GetBucketWebsite": "s3:GetBucketWebsite",
    "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
}
"""What a bucket's own policy may deny its readers, and the action of each."""
_LONGEST = 20_480
_XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/"


def decide(environ: dict[str, Any], operation: str) -> Answer | None:
    """The answer (status, XML) to a call of S3's that moto would answer otherwise; None leaves it to moto."""
    bucket = find_bucket(_name(environ))
    if bucket is None:
        return None
    bucket.get_permission = _by_nobody  # moto has no setting for it
    if (
        (action := _OF_READERS.get(operation))
        and _policy(bucket)
        and s3_public.denies(_policy(bucket), action)
    ):
        return _refused(bucket, action, " with an explicit deny in a resource-based policy")
    match operation:
        case "GetBucketPolicyStatus" if bucket.policy:
            return _status(s3_public.is_public(_policy(bucket)))
        case "PutBucketPolicy":
            return _policy_refused(bucket, _body(environ))
        case "PutBucketAcl":
            return _acl_refused(
                bucket, environ.get("HTTP_X_AMZ_ACL", "") or _grants(environ) or _body(environ)
            )
    return None


def _by_nobody(_action: str, _resource: str) -> PermissionResult:
    """Left to moto, policies would decide about objects, without their conditions: `TLS only` would close a bucket."""
    return PermissionResult.NEUTRAL


def born(environ: dict[str, Any]) -> None:
    """A bucket that was just made is closed: all four flags on and ACLs off, unless its maker wanted ACLs.

    S3 user guide, "Default settings for new buckets" (since April 2023).
    """
    bucket = find_bucket(_name(environ))
    if bucket is None:
        return
    bucket.public_access_block = PublicAccessBlock(*(["true"] * 4))
    bucket.ownership_rule = environ.get("HTTP_X_AMZ_OBJECT_OWNERSHIP") or "BucketOwnerEnforced"


def is_new(environ: dict[str, Any]) -> bool:
    """Whether the bucket that a CreateBucket names is nobody's yet."""
    return find_bucket(_name(environ)) is None


def _name(environ: dict[str, Any]) -> str:
    return unquote(environ["PATH_INFO"]).strip("/").partition("/")[0]


def point_status(account_id: str, name: str) -> Answer | None:
    """GetAccessPointPolicyStatus; None where there is no such point or policy, which moto says."""
    point = s3control_backends[account_id][PARTITION].access_points[account_id].get(name)
    if point is None or not point.has_policy():
        return None
    return _status(s3_public.is_public(point.policy or ""), "GetAccessPointPolicyStatusResult")


def _policy(bucket: FakeBucket) -> str:
    return (bucket.policy or b"").decode("utf-8", "replace")


def _policy_refused(bucket: FakeBucket, text: str) -> Answer | None:
    if len(text.encode()) > _LONGEST:
        return _error("400 Bad Request", "PolicyTooLarge", "Policies may not exceed 20480 bytes")
    if not s3_public.is_policy(text):
        return _error("400 Bad Request", "MalformedPolicy", "Policies must be valid JSON with a Statement")
    if s3_public.is_public(text) and "BlockPublicPolicy" in _on(bucket):
        return _refused(bucket, "s3:PutBucketPolicy", " because public policies are blocked by the BlockPublicPolicy block public access setting")  # fmt: skip
    return None


def _acl_refused(bucket: FakeBucket, said: str) -> Answer | None:
    if _owner_decides(bucket):
        words = "The bucket does not allow ACLs"
        return _error("400 Bad Request", "AccessControlListNotSupported", words)
    if s3_public.opens(said) and "BlockPublicAcls" in _on(bucket):
        return _refused(bucket, "s3:PutBucketAcl", " because public ACLs are blocked by the BlockPublicAcls block public access setting")  # fmt: skip
    return None


def _owner_decides(bucket: FakeBucket) -> bool:
    return "BucketOwnerEnforced" in str(bucket.ownership_rule)


def _on(bucket: FakeBucket) -> set[str]:
    """The flags that are on, of the bucket's block and its account's."""
    account = s3control_backends[bucket.account_id][PARTITION].public_access_block
    held = [block.to_config_dict() for block in (bucket.public_access_block, account) if block]
    return {name[:1].upper() + name[1:] for block in held for name, on in block.items() if on}


def _grants(environ: dict[str, Any]) -> str:
    return " ".join(str(value) for name, value in environ.items() if name.startswith("HTTP_X_AMZ_GRANT"))


def _refused(bucket: FakeBucket, action: str, why: str) -> Answer:
    who = f"arn:aws:iam::{bucket.account_id}:user/noroshi"
    words = f'User: {who} is not authorized to perform: {action} on resource: "{bucket.arn}"{why}'
    return _error("403 Forbidden", "AccessDenied", words)


def _status(public: bool, root: str = "PolicyStatus") -> Answer:
    said = f"<IsPublic>{str(public).lower()}</IsPublic>"
    inner = said if root == "PolicyStatus" else f"<PolicyStatus>{said}</PolicyStatus>"
    return "200 OK", f'<{root} xmlns="{_XMLNS}">{inner}</{root}>'.encode()


def _error(status: str, code: str, words: str) -> Answer:
    return status, f"<Error><Code>{code}</Code><Message>{escape(words)}</Message></Error>".encode()


def _body(environ: dict[str, Any]) -> str:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    return str(body.decode("utf-8", "replace"))
