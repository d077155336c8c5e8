"""Which accounts and regions have log files that the table was not made for: by S3's folders, not by any list of names.

A trail of all regions writes a folder for a region as soon as somebody calls there; an organisation's, for an account
as soon as it joins (docs: CloudTrail log file names). A projected table reads none but those that it names.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.adapters.aws.glue import Reach
from bot.adapters.aws.log_folders import LogFolders
from bot.adapters.aws.raw_files import split
from bot.core.spoken import some
from bot.core.view import Caveat
from bot.errors import NotConfigured, Upstream
from bot.ports import Relation

_ACCOUNT, _REGION = re.compile(r"\d{12}"), re.compile(r"[a-z]{2,}(-[a-z]+)+-\d")
_FRESH_SECONDS = 3600.0
_AT_ONCE, _MOST_LOOKED_AT, _NAMED = 16, 200, 6


@dataclass(frozen=True, slots=True)
class Missing:
    """What has log files and is not in the table; `refused` says why that is not known."""

    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    refused: str = ""


class LeftOut:
    """Looks once an hour of `clock` (seconds); safe to share between threads. Raises nothing."""

    def __init__(self, make_s3: Callable[[], Any], clock: Callable[[], float]) -> None:
        self._make_s3, self._clock = make_s3, clock
        self._looking = threading.Lock()
        self._known: tuple[Reach, float, Missing] | None = None

    def of(self, reach: Reach, relation: Relation | None) -> tuple[Caveat, ...]:
        """What an answer through this table lacks; where a question names places itself, it is told of those alone."""
        accounts, regions = (relation.accounts, relation.regions) if relation else ((), ())
        if reach.partitions is not None or (accounts and regions):
            return ()
        missing = self._missing(reach)
        if missing.refused:
            said = f"whether accounts or regions have logs that the table was not made for: {missing.refused}"
            return (Caveat("places-unknown", said),)
        return tuple(
            _told(word, names)
            for word, names, asked in (
                ("account", missing.accounts, accounts),
                ("region", missing.regions, regions),
            )
            if names and not asked
        )

    @cached_property
    def _s3(self) -> Any:
        return self._make_s3()

    def _missing(self, reach: Reach) -> Missing:
        with self._looking:
            if self._known and self._known[0] == reach and self._clock() - self._known[1] <= _FRESH_SECONDS:
                return self._known[2]
            try:
                missing = _look(self._s3, reach)
            except (Upstream, NotConfigured) as error:
                # Not kept: who was just given the right wants to see it work.
                return Missing(refused=error.message)
            self._known = reach, self._clock(), missing
            return missing


def _look(s3: Any, reach: Reach) -> Missing:
    bucket, _ = split(reach.location)
    folders = LogFolders(s3, bucket)
    account, region = (f"${{{key}}}" for key in (reach.layout.account, reach.layout.region))
    template = reach.location.removeprefix(f"s3://{bucket}/")
    found = folders.under(template.partition(account)[0], _ACCOUNT) if account in template else []
    left: set[str] = set()
    if region in template and reach.regions:
        homes = [*_before(template, account, region, reach.accounts[:_MOST_LOOKED_AT])]
        with ThreadPoolExecutor(_AT_ONCE, "noroshi-places") as pool:
            for names in pool.map(lambda home: folders.under(home, _REGION), homes):
                left.update(names)
    others = [name for name in found if name not in reach.accounts] if reach.accounts else []
    return Missing(tuple(others), tuple(sorted(left.difference(reach.regions))))


def _before(template: str, account: str, region: str, accounts: Sequence[str]) -> Iterator[str]:
    """The folders that hold regions: one of each account, or the only one."""
    home = template.partition(region)[0]
    if "${" not in home.replace(account, ""):
        yield from (home.replace(account, one) for one in accounts) if account in home else (home,)


def _told(word: str, names: Sequence[str]) -> Caveat:
    several = "s" if len(names) > 1 else ""
    said = f"calls {'in' if word == 'region' else 'of'} {word}{several} {some(names, _NAMED)}"
    have = "have" if several else "has"
    return Caveat(
        "outside-the-table",
        f"{said}: {'they' if several else 'it'} {have} log files that the table does not name (noroshi setup trail adds {'them' if several else 'it'})",
    )
