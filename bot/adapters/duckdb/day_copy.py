"""One publish day's copy: Parquet files that follow one another, each with the buckets that its rows are on.

Most questions about a bucket need one file of each day. To look at a row group's statistics, and find that it is
not wanted, takes DuckDB some 30 µs, so whole files are left out before it is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.adapters.duckdb.part import Skipped


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the day's rows as a file of `size` bytes.

    `buckets` are all that its rows have as `from_bucket`; `others` what they are on besides (see
    `bot.trail.on_bucket`).
    """

    parquet: Path
    size: int
    buckets: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCopy:
    """One day's copy, and the mark of what it was made of (see `bot.trail.compaction`), and what that was.

    There is one slice at least. `files` of logs were read, `logs` of them held events, `skipped` were broken (their
    keys as the log folder has them below it), `undated` records have no readable time.
    """

    mark: str
    slices: tuple[Slice, ...]
    files: int = 0
    logs: int = 0
    undated: int = 0
    bytes_read: int = 0
    skipped: tuple[Skipped, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(one.size for one in self.slices)


def slices_on(copies: Iterable[DayCopy], bucket: str | None) -> Sequence[Slice]:
    """Those of the copies' slices that may have rows on the bucket (None: any rows); one at least, for its columns."""
    every = [one for copy in copies for one in copy.slices]
    some = [one for one in every if bucket is None or bucket in one.buckets or bucket in one.others]
    return some or every[:1]


def are_from(copies: Iterable[DayCopy], bucket: str) -> bool:
    """Whether all rows of the copies that are on the bucket have it as `from_bucket`."""
    return not any(bucket in one.others for copy in copies for one in copy.slices)


def told(copy: DayCopy) -> dict[str, Any]:
    """The copy as JSON has it; of its files, the names."""
    slices = [asdict(one) | {"parquet": one.parquet.name} for one in copy.slices]
    return asdict(copy) | {"slices": slices}


def day_copy(told: dict[str, Any], folder: Path) -> DayCopy:
    """What was told of a copy whose files are in the folder; raises KeyError, TypeError, ValueError for anything else."""
    slices = tuple(
        Slice(
            folder / Path(one["parquet"]).name, int(one["size"]), tuple(one["buckets"]), tuple(one["others"])
        )
        for one in told["slices"]
    )
    if not slices:
        raise ValueError("a copy without files")
    return DayCopy(**told | {"slices": slices, "skipped": tuple(Skipped(**one) for one in told["skipped"])})
