"""A record as the line of JSON that DuckDB loads: mostly the very bytes of the log file."""

import re
from typing import Any

import orjson

from bot.adapters.duckdb.columns import MAP, PARTITION, RECORD, Shape, partition_key
from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.records import Record

DAY = r"^(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d"
"""How a readable eventTime begins, as a regular expression."""


def _only_shaped(fields: dict[str, Shape]) -> dict[str, Shape]:
    return {
        key: _only_shaped(shape) if isinstance(shape, dict) else shape
        for key, shape in fields.items()
        if shape == MAP or not isinstance(shape, str)
    }


# DuckDB refuses another shape than a STRUCT's, a map's or a list's; a text may be anything.
_SHAPED = _only_shaped(RECORD)


class Lines:
    """Makes the lines of one file; `partition` is what its path says (None: each record says it itself)."""

    def __init__(self, partition: Partition | None) -> None:
        self._prefix = _prefix(partition.account, partition.region, partition.day) if partition else None

    def line(self, record: Record | None, written: bytes) -> bytes:
        """The record behind its partition; `written` is its JSON. A part of a wrong shape becomes NULL.

        Without `record` the JSON is taken as it stands (the path must name the partition then).
        """
        if record is None:
            return b"".join((self._prefix or b"{", written.replace(b"\n", b" ")[1:], b"\n"))
        if not _fits(record, _SHAPED) or b"\n" in written:
            written = orjson.dumps(record | _tidied(record, _SHAPED))
        return b"".join((self._prefix or _own_prefix(record), written[1:], b"\n"))


def day_of(record: Record) -> str | None:
    """The day of its eventTime as the partition column writes it, or None when the time can't be read."""
    time = record.get("eventTime")
    found = re.match(DAY, time) if isinstance(time, str) else None
    return "/".join(found.groups()) if found else None


def _fits(value: dict[str, Any], shapes: dict[str, Shape]) -> bool:
    for key, shape in shapes.items():
        inner = value.get(key)
        if inner is None:
            continue
        if isinstance(shape, list):
            if not (type(inner) is list and all(type(item) is dict and "arn" not in item for item in inner)):
                return False
        elif type(inner) is not dict or (isinstance(shape, dict) and shape and not _fits(inner, shape)):
            return False
    return True


def _tidied(value: dict[str, Any], shapes: dict[str, Shape]) -> dict[str, Any]:
    return {key: _tidy(value[key], shape) for key, shape in shapes.items() if key in value}


def _tidy(value: object, shape: Shape) -> object:
    if isinstance(shape, list):
        items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else None
        # Some tools write the key in lower case, as they do all others.
        return items and [{"ARN": item.get("arn"), **item} for item in items]
    if not isinstance(value, dict):
        return None
    return value if isinstance(shape, str) else value | _tidied(value, shape)


def _own_prefix(record: Record) -> bytes:
    identity = record.get("userIdentity")
    caller = identity.get("accountId") if isinstance(identity, dict) else None
    return _prefix(record.get("recipientAccountId") or caller, record.get("awsRegion"), day_of(record))


def _prefix(*values: object) -> bytes:
    keys = {partition_key(name): value for name, value in zip(PARTITION, values, strict=True)}
    return orjson.dumps(keys)[:-1] + b","
