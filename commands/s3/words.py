"""How a verdict is said: by what, and where."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.public.bucket import Judged
from bot.core.public.facts import NOT_ASKED
from bot.core.public.verdict import Verdict
from bot.core.public.way import Via, Way
from bot.core.public.words import because

_KINDS: dict[Via, str] = {
    "policy": "policy",
    "acl": "ACL",
    "access-point": "access point",
    "multi-region-access-point": "multi-region access point",
}
_PARTS = {"policy": "policy", "acl": "acl", "access-point": "access_points"}
_STOPPED = {"policy": "every public policy", "acl": "every public ACL", "access-point": "every public policy"}


def by(verdict: Verdict) -> str:
    """`policy, ACL, access point shop`."""
    return ", ".join(dict.fromkeys(_way(way) for way in verdict.via))


def _way(way: Way) -> str:
    kind = _KINDS[way.via]
    return f"{kind} {way.name}" if way.name else kind


def place(one: Judged, accounts: Mapping[str, str]) -> str:
    """`prod · eu-west-1`."""
    account = accounts.get(one.bucket.account_id) or one.bucket.account_id
    return " · ".join(each for each in (account, one.bucket.region) if each)


def history(one: Judged) -> tuple[str, ...]:
    """The question what changed in it."""
    bucket = one.bucket
    account = ("--account", bucket.account_id) if bucket.account_id else ()
    region = ("--region", bucket.region) if bucket.region else ()
    return (
        "config",
        "history",
        bucket.name,
        "--type",
        "AWS::S3::Bucket",
        *account,
        *region,
        "--since",
        "90d",
    )


def reasons(one: Judged) -> tuple[str, ...]:
    """Why the verdict is what it is, each reason once; what a block stops unread is told by the block."""
    ways = [way for way in one.verdict.ways if way.judgement == one.verdict.judgement]
    # Where no access point is known, none says anything.
    told = [way for way in ways if way.name or way.stopped_by or way.via != "access-point"] or ways
    return tuple(dict.fromkeys(_reason(way, one) for way in told))


def missing(verdict: Verdict) -> tuple[str, ...]:
    """Why it can't be told, each reason once with all the parts that it is about."""
    parts: dict[str, list[str]] = {}
    for one in verdict.unknown_because:
        why = because(replace(one, part=""))
        parts.setdefault(why, []).append(one.part)
    return tuple(f"{', '.join(dict.fromkeys(names))}{why}" for why, names in parts.items())


def _reason(way: Way, one: Judged) -> str:
    part = "" if way.name else _PARTS.get(way.via, "")
    if part and way.stopped_by and getattr(one.facts, part) == NOT_ASKED:
        return f"{way.stopped_by} stops {_STOPPED[way.via]}"
    return f"{_way(way)}: {way.why}" if way.name else way.why
