"""The partitions that somebody registered in Glue: which days a table that projects none can be asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from bot.adapters.aws.errors import asking
from bot.trail.sources import UNPARTITIONED_DAY, Layout, stretches

BY_HAND: Final = ("year", "month", "day")
"""The partition columns of AWS's own example for partitions added by hand."""

_MOST_MONTHS = 20  # an expression has at most 2,048 characters (docs: Glue, GetPartitions)
_PLAIN = frozenset({"day", "dt"})  # `date` and `timestamp` are words of Glue's own expressions


@dataclass(frozen=True, slots=True)
class Registered:
    """One partition: its values in the table's order, its day (None where they are none), where its files lie."""

    values: tuple[str, ...]
    day: date | None
    location: str


@dataclass(frozen=True, slots=True)
class Partitions:
    """The partitions of one table, looked up when asked; `keys` are its partition columns in small letters.

    `client` is Glue's. All raise AccessDenied (glue:GetPartitions), Upstream.
    """

    client: Any
    database: str
    table: str
    keys: tuple[str, ...]
    day_keys: tuple[str, ...]

    def days(self, first: date, last: date) -> frozenset[date]:
        """The days of a stretch that have a partition at all."""
        return frozenset(one.day for one in self.within(first, last) if one.day)

    def within(self, first: date, last: date) -> Iterator[Registered]:
        """The partitions of these days, both included."""
        for one in self._asked(expression(self.day_keys, first, last)):
            if one.day and first <= one.day <= last:
                yield one

    def every(self) -> Iterator[Registered]:
        """All of them."""
        return self._asked("")

    def any(self) -> Registered | None:
        """One of them, in a single call."""
        return next(iter(self._page("", most=1)[0]), None)

    def _asked(self, words: str) -> Iterator[Registered]:
        token = None
        while True:
            page, token = self._page(words, token)
            yield from page
            if not token:
                return

    def _page(
        self, words: str, token: str | None = None, most: int | None = None
    ) -> tuple[list[Registered], str | None]:
        asked: dict[str, Any] = {
            "DatabaseName": self.database,
            "TableName": self.table,
            "ExcludeColumnSchema": True,
        }
        more = {"Expression": words, "NextToken": token, "MaxResults": most}
        asked |= {name: value for name, value in more.items() if value}
        with asking("glue:GetPartitions", f"for the partitions of {self.database}.{self.table}"):
            answer = self.client.get_partitions(**asked)
        return [self._read(one) for one in answer["Partitions"]], answer.get("NextToken")

    def _read(self, found: dict[str, Any]) -> Registered:
        values = tuple(str(value) for value in found["Values"])
        named = dict(zip(self.keys, values, strict=False))
        location = str(found.get("StorageDescriptor", {}).get("Location", ""))
        return Registered(values, read_day([named.get(key, "") for key in self.day_keys]), location)


def day_keys(spelled: Layout) -> tuple[str, ...]:
    """The partition columns that tell the day: three, or one."""
    return BY_HAND if spelled.day == UNPARTITIONED_DAY else (spelled.day.strip('"'),)


def read_day(parts: Sequence[str]) -> date | None:
    """The day of `2026/09/08` or of its three parts; None for anything that is not written so."""
    words = "/".join(parts)
    try:
        day = datetime.strptime(words, "%Y/%m/%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return day if f"{day:%Y/%m/%d}" == words else None


def expression(keys: Sequence[str], first: date, last: date) -> str:
    """Glue's words for a superset of these days; "" is all there are."""
    if len(keys) == 1:
        plain = keys[0] in _PLAIN
        return f"{keys[0]} BETWEEN '{first:%Y/%m/%d}' AND '{last:%Y/%m/%d}'" if plain else ""
    months = [*_months(first, last)]
    if len(months) > _MOST_MONTHS:
        return f"year BETWEEN '{first:%Y}' AND '{last:%Y}'"
    return " OR ".join(
        f"(year = '{a:%Y}' AND month = '{a:%m}' AND day BETWEEN '{a:%d}' AND '{b:%d}')" for a, b in months
    )


def gaps(days: Sequence[date], there: frozenset[date]) -> list[tuple[date, date]]:
    """The stretches of days that are not there."""
    return [*stretches([day for day in days if day not in there])]


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(last, following - timedelta(days=1))
        first = following
