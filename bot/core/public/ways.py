"""The ways into a bucket by its own policy and by its ACL."""

from bot.core.public import acl, ownership, policy
from bot.core.public.block import Stop, either, stop
from bot.core.public.facts import Facts
from bot.core.public.meaning import Opening, Unread, judgement
from bot.core.public.way import Found, Missing, Way, way


def by_policy(facts: Facts) -> Way:
    """Through the bucket's policy."""
    return way(
        "policy",
        found_by_policy(facts.policy, facts.aws_says, "the policy"),
        stop("RestrictPublicBuckets", facts.blocks),
    )


def by_acl(facts: Facts) -> Way:
    """Through the bucket's ACL; what single objects' ACLs grant is another question."""
    return way("acl", _found_by_acl(facts.acl), acl_stop(facts))


def acl_stop(facts: Facts) -> Stop:
    """Whether ACLs count for nothing here."""
    off = facts.ownership if isinstance(facts.ownership, Unread) else ownership.acls_are_off(facts.ownership)
    if isinstance(off, Unread):
        owned = Stop(closes=None, missing=(("the object ownership", off),))
    else:
        owned = Stop(closes=off, by="object ownership (BucketOwnerEnforced)")
    return either(owned, stop("IgnorePublicAcls", facts.blocks))


def found_by_policy(
    said: object, aws_says: bool | Unread, part: str, *, through_access_point: bool = False
) -> Found:
    """What a policy is by itself, and by what AWS says of it: where one of them says public, it is.

    AWS's word settles what ours can't decide; where AWS wasn't asked or wouldn't say, ours stands.
    """
    if isinstance(said, Unread):
        missing = (Missing(part, said),)
        ours = Found("unknown", f"{part} is not known: {said.why}", missing=missing)
    else:
        opened = policy.openings(said, through_access_point=through_access_point)
        otherwise = (
            f"{part} doesn't exist" if said is None else f"{part} lets in only whom it names or narrows"
        )
        ours = found(opened, otherwise, part)
    if aws_says is True and ours.judgement != "public":
        return Found("public", f"AWS calls {part} public; by my reading, {ours.why}", ours.openings)
    if aws_says is False and ours.judgement == "unknown":
        return Found("not-public", f"AWS calls {part} not public; by my reading, {ours.why}")
    return ours


def _found_by_acl(said: object) -> Found:
    if isinstance(said, Unread):
        return Found("unknown", f"the ACL is not known: {said.why}", missing=(Missing("the ACL", said),))
    return found(acl.openings(said), "the ACL grants nothing to everybody", "the ACL")


def found(opened: tuple[Opening, ...], otherwise: str, part: str) -> Found:
    """What openings make of a part; `otherwise` says why there are none."""
    verdict = judgement(opened)
    counted = tuple(one for one in opened if one.is_certain or verdict != "public")
    why = "; ".join(dict.fromkeys(_said(one) for one in counted)) or otherwise
    missing = (Missing(part, Unread(why)),) if verdict == "unknown" else ()
    return Found(verdict, why, counted, missing)


def _said(one: Opening) -> str:
    return f"{one.sid or f'statement {one.number}'}: {one.why}" if one.number else one.why
