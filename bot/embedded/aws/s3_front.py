"""What S3 decides before it does anything, and moto does not: refusals by policy and by Block Public Access.

API reference: PutBucketPolicy, PutBucketAcl, PutBucketOwnershipControls, GetBucketPolicyStatus (Amazon S3).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from bot.embedded.aws import s3_public
from bot.embedded.aws.buckets import close_bucket, find_bucket
from bot.embedded.aws.s3_acl import acl, flags_on, grants_others, owner_decides
from bot.embedded.aws.s3_asking import XMLNS, Answer, Asker, asker, body_of, denied, error
from bot.embedded.aws.s3_decision import decision
from bot.embedded.aws.s3_grammar import malformed
from bot.embedded.aws.s3_listing import listing

_LONGEST = 20_480
ACTIONS = {
    "DeleteBucket": "s3:DeleteBucket",
    "DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
    "DeleteBucketPolicy": "s3:DeleteBucketPolicy",
    "DeleteBucketWebsite": "s3:DeleteBucketWebsite",
    "DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "GetBucketAcl": "s3:GetBucketAcl",
    "GetBucketLocation": "s3:GetBucketLocation",
    "GetBucketOwnershipControls": "s3:GetBucketOwnershipControls",
    "GetBucketPolicy": "s3:GetBucketPolicy",
    "GetBucketPolicyStatus": "s3:GetBucketPolicyStatus",
    "GetBucketRequestPayment": "s3:GetBucketRequestPayment",
    "GetBucketWebsite": "s3:GetBucketWebsite",
    "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "HeadBucket": "s3:ListBucket",
    "ListObjects": "s3:ListBucket",
    "ListObjectsV2": "s3:ListBucket",
    "PutBucketAcl": "s3:PutBucketAcl",
    "PutBucketOwnershipControls": "s3:PutBucketOwnershipControls",
    "PutBucketPolicy": "s3:PutBucketPolicy",
    "PutBucketWebsite": "s3:PutBucketWebsite",
    "PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
"""The calls about a bucket itself, each with the action that lets one make it; objects are nobody's here."""


def decide(environ: dict[str, Any], operation: str) -> Answer | None:
    """The answer (status, XML) to a call of S3's that moto would answer otherwise; None leaves it to moto."""
    who = asker(environ)
    if not who.may_ask_here:
        words = "The AWS Access Key Id you provided does not exist in our records."
        return error("403 Forbidden", "InvalidAccessKeyId", words)
    if operation == "ListBuckets":
        return listing(environ, who)
    bucket = find_bucket(name_of(environ))
    if bucket is None:
        return _made(environ) if operation == "CreateBucket" else None
    bucket.get_permission = _by_nobody  # moto has no setting for it
    return (
        _refused(environ, bucket, who, ACTIONS.get(operation, ""))
        or _read(bucket, operation)
        or _change_refused(environ, bucket, who, operation)
    )


def _refused(environ: dict[str, Any], bucket: FakeBucket, who: Asker, action: str) -> Answer | None:
    """What the bucket's policy says to it; nobody of another account may ask, but whom it allows."""
    if environ.get("HTTP_X_AMZ_EXPECTED_BUCKET_OWNER", bucket.account_id) != bucket.account_id:
        return error("403 Forbidden", "AccessDenied", "Access Denied")
    said = decision(_policy(bucket), who, action, bucket.arn) if action else ""
    if said == "deny":
        return denied(who, action, bucket.arn, " with an explicit deny in a resource-based policy")
    if action and who.account_id != bucket.account_id and said != "allow":
        return denied(
            who, action, bucket.arn, f" because no resource-based policy allows the {action} action"
        )
    return None


def _read(bucket: FakeBucket, operation: str) -> Answer | None:
    match operation:
        case "GetBucketAcl":
            return acl(bucket)
        case "GetBucketPolicyStatus" if bucket.policy:
            said = str(s3_public.is_public(_policy(bucket))).lower()
            return _told("PolicyStatus", f"<IsPublic>{said}</IsPublic>")
        case "GetBucketRequestPayment":
            said = getattr(bucket, "payer", "BucketOwner")  # moto has no field for it
            return _told("RequestPaymentConfiguration", f"<Payer>{said}</Payer>")
        case _:
            return None


