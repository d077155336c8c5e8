"""Judging one bucket with as few requests as its verdict needs.

What is unknown names what it hangs on, so the cheapest of that is read, and the bucket is judged again: a block that
closes everything is the only request. A policy comes before what AWS says of it, since it tells who may do what as
well; AWS is asked where ours finds nothing, for one of the two calling it public is enough.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_parts import account_block, part, region_of
from bot.adapters.aws.s3_points import Points
from bot.core.public import policy
from bot.core.public.block import Flags, stop
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import NOT_ASKED, AccessPoint, Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import Verdict, verdict
from bot.errors import NotFound

# The likeliest to settle it first; the policy decides whether access points matter, and ownership matters only to an
# ACL that grants something.
_ORDER: Final = (
    ("the bucket's block", "bucket_block"),
    ("the policy", "policy"),
    ("the ACL", "acl"),
    ("the object ownership", "ownership"),
    ("the access points", "access_points"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What to read next: a part of the bucket, or of one of its access points."""

    part: Any
    point: AccessPoint | None = None


class Judge:
    """Judges buckets of one account, in as many threads as like; what belongs to the account is read once."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._points = asked, Points(asked)
        self._block = account_block(asked)

    def judge(self, bucket: Bucket) -> Judged:
        """The verdict, or `gone`; raises nothing."""
        facts = Facts(bucket.name, account_block=self._block)
        try:
            while step := next_step(facts, verdict(facts)):
                bucket = self._placed(bucket)
                facts = self._read(bucket, facts, step)
        except NotFound:
            return Judged(bucket, facts, verdict(facts), gone=True)
        return Judged(bucket, facts, verdict(facts))

    def _placed(self, bucket: Bucket) -> Bucket:
        return bucket if bucket.region else replace(bucket, region=region_of(self._asked, bucket.name))

    def _read(self, bucket: Bucket, facts: Facts, step: Step) -> Facts:
        if step.point:
            return _with_point(facts, step.point, self._filled(step, bucket.region))
        if step.part == "access_points":
            return replace(facts, access_points=self._points.of(bucket))
        return replace(facts, **{step.part: part(self._asked, step.part, bucket.name, bucket.region)})

    def _filled(self, step: Step, region: str) -> AccessPoint | None:
        try:
            return self._points.filled(step.point, region, step.part) if step.point else None
        except NotFound:
            return None


def next_step(facts: Facts, found: Verdict) -> Step | None:
    """What of the unknown is worth reading next; None where nothing is left that could be read."""
    missing = {one.part for one in found.unknown_because if one.unread == NOT_ASKED}
    if _asks_aws(facts.policy, facts.aws_says, found, facts.blocks):
        return Step("aws_says")
    for name, field in _ORDER:
        if name in missing and getattr(facts, field) == NOT_ASKED:
            return Step(field)
    return next(_of_points(facts, found, missing), None)


def _of_points(facts: Facts, found: Verdict, missing: set[str]) -> Iterator[Step]:
    for point in facts.access_points if isinstance(facts.access_points, tuple) else ():
        if f"the block of {point.name}" in missing and point.block == NOT_ASKED:
            yield Step("block", point)
        if f"the policy of {point.name}" in missing and point.policy == NOT_ASKED:
            yield Step("policy", point)
        levels = {point.name: point.block, **facts.blocks}
        if not point.vpc and _asks_aws(point.policy, point.aws_says, found, levels, point.name):
            yield Step("aws_says", point)


def _asks_aws(
    said: object,
    aws_says: bool | Unread,
    found: Verdict,
    levels: Mapping[str, Flags | Unread],
    name: str = "",
) -> bool:
    """Whether what AWS says may change it: there is a policy that grants something, and by ours it is not public."""
    if aws_says != NOT_ASKED or said is None or said == NOT_ASKED:
        return False
    if stop("RestrictPublicBuckets", levels).closes:
        return False
    by_this = [one for one in found.ways if one.name == name and (name or one.via == "policy")]
    if any(one.judgement == "public" for one in by_this):
        return False
    statements = () if isinstance(said, Unread) else policy.statements(said)
    return not statements or any(one.effect != "Deny" for one in statements)


def _with_point(facts: Facts, old: AccessPoint, new: AccessPoint | None) -> Facts:
    """The facts with one access point read further, or gone."""
    if isinstance(facts.access_points, Unread):
        return facts
    told = (new if one is old else one for one in facts.access_points)
    return replace(facts, access_points=tuple(one for one in told if one))
