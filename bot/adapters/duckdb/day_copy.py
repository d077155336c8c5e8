"""One publish day's copy: Parquet files that follow one another, each with the buckets that its rows are on.

Most questions about a bucket need few files of each day. To look at a row group's statistics, and find that it is
not wanted, takes DuckDB some 30 µs, so whole files are left out before it is asked.

To tell which records are of one call takes a third of a question's time. Of a bucket with many calls it is told when
the day is made: a record stands in a file of those that stand, and other accounts' copies of it in one of their own,
which a question about the bucket alone leaves out. What may have a copy in another day is in neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from bot.adapters.duckdb.part import Skipped

Holds = Literal["any", "standing", "copies"]


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the day's rows as a file of `size` bytes.

    `buckets` are all that its rows have as `from_bucket`; `others` what they are on besides (see
    `bot.trail.on_bucket`). Of each call with that `from_bucket`, `holds` says, the slice has the one record that
    stands, or only others; "any" where that is to be told yet. `astray` rows are of so long before the day, or so
    long after it, that another day's standing ones may be of the same calls.
    """

    parquet: Path
    size: int
    buckets: tuple[str, ...]
    others: tuple[str, ...] = ()
    holds: Holds = "any"
    astray: bool = False


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


def standing_first(slices: Sequence[Slice]) -> tuple[Sequence[Slice], Sequence[Slice]]:
    """The slices whose every row stands for its call, and the others that a question about one bucket alone needs.

    All of them have it as `from_bucket`. None are known to stand where what strayed may be of the same calls, nor in
    a slice that is there for its columns alone.
    """
    standing, others = ([one for one in slices if one.holds == holds] for holds in ("standing", "any"))
    if not others or any(one.astray for one in slices):
        return (), slices
    return standing, others


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
            **one
            | {"parquet": folder / Path(one["parquet"]).name}
            | {names: tuple(one[names]) for names in ("buckets", "others")}
        )
        for one in told["slices"]
    )
    if not slices:
        raise ValueError("a copy without files")
    return DayCopy(**told | {"slices": slices, "skipped": tuple(Skipped(**one) for one in told["skipped"])})
