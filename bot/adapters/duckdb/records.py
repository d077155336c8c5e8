"""A log file's bytes as CloudTrail records, whatever they are wrapped in; a damaged file gives none.

Read: CloudTrail's `{"Records": […]}`, a bare list, one record, a record per line, EventBridge's events
(`detail`), LookupEvents' answers (`CloudTrailEvent`, JSON in a string); gzipped or not.
"""

import json
from collections.abc import Iterator
from typing import Any

import orjson
from isal import igzip_lib

Record = dict[str, Any]

GZIP = b"\x1f\x8b"
"""How gzipped bytes begin."""
_BOM = b"\xef\xbb\xbf"
NOT_EVENTS = ("Insight", "Aggregated")
"""The eventCategory of what is in CloudTrail's files and is no call (CloudTrail user guide: Insights, aggregation)."""


class Broken(Exception):
    """The file can't be read as a whole; the text says why."""


def plain(data: bytes) -> bytes:
    """The file's bytes unpacked (gzip is told by its first bytes, not the name); raises Broken."""
    if not data:
        raise Broken("it is empty")
    if data[:2] != GZIP:
        return data.removeprefix(_BOM)
    members = []
    while data[:2] == GZIP:
        member, data = _member(data)
        members.append(member)
    if data.strip(b"\0"):
        raise Broken("its gzip data is followed by something else")
    return b"".join(members).removeprefix(_BOM)


def _member(data: bytes) -> tuple[bytes, bytes]:
    unpack = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    try:
        member = unpack.decompress(data)
    except igzip_lib.IsalError as error:  # type: ignore[misc]  # isal's stub knows it as no exception
        raise Broken(f"its gzip data is damaged ({error})") from error
    if not unpack.eof:
        raise Broken("its gzip data is cut short")
    return member, unpack.unused_data


def parse(text: bytes) -> list[Record]:
    """The records in a file's unpacked bytes; none if it holds something else than events; raises Broken."""
    return [record for value in _values(text) for record in events(value)]


def events(value: object) -> Iterator[Record]:
    """The records that a JSON value holds; raises Broken for JSON in a string that is damaged."""
    match value:
        case list():
            for item in value:
                yield from events(item)
        case {"Records": list(items)} | {"Events": list(items)} | {"data": {"Events": list(items)}}:
            yield from events(items)
        case {"CloudTrailEvent": str(text)}:
            for item in _values(text.encode()):
                yield from events(item)
        case dict() if is_event(value):
            yield value
        case {"detail": dict(record)}:
            yield from events(record)


def is_event(record: Record) -> bool:
    """Whether a JSON object is a record of one call, or something else: a digest, an insight, not CloudTrail's.

    `loading` has the same rule in SQL.
    """
    return (
        record.get("eventName") is not None
        and record.get("eventSource") is not None
        and record.get("insightDetails") is None
        and record.get("eventCategory") not in NOT_EVENTS
    )


def _values(text: bytes) -> list[Any]:
    """The JSON value, or one per line."""
    try:
        return [_json(text)]
    except ValueError as whole:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:  # noqa: PLR2004 - one line is not a value per line
            raise Broken(f"it is no whole JSON ({whole})") from whole
        try:
            return [_json(line) for line in lines]
        except ValueError:
            raise Broken(f"it is no whole JSON ({whole})") from whole


def _json(text: bytes) -> Any:
    """Parse; what orjson is too strict for (lone surrogates in a user agent, NaN) goes by the library's own parser."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        try:
            value = json.loads(text.decode())
            return orjson.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise ValueError(str(error)) from error
