"""A day's log files as the lines that DuckDB reads, all their records, most of them never parsed here."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson

from bot.adapters.duckdb.layout import partition_of
from bot.adapters.duckdb.part import Part, Skipped, Tally
from bot.adapters.duckdb.records import Broken, parse, plain
from bot.adapters.duckdb.shapes import Lines
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.uncut import uncut


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
        whole = None if parsed else uncut(text, partition)
        if whole is not None:
            return Part(file.size, whole, any_events=True)
        records = parse(text)
    except Broken as error:
        return Part(file.size, skipped=Skipped(file.key, str(error)))
    shape = Lines(partition)
    lines = tuple(shape.line(record, orjson.dumps(record)) for record in records)
    return Part(file.size, lines, any_events=bool(records))
