"""The parts of a bucket, as S3 answers them: each a value, None where there is none, or why it is not known.

An answer without what it should hold is not known; it is never taken for "none".
"""

from collections.abc import Callable
from typing import Any, Final, Literal

from bot.adapters.aws import s3_calls as calls
from bot.adapters.aws.s3_asked import Answer, Asked
from bot.core.public.block import Flags, flags
from bot.core.public.meaning import Unread

Part = Literal["bucket_block", "policy", "aws_says", "acl", "ownership", "website"]


def part(asked: Asked, name: Part, bucket: str, region: str) -> Any:
    """One request for one part; raises NotFound where the bucket is no more."""
    call, read = _PARTS[name]
    answer = asked.read(call, region, Bucket=bucket)
    return answer if isinstance(answer, Unread) else read(answer)


def account_block(asked: Asked) -> Flags | Unread:
    """The account's block as it holds: what the organization says is in it."""
    answer = asked.of_account(calls.ACCOUNT_BLOCK)
    return answer if isinstance(answer, Unread) else block(answer)


def region_of(asked: Asked, bucket: str) -> str:
    """Where the bucket is, "" where S3 won't say; for servers whose list doesn't."""
    answer = asked.read(calls.LOCATION, Bucket=bucket)
    if not isinstance(answer, dict) or "LocationConstraint" not in answer:
        return ""
    said = answer["LocationConstraint"] or "us-east-1"
    return "eu-west-1" if said == "EU" else str(said)


def block(answer: Answer | None) -> Flags | Unread:
    """GetPublicAccessBlock's answer, the account's and the bucket's alike; None is no block."""
    if answer is None:
        return flags(None)
    said = answer.get("PublicAccessBlockConfiguration")
    return flags(said) if said else _lacking("the public access block")


def policy_text(said: object) -> Any:
    """A policy's text; an empty one is none that AWS would keep."""
    return said or _lacking("the policy")


def is_public(said: object) -> bool | Unread:
    """A PolicyStatus; some servers that are not AWS leave it empty."""
    found = said.get("IsPublic") if isinstance(said, dict) else None
    return found if isinstance(found, bool) else Unread("S3 did not say whether the policy is public")


def _acl(answer: Answer | None) -> Any:
    return answer if answer and "Grants" in answer else _lacking("the ACL")


def _ownership(answer: Answer | None) -> Any:
    return None if answer is None else answer.get("OwnershipControls") or _lacking("the object ownership")


def _lacking(what: str) -> Unread:
    return Unread(f"S3 answered without {what}")


_PARTS: Final[dict[Part, tuple[calls.Call, Callable[[Answer | None], Any]]]] = {
    "bucket_block": (calls.BLOCK, block),
    "policy": (calls.POLICY, lambda answer: None if answer is None else policy_text(answer.get("Policy"))),
    # Without a policy there is none that could be public.
    "aws_says": (
        calls.STATUS,
        lambda answer: False if answer is None else is_public(answer.get("PolicyStatus")),
    ),
    "acl": (calls.ACL, _acl),
    "ownership": (calls.OWNERSHIP, _ownership),
    "website": (calls.WEBSITE, lambda answer: answer is not None),
}
