"""Where a statement finds its events: the raw table, the compact copy, and which days are read from which.

The raw table's partitions are spelled in several ways (Athena user guide: Query CloudTrail logs; reference §6):
by account, region and day, as ours is; by region, year, month and day, added by hand; by one date alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """How a raw table tells its partitions, as SQL: the day as text `2026/09/08`, account and region where it has them."""

    day: str
    account: str | None = None
    region: str | None = None


PROJECTED: Final = Layout("day", "account", "region")
UNPARTITIONED_DAY: Final = "year || '/' || month || '/' || day"


def layout(keys: Sequence[str]) -> Layout | None:
    """The layout of a table with these partition columns (in small letters); None when no day can be told from them."""
    names = frozenset(keys)
    account = next((name for name in ("account", "accountid", "account_id") if name in names), None)
    region = "region" if "region" in names else None
    if names >= {"year", "month", "day"}:
        return Layout(UNPARTITIONED_DAY, account, region)
    for name in ("day", "date", "dt", "timestamp"):
        if name in names:
            return Layout(name if name == "day" else f'"{name}"', account, region)
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """One form of the trail, and the publish days to be read from it, in order."""

    table: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Both forms. A day is in one of them alone; the compact form may be missing.

    `standing` is a table like the compact one, of its days, each of whose rows stands for a call that is nowhere else.
    """

    raw: Part
    layout: Layout = PROJECTED
    compact: Part | None = None
    standing: str = ""


def split(days: Sequence[date], compacted: frozenset[date]) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days to be read raw, and those that the compact form has."""
    return tuple(day for day in days if day not in compacted), tuple(day for day in days if day in compacted)


def stretches(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Runs of days without a gap, first and last: `BETWEEN` prunes partitions, a long list is refused."""
    first = last = None
    for day in sorted(days):
        if first is None or last is None:
            first = last = day
        elif day == last + timedelta(days=1):
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last
