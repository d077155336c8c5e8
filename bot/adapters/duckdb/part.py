"""One log file into rows: unpacked, sifted, shaped; and the count of many."""

from dataclasses import dataclass

import orjson

from bot.adapters.duckdb.layout import partition_of
from bot.adapters.duckdb.records import GZIP, Broken, plain
from bot.adapters.duckdb.shapes import Lines
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.uncut import uncut


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: which needles matter, and whether every record kept is parsed (see `part_of`)."""

    needles: tuple[str, ...]
    parsed: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read as a whole, and so was not used at all."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one file gave: its rows as lines of JSON.

    `any_events` is False for a file that holds something else than events.
    """

    size: int
    lines: tuple[bytes, ...] = ()
    skipped: Skipped | None = None
    any_events: bool = False


@dataclass(slots=True)
class Tally:
    """What was read: files, those that held events, bytes as stored, files left out.

    `longest` is the length of the longest row.
    """

    files: int = 0
    logs: int = 0
    bytes: int = 0
    longest: int = 0
    skipped: tuple[Skipped, ...] = ()

    def count(self, part: Part) -> None:
        """Add one file."""
        self.files += 1
        self.logs += part.any_events
        self.bytes += part.size
        self.longest = max(self.longest, max(map(len, part.lines), default=0))
        if part.skipped:
            self.skipped += (part.skipped,)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.files + other.files,
            self.logs + other.logs,
            self.bytes + other.bytes,
            max(self.longest, other.longest),
            self.skipped + other.skipped,
        )


def tally_from(told: bytes) -> Tally:
    """The tally that a worker told."""
    tally = Tally(**orjson.loads(told))
    tally.skipped = tuple(Skipped(**one) for one in orjson.loads(told)["skipped"])
    return tally


def part_of(file: LogObject, sieve: Sieve, *, parsed: bool) -> Part:
    """The file's part; a file that can't be read gives none, and why. Raises AccessDenied, Upstream.

    Without `parsed`, lines may hold what is no event, or no JSON at all: DuckDB tells when it loads them.
    """
    partition = partition_of(file.key)
    try:
        stored = file.read()
        text = plain(stored)
        if not parsed and sieve.keeps_all and (lines := uncut(text.strip(), partition)) is not None:
            return Part(file.size, lines, any_events=True)
        gzipped = stored if stored.startswith(GZIP) else None
        sifted = sieve.sift(text, stored=gzipped, parsed=parsed or partition is None)
    except OSError as error:
        return Part(file.size, skipped=Skipped(file.key, (error.strerror or str(error)).lower()))
    except Broken as error:
        return Part(file.size, skipped=Skipped(file.key, str(error)))
    shape = Lines(partition)
    lines = tuple(shape.line(record, written) for record, written in sifted.records)
    return Part(file.size, lines, any_events=sifted.any_events)
