"""The two forms that one question reads: copied days from the compact folder, all else from the log files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.adapters.duckdb.compacting import listing, mark
from bot.adapters.duckdb.day_copy import DayCopy
from bot.adapters.duckdb.lake import LakeAnswer
from bot.adapters.duckdb.store import LogObject
from bot.ports import TrailQuery
from bot.trail.sources import Part, Sources


@dataclass(frozen=True, slots=True)
class Forms:
    """Log files to be read, and copies by day; each file's day is in one of them."""

    files: Iterable[LogObject]
    copies: Mapping[date, DayCopy] = field(default_factory=dict)

    def sources(self, query: TrailQuery, table: str, compact: str, standing: str = "") -> Sources:
        """The same to a statement; `standing` is the copies' table of what stands, where that has its own.

        Raw records are bounded by every day: a file outside CloudTrail's layout may hold a copied day's.
        """
        days = query.span.publish_days()
        if not self.copies:
            return Sources(Part(table, days))
        copied = Part(compact, tuple(sorted(self.copies)))
        return Sources(Part(table, days if self.files else ()), compact=copied, standing=standing)

    def words(self) -> str:
        """What will be read."""
        files = list(self.files)
        words = f"{len(files):,} log files, {sum(file.size for file in files) / 1e6:,.1f} MB"
        if not self.copies:
            return f"Reading {words}…"
        copied = f"the compact copy of {len(self.copies):,} days"
        return f"Reading {copied} and {words}…" if files else f"Reading {copied}…"

    def with_copies(self, answer: LakeAnswer) -> LakeAnswer:
        """The answer, with what its copies were made of among what it is made of."""
        copies = self.copies.values()
        return replace(
            answer,
            files=answer.files + sum(copy.files for copy in copies),
            logs=answer.logs + sum(copy.logs for copy in copies),
            bytes_scanned=answer.bytes_scanned + answer.bytes_parquet,
            skipped=answer.skipped + tuple(one for copy in copies for one in copy.skipped),
            undated=answer.undated + sum(copy.undated for copy in copies),
        )


def forms(files: Iterable[LogObject], copies: Mapping[date, DayCopy], root: str) -> Forms:
    """Which of these files are copied as they are now: only such a copy stands for a day."""
    found = listing(files)
    there = [(day, copies[day]) for day in found.days if day in copies]
    good = {day: copy for day, copy in there if mark(found.days[day], root) == copy.mark}
    raw = [file for day, some in found.days.items() if day not in good for file in some]
    return Forms([*found.others, *raw], good)
