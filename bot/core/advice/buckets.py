"""Amazon S3 Bucket Permissions (Pfx0RwqBli), from the verdicts that `/s3 public` gives.

Red: the ACL lets everybody write, or change who may. Yellow: any other way that is public, or a public policy that
only RestrictPublicBuckets stops, where that policy was read (what a block stops is not, as a rule). Grey: the
verdict is unknown; Trusted Advisor shows red there.
"""

from collections.abc import Sequence

from bot.core.advice.opinion import Flagged
from bot.core.advice.told import Told, joined, unknown
from bot.core.public.bucket import Judged
from bot.core.public.meaning import Unread
from bot.core.public.verdict import Verdict
from bot.core.public.way import Way
from bot.core.public.words import who_may

_WORST = frozenset({"write", "admin"})


def permissions(found: Sequence[Judged] | Unread) -> Told:
    """What the account's buckets let others do."""
    if isinstance(found, Unread):
        return unknown("", found)
    return joined(_bucket(one) for one in found if not one.gone)


def _bucket(one: Judged) -> Told:
    name, region, verdict = one.bucket.name, one.bucket.region, one.verdict
    match verdict.judgement:
        case "public":
            by_acl = any(way.via == "acl" and _WORST & set(way.access) for way in verdict.via)
            why = f"{who_may(verdict)} by its {_ways(verdict)}"
            return Told((Flagged(name, region, "error" if by_acl else "warning", why),), 1)
        case "unknown":
            # Four parts that one region keeps from us are one reason.
            missing = dict.fromkeys((name, each.unread) for each in verdict.unknown_because)
            return Told(looked_at=1, unread=tuple(missing))
        case _:
            stops = [way.stopped_by for way in verdict.ways if _is_restricted(way)]
            flagged = [
                Flagged(name, region, "warning", f"its policy is public; {by} stops it") for by in stops[:1]
            ]
            return Told(tuple(flagged), 1)


def _is_restricted(way: Way) -> bool:
    return way.via == "policy" and bool(way.stopped_by) and any(one.is_certain for one in way.openings)


def _ways(verdict: Verdict) -> str:
    kinds = dict.fromkeys("ACL" if way.via == "acl" else way.via.replace("-", " ") for way in verdict.via)
    return " and ".join(kinds)