def _change_refused(environ: dict[str, Any], bucket: FakeBucket, who: Asker, operation: str) -> Answer | None:
    match operation:
        case "PutBucketPolicy":
            return _policy_refused(bucket, body_of(environ), who)
        case "PutBucketAcl":
            return _acl_refused(bucket, _acl_asked(environ) or body_of(environ), who)
        case "PutBucketOwnershipControls":
            return _ownership_refused(bucket, body_of(environ))
        case _:
            return None


def _told(root: str, said: str) -> Answer:
    return "200 OK", f'<{root} xmlns="{XMLNS}">{said}</{root}>'.encode()


def _by_nobody(_action: str, _resource: str) -> PermissionResult:
    """Left to moto, policies would decide about objects, without their conditions: `TLS only` would close a bucket."""
    return PermissionResult.NEUTRAL


def born(environ: dict[str, Any]) -> None:
    """Close the bucket that was just made."""
    if bucket := find_bucket(name_of(environ)):
        close_bucket(bucket, environ.get("HTTP_X_AMZ_OBJECT_OWNERSHIP") or "BucketOwnerEnforced")


def is_new(environ: dict[str, Any]) -> bool:
    """Whether the bucket that a CreateBucket names is nobody's yet."""
    return find_bucket(name_of(environ)) is None


def name_of(environ: Mapping[str, Any]) -> str:
    """The bucket that a request is about, "" for none."""
    return unquote(environ["PATH_INFO"]).strip("/").partition("/")[0]


def _policy(bucket: FakeBucket) -> str:
    return (bucket.policy or b"").decode("utf-8", "replace")


def _made(environ: dict[str, Any]) -> Answer | None:
    """A new bucket can't come with a public ACL: ACLs are off, or the block that it comes with is on."""
    said = _acl_asked(environ)
    if said in {"", "private", "bucket-owner-full-control"}:
        return None
    if environ.get("HTTP_X_AMZ_OBJECT_OWNERSHIP", "BucketOwnerEnforced") == "BucketOwnerEnforced":
        return error("400 Bad Request", "InvalidBucketAclWithObjectOwnership", _NO_ACLS)
    return error("403 Forbidden", "AccessDenied", "Access Denied") if s3_public.opens(said) else None


_NO_ACLS = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"


def _policy_refused(bucket: FakeBucket, text: str, who: Asker) -> Answer | None:
    if len(text.encode()) > _LONGEST:
        return error("400 Bad Request", "PolicyTooLarge", "Policies may not exceed 20480 bytes")
    if wrong := malformed(text, str(bucket.name)):
        return error("400 Bad Request", "MalformedPolicy", wrong)
    if s3_public.is_public(text) and "BlockPublicPolicy" in flags_on(bucket):
        return denied(who, "s3:PutBucketPolicy", bucket.arn, f" because public policies are {_BLOCKED}Policy {_SETTING}")  # fmt: skip
    return None


_BLOCKED, _SETTING = "blocked by the BlockPublic", "block public access setting"


def _acl_refused(bucket: FakeBucket, said: str, who: Asker) -> Answer | None:
    if owner_decides(bucket):
        return error("400 Bad Request", "AccessControlListNotSupported", "The bucket does not allow ACLs")
    if s3_public.opens(said) and "BlockPublicAcls" in flags_on(bucket):
        return denied(
            who, "s3:PutBucketAcl", bucket.arn, f" because public ACLs are {_BLOCKED}Acls {_SETTING}"
        )
    return None


def _ownership_refused(bucket: FakeBucket, said: str) -> Answer | None:
    if "BucketOwnerEnforced" in said and grants_others(bucket):
        return error("400 Bad Request", "InvalidBucketAclWithObjectOwnership", _NO_ACLS)
    return None


def _acl_asked(environ: dict[str, Any]) -> str:
    """An ACL as the headers say it; "" where they don't."""
    grants = (str(value) for name, value in environ.items() if name.startswith("HTTP_X_AMZ_GRANT"))
    return str(environ.get("HTTP_X_AMZ_ACL", "")) or " ".join(grants)
