"""Our own checks of the classic ones: what they need is read in every account and region, side by side.

What is refused is `Unread` in the facts, for just what it concerns; the checks make grey of it, never green.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot.adapters.aws import own_checks_ec2 as ec2
from bot.adapters.aws import own_checks_iam as iam
from bot.adapters.aws import own_checks_rds as rds
from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.recording import TrailRecording
from bot.adapters.aws.s3_asked import unread
from bot.adapters.aws.service_asked import ServiceAsked
from bot.core.advice import classic
from bot.core.advice.classic import Facts, Part
from bot.core.advice.opinion import Opinion
from bot.core.amounts import counted
from bot.core.coverage.trails import Trails
from bot.core.public.bucket import Judged
from bot.core.public.meaning import Unread
from bot.errors import NoroshiError
from bot.ports import Progress, PublicAccess

_AT_ONCE: Final = 24
_BY_REGION: Final[Mapping[Part, tuple[str, Callable[[ServiceAsked], Any]]]] = {
    "groups": ("ec2", ec2.groups),
    "disks": ("ec2", ec2.disks),
    "databases": ("rds", rds.databases),
    "copies": ("rds", rds.copies),
}
_GLOBAL: Final = frozenset[Part]({"summary", "keys", "password", "buckets"})
"""What belongs to no region."""

Read = tuple[str, Part, str, Callable[[], Any]]
"""One thing to read: of which account, which part, which region ("" where it has none), and how."""


class OwnChecks:
    """Makes them; `public_access` tells of buckets. Many threads may ask."""

    def __init__(
        self,
        places: Places,
        public_access: PublicAccess,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._places, self._public = places, public_access
        self._now, self._sleep = now, sleep

    def opinions(
        self, checks: Sequence[str], accounts: Sequence[str], tally: Tally, progress: Progress
    ) -> tuple[Opinion, ...]:
        """What those of the checks that are ours say of each account; raises what AWS said where nothing answered."""
        needs, now = classic.needs(checks), self._now()
        told = self._regions(accounts, needs, tally)
        reads = [one for each in accounts for one in self._reads(each, told[each][0], needs, tally)]
        progress(f"Looking into {counted(len(accounts), 'account')}, {counted(len(reads), 'place')}…")
        found = self._read(reads, tally, progress)
        return tuple(
            one
            for account in accounts
            for one in classic.opinions(checks, _facts(account, found, told[account][1], needs), account, now)
        )

    def _regions(
        self, accounts: Sequence[str], needs: frozenset[Part], tally: Tally
    ) -> dict[str, tuple[tuple[str, ...], dict[str, Unread]]]:
        if needs <= _GLOBAL:
            return dict.fromkeys(accounts, ((), {}))
        with ThreadPoolExecutor(_AT_ONCE, "noroshi-regions") as pool:
            told = pool.map(lambda each: self._places.regions(each, tally), accounts)
            return dict(zip(accounts, told, strict=True))

    def _reads(
        self, account: str, regions: Sequence[str], needs: frozenset[Part], tally: Tally
    ) -> Iterator[Read]:
        """Every thing to read, what takes longest first."""
        own: dict[Part, Callable[[], Any]] = {
            "buckets": partial(self._buckets, account, tally),
            "keys": partial(self._keys, account, tally),
            "summary": lambda: iam.summary(self._iam(account, tally)),
            "password": lambda: iam.password(self._iam(account, tally)),
        }
        yield from ((account, part, "", ask) for part, ask in own.items() if part in needs)
        for region in regions:
            if "trails" in needs:
                yield account, "trails", region, partial(self._trails, account, region, tally)
            for part, (service, ask) in _BY_REGION.items():
                if part in needs:
                    yield account, part, region, partial(self._regional, service, ask, account, region, tally)

    def _read(
        self, reads: Sequence[Read], tally: Tally, progress: Progress
    ) -> dict[tuple[str, Part, str], Any]:
        """What each gave, or why it is not known; raises the first refusal where AWS answered nothing at all."""
        refused: list[NoroshiError] = []

        def one(read: Read) -> Any:
            try:
                return read[3]()
            except NoroshiError as error:
                refused.append(error)
                return unread(error)

        found: dict[tuple[str, Part, str], Any] = {}
        with ThreadPoolExecutor(_AT_ONCE, "noroshi-checks") as pool:
            for done, (read, answer) in enumerate(zip(reads, pool.map(one, reads), strict=True), 1):
                found[read[:3]] = answer
                if not done % 20:
                    progress(f"{done:,} of {counted(len(reads), 'look')} done…")
        if refused and not tally.answered:
            raise refused[0]
        return found

    def _regional(
        self, service: str, ask: Callable[[ServiceAsked], Any], account: str, region: str, tally: Tally
    ) -> Any:
        return ask(self._places.to(service, account, region, tally))

    def _iam(self, account: str, tally: Tally) -> ServiceAsked:
        return self._places.to("iam", account, self._places.ways.region, tally)

    def _keys(self, account: str, tally: Tally) -> Any:
        return iam.keys(self._iam(account, tally), self._now(), self._sleep)

    def _buckets(self, account: str, tally: Tally) -> tuple[Judged, ...]:
        told = self._public.survey((account,), (), lambda _: None)
        tally.add(told.api_calls)
        tally.answer()
        return told.judged

    def _trails(self, account: str, region: str, tally: Tally) -> Trails:
        told = TrailRecording(
            lambda: self._places.raw("cloudtrail", account, region),
            lambda home: self._places.raw("cloudtrail", account, home),
        ).trails()
        tally.add(1 + 2 * len(told.found))
        if told.found or not told.refused:
            tally.answer()
        return told


def _facts(
    account: str,
    found: Mapping[tuple[str, Part, str], Any],
    unlooked: Mapping[str, Unread],
    needs: frozenset[Part],
) -> Facts:
    """What was read of an account; of the regions that nobody knows of, nothing is known."""
    own: dict[str, Any] = {}
    for (whose, part, region), answer in found.items():
        if whose != account:
            continue
        if part in _GLOBAL:
            own[part] = answer
        else:
            own.setdefault(part, {})[region] = answer
    for part in needs - _GLOBAL:
        own[part] = own.get(part, {}) | dict(unlooked)
    return Facts(**own)
