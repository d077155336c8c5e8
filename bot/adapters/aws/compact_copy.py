"""Keeps Athena's compact copy: each publish day unloaded as sorted Parquet, then registered in one call of Glue's.

A run may be killed anywhere: what is not registered is never read, and the next run makes the day again. Two
replicas that make the same day both succeed, and the second one's copy is dropped.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from bot.adapters.athena import cost_usd
from bot.adapters.aws.compact_leftovers import Copies, copies_of, swept
from bot.adapters.aws.compact_partitions import CompactTable, Copy
from bot.adapters.aws.compact_unload import Unloading
from bot.adapters.aws.glue import Reach, check_table
from bot.adapters.aws.raw_files import Placed, RawFiles, listed
from bot.errors import Costly, NoroshiError, NotConfigured
from bot.ports import Progress, Relation
from bot.trail.compact_copy import copying
from bot.trail.compact_table import compact_location
from bot.trail.compaction import Compacted, DayCopied, State, due, made_of, too_early
from bot.trail.shares import MOST_BYTES, Share, shares
from bot.trail.sources import Part
from bot.trail.statement import Statement

_IN_A_ROW = 3
"""So many failures one after the other are no day's own: the rest is left to the next run."""


@dataclass(frozen=True, slots=True)
class CompactSettings:
    """The names of `bot.settings.Trail`; `most_bytes` of log files are copied by one statement."""

    database: str
    table: str
    workgroup: str = "primary"
    output_location: str | None = None
    compact_location: str | None = None
    usd_per_tb: float = 5.0
    refuse_above_usd: float | None = None
    poll_seconds: float = 1.0
    most_bytes: int = MOST_BYTES


