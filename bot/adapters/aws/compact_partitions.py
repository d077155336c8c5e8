"""The compact copy's days in Glue: one registered partition each, which one call adds or swaps.

A partition's parameters tell what its copy was made of, so that nobody needs a record beside Glue's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.glue_tables import table_there
from bot.adapters.aws.partitions import expression, read_day
from bot.trail.compact_table import COMPACT_COLUMNS, COMPACT_PARTITIONS, compact_name, compact_storage
from bot.trail.compaction import readable

_MARK, _FILES, _SIZE = "noroshi.made_of", "noroshi.files", "noroshi.bytes"
_ACCOUNTS, _REGIONS = "noroshi.accounts", "noroshi.regions"
_NUMBER: Final = re.compile(r"\d{1,18}")
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Copy:
    """A registered day: where it lies, what it was made of (`bot.trail.compaction.made_of`), its Parquet's bytes.

    `accounts` and `regions` are those that the raw table named when the day's files were last looked at.
    """

    day: date
    location: str
    mark: str = ""
    files: int = 0
    size: int = 0
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def covers(self, reach: Reach) -> bool:
        """Whether all that the raw table names now was looked at."""
        return set(reach.accounts) <= set(self.accounts) and set(reach.regions) <= set(self.regions)

    def stands_for(self, reach: Reach) -> bool:
        """Whether it can be read in the place of the raw table's day; an empty day is read raw, for nothing."""
        early = reach.first_day is not None and self.day < reach.first_day
        return self.size > 0 and readable(self.mark) and self.covers(reach) and not early


@dataclass(frozen=True, slots=True)
class Seen:
    """The table: the columns that questions ask for and it `lacks`, and a text that no other table has."""

    lacks: tuple[str, ...]
    identity: str


@dataclass(frozen=True, slots=True)
class CompactTable:
    """The copy of one table; `client` is Glue's. All raise AccessDenied, Upstream."""

    client: Any
    database: str
    raw: str

    @property
    def name(self) -> str:
        """`database.table`."""
        return f"{self.database}.{compact_name(self.raw)}"

    def look(self) -> Seen | None:
        """What the table is; None where there is none (glue:GetTable)."""
        found = table_there(self.client, self.database, compact_name(self.raw))
        if found is None:
            return None
        there = {str(one["Name"]).lower() for one in found.get("StorageDescriptor", {}).get("Columns", [])}
        lacks = tuple(name for name in COMPACT_COLUMNS if name not in there)
        return Seen(lacks, f"{found.get('CatalogId', '')} {self.client.meta.region_name} {self.name}")

    def copies(self, first: date | None = None, last: date | None = None) -> dict[date, Copy]:
        """The registered days, or those of a stretch, both ends included (glue:GetPartitions)."""
        words = expression(COMPACT_PARTITIONS, first, last) if first and last else ""
        return {copy.day: copy for copy in map(_read, self._asked(words)) if copy}

    def copy(self, day: date) -> Copy | None:
        """That day, as it is registered now."""
        return self.copies(day, day).get(day)

    def register(self, copy: Copy, instead: Copy | None) -> bool:
        """Let the copy be the day's, in the place of what was read before; False where another's is as good.

        Needs glue:GetPartitions, and glue:CreatePartition or glue:UpdatePartition.
        """
        now = self.copy(copy.day)
        if now != instead and now and now.mark == copy.mark:
            return False  # another replica was faster, with the same files
        if now is None and self._added(copy):
            return True
        with asking("glue:UpdatePartition", f"to swap {copy.day} of {self.name}"):
            self.client.update_partition(**self._named(copy), PartitionValueList=[f"{copy.day:%Y/%m/%d}"])
        return True

    def _added(self, copy: Copy) -> bool:
        with asking("glue:CreatePartition", f"to add {copy.day} to {self.name}"):
            try:
                self.client.create_partition(**self._named(copy))
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != "AlreadyExistsException":
                    raise
                return False
        return True

    def _named(self, copy: Copy) -> dict[str, Any]:
        return {
            "DatabaseName": self.database,
            "TableName": compact_name(self.raw),
            "PartitionInput": _input(copy),
        }

    def _asked(self, words: str) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {"DatabaseName": self.database, "TableName": compact_name(self.raw)}
        asked |= {"ExcludeColumnSchema": True, "MaxResults": _PAGE}
        asked |= {"Expression": words} if words else {}
        while True:
            with asking("glue:GetPartitions", f"for the days of {self.name}"):
                page = self.client.get_partitions(**asked)
            yield from page["Partitions"]
            if not (token := page.get("NextToken")):
                return
            asked["NextToken"] = token


def _input(copy: Copy) -> dict[str, Any]:
    return {
        "Values": [f"{copy.day:%Y/%m/%d}"],
        "StorageDescriptor": compact_storage(copy.location),
        "Parameters": {
            _MARK: copy.mark,
            _FILES: str(copy.files),
            _SIZE: str(copy.size),
            _ACCOUNTS: ",".join(copy.accounts),
            _REGIONS: ",".join(copy.regions),
        },
    }


def _read(found: dict[str, Any]) -> Copy | None:
    day = read_day([str(value) for value in found["Values"]])
    if day is None:
        return None
    told = found.get("Parameters") or {}
    return Copy(
        day,
        str(found.get("StorageDescriptor", {}).get("Location", "")),
        str(told.get(_MARK, "")),
        _number(told.get(_FILES)),
        _number(told.get(_SIZE)),
        _names(told.get(_ACCOUNTS)),
        _names(told.get(_REGIONS)),
    )


def _number(words: Any) -> int:
    return int(words) if isinstance(words, str) and _NUMBER.fullmatch(words) else 0


def _names(words: Any) -> tuple[str, ...]:
    return tuple(name for name in words.split(",") if name) if isinstance(words, str) else ()
