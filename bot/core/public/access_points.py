"""The ways into a bucket through its access points.

A request through one must be allowed by the access point's policy and by the bucket's, so a bucket whose own
policy is not public, because it leaves all to its access points, may be open through one of them.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
"""

from typing import Final

from bot.core.public import policy
from bot.core.public.block import stop
from bot.core.public.conditions import Condition
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.keys import POINT_ACCOUNT, POINT_ARN
from bot.core.public.meaning import Access, Unread, fits, narrowest, ordered
from bot.core.public.way import Found, Missing, Via, Way, way
from bot.core.public.ways import found, found_by_policy

_DIFFERENT: Final = "what its policy and the bucket's let everybody do is not the same"


def by_access_points(facts: Facts) -> tuple[Way, ...]:
    """Each access point's; one that is unknown where it can't be told which there are, and that matters."""
    points = facts.access_points
    if not isinstance(points, Unread):
        return tuple(_through(point, facts) for point in points)
    why = f"the access points are not known: {points.why}"
    unseen = Found("unknown", why, missing=(Missing("the access points", points),))
    behind = _bucket_side(facts.policy, None)
    whole = behind if behind.judgement == "not-public" else unseen
    return (way("access-point", whole, stop("RestrictPublicBuckets", facts.blocks)),)


def _through(point: AccessPoint, facts: Facts) -> Way:
    via: Via = "multi-region-access-point" if point.is_multi_region else "access-point"
    if point.vpc:
        return way(via, Found("not-public", f"only {point.vpc} reaches it"), name=point.name)
    part = f"the policy of {point.name}"
    own = found_by_policy(point.policy, point.aws_says, part, through_access_point=True)
    levels = {f"the block of {point.name}": point.block, **facts.blocks}
    whole = _both(own, _bucket_side(facts.policy, point))
    return way(via, whole, stop("RestrictPublicBuckets", levels), point.name)


def _bucket_side(said: object, point: AccessPoint | None) -> Found:
    """What the bucket's policy lets in through this access point; through any, where it is None."""
    if isinstance(said, Unread):
        return Found(
            "unknown", f"the policy is not known: {said.why}", missing=(Missing("the policy", said),)
        )
    judged = {one.number: one.conditions for one in policy.statements(said, through_access_point=True)}
    opened = tuple(
        one
        for one in policy.openings(said, through_access_point=True)
        if point is None or all(_may_hold(test, point) for test in judged.get(one.number, ()))
    )
    return found(opened, "it lets in nobody through this", "the policy")


def _may_hold(test: Condition, point: AccessPoint) -> bool:
    is_equal = "not" not in test.operator.lower() and test.operator.lower() != "null"
    value = {POINT_ARN: point.arn, POINT_ACCOUNT: point.account_id}.get(test.key.lower(), "")
    return not value or not is_equal or any("${" in one or fits(value, one) for one in test.values)


def _both(own: Found, behind: Found) -> Found:
    judgement = narrowest((own.judgement, behind.judgement))
    if judgement == "not-public":
        return own if own.judgement == "not-public" else behind
    access = _shared(own, behind)
    missing = (*own.missing, *behind.missing)
    why = f"{own.why}; the bucket's policy: {behind.why}"
    if access is None:
        return Found(
            "unknown", why, own.openings, (*missing, Missing("the two policies", Unread(_DIFFERENT))), ()
        )
    return Found(judgement, why, own.openings, missing, access)


def _shared(own: Found, behind: Found) -> tuple[Access, ...] | None:
    """What both let everybody do, None where that is nothing; one that doesn't say for what leaves it to the other."""
    sides = [frozenset(one for opening in side.openings for one in opening.access) for side in (own, behind)]
    told = [side for side in sides if side]
    both = frozenset.intersection(*told) if told else frozenset[Access]()
    return ordered(both) if both or len(told) < len(sides) else None