class AthenaCompactor:
    """Satisfies `bot.trail.compaction.Compactor`; `client` makes AWS's clients by service, `now` is aware.

    Needs what questions need, and s3:ListBucket on the logs, s3:PutObject and s3:ListBucket on the copy's place,
    glue:CreatePartition, glue:UpdatePartition; s3:DeleteObject where old copies are to go.
    """

    def __init__(
        self,
        settings: CompactSettings,
        client: Callable[[str], Any],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings, self._client, self._now = settings, client, now

    def compact(self, progress: Progress, since: date | None) -> Compacted:
        """Make every day that is due, newest first (see `bot.trail.compaction.Compactor`)."""
        started = time.monotonic()
        run = self._run(progress)
        now = self._now()
        days = [DayCopied(day, "too-early") for day in too_early(now, since)]
        days += run.days(now, since)
        caveats = swept(run.s3, run.places, {copy.location for copy in run.table.copies().values()}, now)
        return Compacted("athena", round(time.monotonic() - started, 3), tuple(days), caveats)

    def _run(self, progress: Progress) -> "_Run":
        settings = self._settings
        if not settings.compact_location:
            raise NotConfigured(
                "There is no place for the compact copy.",
                "Set NOROSHI_TRAIL__COMPACT_LOCATION=s3://bucket/prefix/, then run noroshi setup trail.",
            )
        location = compact_location(settings.compact_location)
        glue = self._client("glue")
        reach = check_table(glue, settings.database, settings.table)
        table = CompactTable(glue, settings.database, settings.table)
        seen = table.look()
        if seen is None:
            raise NotConfigured(
                f"There is no table {table.name} in Glue.", "Make it with noroshi setup trail."
            )
        if seen.lacks:
            raise NotConfigured(
                f"The table {table.name} is an older one, without {', '.join(seen.lacks)}.",
                "Drop it (no file is deleted), run noroshi setup trail, then this again.",
            )
        unloading = Unloading(
            self._client("athena"),
            settings.database,
            settings.workgroup or "primary",
            settings.output_location,
            settings.poll_seconds,
        )
        return _Run(
            settings,
            self._client("s3"),
            reach,
            table,
            copies_of(location, seen.identity),
            unloading,
            progress,
        )


@dataclass(slots=True)
class _Run:
    settings: CompactSettings
    s3: Any
    reach: Reach
    table: CompactTable
    places: Copies
    unloading: Unloading
    progress: Progress
    copies: dict[date, Copy] = field(default_factory=dict)

    def days(self, now: datetime, since: date | None) -> Iterator[DayCopied]:
        """What comes of each day that holds files; the rest is left when it is no day's own trouble."""
        self.progress("Looking which days are copied…")
        self.copies = self.table.copies()
        marks = {day: copy.mark for day, copy in self.copies.items() if copy.covers(self.reach)}
        failures = 0
        wanted = due(marks, now, first=self.reach.first_day, since=since)
        for number, day in enumerate(wanted, 1):
            self.progress(f"{day}, {number:,} of {len(wanted):,} days to look at…")
            done = self._day(day)
            if done is None:
                continue
            yield done
            failures = failures + 1 if done.state == "failed" else 0
            # What was paid for and could not be registered would be paid for again with each day.
            if failures >= _IN_A_ROW or (failures and done.cost_usd):
                return

    def _day(self, day: date) -> DayCopied | None:
        """None for a day without files: it is registered too, so that nobody lists it again each hour."""
        tally = _Tally(day)
        try:
            state = self._settled(tally)
        except NoroshiError as error:
            return tally.done("failed", f"{error.message} {error.hint}".strip())
        return tally.done(state) if tally.files else None

    def _settled(self, tally: "_Tally") -> State:
        found = RawFiles(self.s3, self.reach).of(tally.day)
        files = [file for placed in found for file in placed.files]
        tally.files = len(files)
        place = self.places.fresh(tally.day)
        copy = Copy(tally.day, place, made_of(files), len(files), 0, self.reach.accounts, self.reach.regions)
        known = self.copies.get(tally.day)
        if known and known.mark == copy.mark:
            if not known.covers(self.reach):  # a new account, without a file that day
                self.table.register(replace(copy, location=known.location, size=known.size), known)
            return "kept"
        if files:
            self._unload(copy, found, tally)
        return "made" if self.table.register(replace(copy, size=tally.written), known) else "kept"

    def _unload(self, copy: Copy, found: Sequence[Placed], tally: "_Tally") -> None:
        sizes: dict[tuple[str, str], int] = {}
        for placed in found:
            key = placed.place.account, placed.place.region
            sizes[key] = sizes.get(key, 0) + placed.size
        self._allow(sum(sizes.values()))
        parts = shares(sizes, self.settings.most_bytes)
        for number, share in enumerate(parts):
            # UNLOAD wants an empty place for each; Athena reads whatever lies below a partition's.
            place = copy.location if len(parts) == 1 else f"{copy.location}{number}/"
            read = self.unloading.run(self._select(tally.day, share), place, self.progress)
            tally.read += read
            tally.cost += cost_usd(read, self.settings.usd_per_tb)
        tally.written = sum(file.size for file in listed(self.s3, copy.location))

    def _select(self, day: date, share: Share) -> Statement:
        raw = Part(f"{self.settings.database}.{self.settings.table}", (day,))
        return copying(raw, self.reach.layout, Relation(accounts=share.accounts, regions=share.regions))

    def _allow(self, size: int) -> None:
        """Gzipped JSON is billed as it lies there, so the price of a day is known before."""
        usd, most = cost_usd(size, self.settings.usd_per_tb), self.settings.refuse_above_usd
        if most is not None and usd > most:
            raise Costly(
                f"Copying it would cost about ${usd:,.2f}, more than ${most:,.2f}.",
                "Raise NOROSHI_TRAIL__REFUSE_ABOVE_USD for it.",
                usd=usd,
                bytes=size,
            )


@dataclass(slots=True)
class _Tally:
    day: date
    files: int = 0
    read: int = 0
    written: int = 0
    cost: float = 0.0

    def done(self, state: State, why: str = "") -> DayCopied:
        return DayCopied(self.day, state, self.files, self.read, self.written, self.cost, why)
