"""The smallest change that closes a bucket."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.public.block import Flag
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.verdict import Verdict
from bot.core.public.way import Way

_CLOSES: dict[str, Flag] = {
    "policy": "RestrictPublicBuckets",
    "access-point": "RestrictPublicBuckets",
    "multi-region-access-point": "RestrictPublicBuckets",
    "acl": "IgnorePublicAcls",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """The flags of the bucket's Block Public Access that close every way in, and what else stops with them.

    Flags are read at all levels together, so the bucket's own close its access points too. The change keeps policy
    and ACL as they are: taken back, all is as it was.
    """

    flags: tuple[Flag, ...]
    words: str
    costs: tuple[str, ...] = ()


def fix(facts: Facts, verdict: Verdict) -> Fix | None:
    """None where nothing has to be closed."""
    flags = tuple(sorted({_CLOSES[way.via] for way in verdict.via}))
    if not flags:
        return None
    named = " and ".join(flags)
    return Fix(
        flags, f"turn on {named} in the bucket’s Block Public Access", tuple(_costs(facts, verdict.via))
    )


def _costs(facts: Facts, via: Sequence[Way]) -> list[str]:
    found = []
    if any(way.via != "acl" for way in via):
        found.append("other accounts that the policy names, if any, lose their access too")
    points = facts.access_points if isinstance(facts.access_points, tuple) else ()
    if names := [_name(one) for one in points if not one.vpc]:
        found.append(f"what everybody reads through {', '.join(names[:3])} stops")
    return found


def _name(point: AccessPoint) -> str:
    return f"access point {point.name}"
