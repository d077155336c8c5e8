"""A query's rows in Athena's words: column metadata, text values, pages, and the CSV in S3.

Text follows what Athena 3 writes (https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html):
every value quoted in the CSV, NULL as nothing at all; the `.metadata` file is AWS's own affair, here JSON.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.adapters.duckdb.lake import LakeAnswer

PAGE = 1000
"""Most rows of a GetQueryResults page, the header's included."""

_PRECISION = {"varchar": 2147483647, "bigint": 19, "integer": 10, "double": 17, "timestamp": 3}
_CASED = frozenset({"varchar", "char", "array", "map", "row"})
_LARGE, _SMALL = 1e7, 1e-3


@dataclass(frozen=True, slots=True)
class Results:
    """Rows as texts (None for NULL) under columns of (name, Athena's type); how many an UNLOAD wrote elsewhere."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str | None, ...], ...]
    update_count: int = 0

    def page(self, token: str | None, size: int) -> dict[str, Any]:
        """One answer of GetQueryResults; the first page begins with the header row. Tokens are offsets."""
        begin = int(token) if token and token.isdecimal() else 0
        header = tuple(name for name, _ in self.columns)
        lines = [header, *self.rows] if begin == 0 else self.rows[begin - 1 :]
        page = [{"Data": [{} if v is None else {"VarCharValue": v} for v in line]} for line in lines[:size]]
        metadata = {"ColumnInfo": [_column(name, kind) for name, kind in self.columns]}
        answer: dict[str, Any] = {
            "ResultSet": {"Rows": page, "ResultSetMetadata": metadata},
            "UpdateCount": self.update_count,
        }
        if begin + len(page) < len(self.rows) + 1:
            answer["NextToken"] = str(begin + len(page))
        return answer

    def csv(self) -> bytes:
        """The result file."""
        lines = [tuple(name for name, _ in self.columns), *self.rows]
        return "".join(",".join(_quoted(value) for value in line) + "\n" for line in lines).encode()

    def metadata(self) -> bytes:
        """The file beside it."""
        return json.dumps([_column(name, kind) for name, kind in self.columns]).encode()


def texts(answer: LakeAnswer) -> Results:
    """The lake's rows as Athena would write them."""
    return Results(answer.columns, tuple(tuple(text(value) for value in row) for row in answer.rows))


def text(value: object) -> str | None:
    """One value as Athena's text: `1.0E7`, `[a, b]`, `{k=v}`, `2026-09-08 03:11:00.000 UTC`."""
    match value:
        case None | str():
            written = value
        case bool():
            written = "true" if value else "false"
        case float():
            written = _double(value)
        case datetime():
            written = _timestamp(value)
        case bytes():
            written = value.hex(" ")
        case Mapping():
            written = "{" + ", ".join(f"{key}={_inside(item)}" for key, item in value.items()) + "}"
        case Sequence():
            written = "[" + ", ".join(_inside(item) for item in value) + "]"
        case _:  # whole numbers, decimals, dates, times
            written = str(value)
    return written


def _inside(value: object) -> str:
    written = text(value)
    return "null" if written is None else written


def _double(value: float) -> str:
    # As Java writes doubles: plain between 0.001 and 10 million, with an exponent beyond.
    if value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        return "NaN"
    if value == 0 or _SMALL <= abs(value) < _LARGE:
        return repr(value)
    digits, _, exponent = f"{Decimal(repr(value)).normalize():E}".partition("E")
    return f"{digits if '.' in digits else digits + '.0'}E{int(exponent)}"


def _timestamp(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat(" ", "milliseconds")
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(' ', 'milliseconds')} UTC"


def _quoted(value: str | None) -> str:
    return "" if value is None else '"' + value.replace('"', '""') + '"'


def _column(name: str, kind: str) -> dict[str, Any]:
    base = kind.partition("(")[0]
    return {
        "CatalogName": "hive",
        "SchemaName": "",
        "TableName": "",
        "Name": name,
        "Label": name,
        "Type": base,
        "Precision": _PRECISION.get(base, 0),
        "Scale": 0,
        "Nullable": "UNKNOWN",
        "CaseSensitive": base in _CASED,
    }
