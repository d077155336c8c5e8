"""Which buckets are public, by what, for what, since when?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.public.bucket import Judged
from bot.core.public.meaning import EVERY_ACCESS
from bot.core.view import Caveat, Receipt
from commands.s3.since import Since, since

_DATED = 10
"""So many public buckets, the most dangerous, are looked up in their history."""
_AT_ONCE = 4


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
    public = [one for one in judged if one.verdict.judgement == "public"][:_DATED]
    dated = _dated(public, reach) if public else []
    seconds = (reach.ports.now() - began).total_seconds()
    calls = found.api_calls + sum(one.api_calls for one in dated)
    return Answer(
        judged,
        {_key(one): when for one, when in zip(public, dated, strict=True)},
        found.accounts,
        found.caveats,
        Receipt("s3", seconds, cost_usd=0.0, api_calls=calls),
    )


def danger(one: Judged) -> tuple[int, int, str]:
    """The most dangerous first: what everybody may write, then change, read, list; then what is unknown."""
    rank = ("public", "unknown", "not-public").index(one.verdict.judgement)
    accesses = [EVERY_ACCESS.index(access) for access in one.verdict.access]
    return rank, min(accesses, default=len(EVERY_ACCESS)), one.bucket.name


def _key(one: Judged) -> tuple[str, str]:
    return one.bucket.account_id, one.bucket.name


def when(answer: Answer, one: Judged) -> Since:
    """Since when it is public, as far as it is known."""
    return answer.since.get(_key(one), Since())


def _dated(public: Sequence[Judged], reach: Reach) -> list[Since]:
    reach.progress("Looking back since when they are public…")
    configurations, now = reach.ports.configurations, reach.ports.now()
    with ThreadPoolExecutor(_AT_ONCE, "noroshi-since") as pool:
        return list(pool.map(lambda one: since(one, configurations, now), public))
