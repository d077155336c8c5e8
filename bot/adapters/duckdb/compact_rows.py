"""A day's log files as the lines that DuckDB reads, all their records, most of them never parsed here."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson

from bot.adapters.duckdb.layout import Partition, partition_of
from bot.adapters.duckdb.part import Part, Skipped, Tally
from bot.adapters.duckdb.records import Broken, parse, plain
from bot.adapters.duckdb.shapes import Lines
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.structure import MARK, TAIL, looks_like_a_log, marks_are_records

_HEAD = b'{"Records":['
_BETWEEN = b"}," + MARK


def write_rows(files: Sequence[LogObject], rows: Path, *, parsed: bool, readers: int) -> Tally:
    """Write every record of the files into `rows`; broken files are told in the tally and give none.

    Without `parsed`, lines may hold what is no event, or no JSON at all. Raises OSError for a file that can't
    be had now, AccessDenied, Upstream.
    """
    tally = Tally()
    with rows.open("wb", buffering=2**20) as out:
        for part in _parts(files, parsed=parsed, readers=readers):
            out.writelines(part.lines)
            tally.count(part)
    return tally


def _parts(files: Sequence[LogObject], *, parsed: bool, readers: int) -> Iterator[Part]:
    if readers == 1:
        yield from (_part(file, parsed=parsed) for file in files)
        return
    with ThreadPoolExecutor(readers, thread_name_prefix="logs") as pool:
        ahead = 4 * readers  # what is read ahead stays in memory
        for start in range(0, len(files), ahead):
            yield from pool.map(lambda file: _part(file, parsed=parsed), files[start : start + ahead])


def _part(file: LogObject, *, parsed: bool) -> Part:
    partition = partition_of(file.key)
    stored = file.read()
    try:
        text = plain(stored).strip()
        whole = None if parsed else _uncut(text, partition)
        if whole is not None:
            return Part(file.size, whole, any_events=True)
        records = parse(text)
    except Broken as error:
        return Part(file.size, skipped=Skipped(file.key, str(error)))
    shape = Lines(partition)
    lines = tuple(shape.line(record, orjson.dumps(record)) for record in records)
    return Part(file.size, lines, any_events=bool(records))


def _uncut(text: bytes, partition: Partition | None) -> tuple[bytes, ...] | None:
    """The lines of a file as CloudTrail writes it; None for any other."""
    if partition is None or not looks_like_a_log(text):
        return None
    # A single byte is found ten times as fast as several, and few files have any.
    if (b"\\" in text and rb"\u00" in text) or _has_arn_in_lower_case(text):
        return None
    records = text[len(_HEAD) + len(MARK) : 1 - len(TAIL)].replace(b"\n", b" ").split(_BETWEEN)
    # A record ends where the next one's mark stands, unless something else than a comma is between.
    if len(records) != text.count(MARK) or not marks_are_records(text):
        return None
    records[-1] = records[-1].removesuffix(b"}")
    begin = Lines(partition).line(None, MARK).removesuffix(b"\n")
    return tuple(begin + record + b"}\n" for record in records)


def _has_arn_in_lower_case(text: bytes) -> bool:
    """Whether some record's resources, or what follows them, have a key that DuckDB would not find."""
    place = text.find(b'"resources"')
    while place >= 0:
        end = text.find(MARK, place)
        if text.find(b'"arn"', place, end if end >= 0 else len(text)) >= 0:
            return True
        place = text.find(b'"resources"', end) if end >= 0 else -1
    return False
