"""A bucket's settings, read and put one by one: what an approved fix changes, and what puts it back.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html, …_PutBucketAcl.html, …_PutBucketPolicy.html
"""

import json
import re
from typing import Any, Final

from botocore.config import Config

from bot.adapters.aws.errors import asking, code
from bot.adapters.aws.s3_asked import PATIENT
from bot.adapters.aws.s3_calls import ACL, BLOCK, POLICY, Call
from bot.adapters.aws.session import client
from bot.adapters.aws.ways import Ways
from bot.core.approval.change import Setting
from bot.core.public.bucket import Bucket
from bot.errors import NotFound, Upstream

_READ: Final[dict[Setting, Call]] = {"block": BLOCK, "acl": ACL, "policy": POLICY}
PUTS: Final[dict[Setting, tuple[str, ...]]] = {
    "block": ("s3:PutBucketPublicAccessBlock",),
    "acl": ("s3:PutBucketAcl",),
    "policy": ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy"),
}
"""The IAM actions by which each is changed; deleting a block needs the action that puts it."""
# A call, with its retries, ends well before others take the change for broken off.
_QUICK: Final = PATIENT.merge(Config(retries={"mode": "standard", "total_max_attempts": 3}))
_BLOCKS: Final = re.compile(r"BlockPublic(?:Policy|Acls)\b")


class S3Settings:
    """Satisfies `bot.ports.BucketSettings`."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways

    def read(self, bucket: Bucket, setting: Setting) -> str | None:
        """The value as it is now, whole; raises NotFound, AccessDenied, Throttled, Upstream."""
        call = _READ[setting]
        try:
            with asking(call.action, f"for {bucket.name}"):
                answer = getattr(self._client(bucket), call.operation)(**_named(bucket))
        except Upstream as error:
            if code(error) == call.absent and call.absent:
                return None
            raise _gone(bucket, error) from error
        return _value(setting, answer)

    def put(self, bucket: Bucket, setting: Setting, value: str | None) -> None:
        """Set it, or delete it where the value is None; raises NotFound, AccessDenied, Throttled, Upstream."""
        operation, words = _put(setting, value)
        action = PUTS[setting][-1 if value is None else 0]
        try:
            with asking(action, f"to change {bucket.name}"):
                getattr(self._client(bucket), operation)(**_named(bucket), **words)
        except Upstream as error:
            raise _blocked(bucket, error) or _gone(bucket, error) from error

    def _client(self, bucket: Bucket) -> Any:
        return client("s3", bucket.region or self._ways.region, self._ways.session(bucket.account_id), _QUICK)


def _named(bucket: Bucket) -> dict[str, str]:
    """Nobody else's bucket that has taken its name (S3 user guide: Verifying bucket ownership)."""
    return {"Bucket": bucket.name, "ExpectedBucketOwner": bucket.account_id}


def _put(setting: Setting, value: str | None) -> tuple[str, dict[str, Any]]:
    match setting, value:
        case "block", None:
            return "delete_public_access_block", {}
        case "policy", None:
            return "delete_bucket_policy", {}
        case "block", str():
            return "put_public_access_block", {"PublicAccessBlockConfiguration": json.loads(value)}
        case "policy", str():
            return "put_bucket_policy", {"Policy": value}
        case "acl", str():
            return "put_bucket_acl", {"AccessControlPolicy": json.loads(value)}
        case _:
            raise Upstream("A bucket always has an ACL.", "It is a bug of mine: please report it.")


def _value(setting: Setting, answer: dict[str, Any]) -> str | None:
    if setting == "block":
        return json.dumps(answer["PublicAccessBlockConfiguration"], sort_keys=True)
    if setting == "policy":
        return str(answer["Policy"])
    held = {"Grants": answer.get("Grants", []), **({"Owner": answer["Owner"]} if "Owner" in answer else {})}
    return json.dumps(held, sort_keys=True)


def _blocked(bucket: Bucket, error: Upstream) -> Upstream | None:
    """A public value that Block Public Access keeps out; no right of the bot's would help."""
    if found := _BLOCKS.search(str(error.__cause__)):
        said = f"S3 takes nothing public for {bucket.name}: {found[0]} is on, for it or its account."
        return Upstream(said, "Turn that off by hand first, if it is meant.")
    return None


def _gone(bucket: Bucket, error: Upstream) -> Exception:
    return NotFound(f"{bucket.name} was deleted meanwhile.") if code(error) == "NoSuchBucket" else error
