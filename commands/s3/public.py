"""Which buckets are public, by what, for what, since when?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.amounts import counted
from bot.core.public.bucket import Judged
from bot.core.public.meaning import EVERY_ACCESS
from bot.core.view import Caveat, Receipt
from commands.s3.since import NOT_ASKED, Since, since

DATED = 20
"""So many public buckets, the most dangerous, are looked up in their history."""
_AT_ONCE, _NAMED = 4, 4
_UNASKED = "account-not-asked"


class PublicBuckets(Request):
    """Accounts by id and regions, empty for all; `all` lists what is not public too."""

    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    all: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Every bucket, the most dangerous first; since when the public ones are so, as far as it was looked up."""

    judged: tuple[Judged, ...]
    since: dict[tuple[str, str], Since]
    accounts: int
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def public(self) -> tuple[Judged, ...]:
        """Those that are."""
        return tuple(one for one in self.judged if one.verdict.judgement == "public")

    @property
    def unknown(self) -> tuple[Judged, ...]:
        """Those of which it can't be told."""
        return tuple(one for one in self.judged if one.verdict.judgement == "unknown")


def survey(request: PublicBuckets, reach: Reach) -> Answer:
    """Look at every bucket, then back in time for the public ones; raises where nothing at all can be listed."""
    began = reach.ports.now()
    found = reach.ports.public_access.survey(request.accounts, request.regions, reach.progress)
    judged = tuple(sorted((one for one in found.judged if not one.gone), key=danger))
    public = [one for one in judged if one.verdict.judgement == "public"]
    dated = _dated(public[:DATED], reach) if public else []
    seconds = (reach.ports.now() - began).total_seconds()
    calls = found.api_calls + sum(one.api_calls for one in dated)
    return Answer(
        judged,
        {_key(one): when for one, when in zip(public[:DATED], dated, strict=True)},
        found.accounts,
        (*_together(found.caveats), *_undated(public, dated), *_objects(judged)),
        Receipt("s3", seconds, cost_usd=0.0, api_calls=calls),
    )


def danger(one: Judged) -> tuple[int, int, str]:
    """The most dangerous first: what everybody may write, then change, read, list; then what is unknown.

    What is open for nobody knows what stands before what may be read.
    """
    rank = ("public", "unknown", "not-public").index(one.verdict.judgement)
    accesses = [2 * EVERY_ACCESS.index(access) for access in one.verdict.access]
    return rank, min(accesses, default=2 * EVERY_ACCESS.index("read") - 1), one.bucket.name


def when(answer: Answer, one: Judged) -> Since:
    """Since when it is public, as far as it is known."""
    return answer.since.get(_key(one), NOT_ASKED)


def _key(one: Judged) -> tuple[str, str]:
    return one.bucket.account_id, one.bucket.name


def _dated(public: Sequence[Judged], reach: Reach) -> list[Since]:
    reach.progress("Looking back since when they are public…")
    configurations, now = reach.ports.configurations, reach.ports.now()
    with ThreadPoolExecutor(_AT_ONCE, "noroshi-since") as pool:
        return list(pool.map(lambda one: since(one, configurations, now), public))


def _together(caveats: Sequence[Caveat]) -> list[Caveat]:
    """One of each reason, with the accounts that it is about: there may be hundreds that nobody asked."""
    unasked: dict[str, list[str]] = {}
    for one in caveats:
        name, _, why = one.message.rpartition(": ")
        if one.code == _UNASKED:
            unasked.setdefault(why, []).append(name)
    told = [Caveat(_UNASKED, f"{_listed(names)}: {why}") for why, names in unasked.items()]
    return [*(one for one in caveats if one.code != _UNASKED), *told]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _undated(public: Sequence[Judged], dated: Sequence[Since]) -> list[Caveat]:
    """Since when is not known of some: each reason once, with what it is about."""
    reasons: dict[str, list[str]] = {}
    for one, then in zip(public, (*dated, *[NOT_ASKED] * (len(public) - len(dated))), strict=True):
        if then.why:
            reasons.setdefault(then.why, []).append(one.bucket.name)
    if not reasons:
        return []
    every = [name for names in reasons.values() for name in names]
    told = [why if len(reasons) == 1 else f"{why} ({_named(names)})" for why, names in reasons.items()]
    are = "is" if len(every) == 1 else "are"
    said = (
        f"since when {_named(every)} {are} public: {'; '.join(told)}. /s3 explain BUCKET asks CloudTrail too"
    )
    return [Caveat("since-not-known", said)]


def _named(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names):,} buckets"


def _objects(judged: Sequence[Judged]) -> list[Caveat]:
    """A bucket doesn't tell of its objects' own ACLs: of how many that may matter."""
    rest = [one for one in judged if one.verdict.judgement != "public"]
    count = sum(one.verdict.objects_may_be_public is not False for one in rest)
    said = f"single objects of {counted(count, 'more bucket')}, which may be public by ACLs of their own"
    return [Caveat("object-acls", said)] if count else []
