"""`noroshi trail compact`: brings the compact copy up to date by hand, and says what each day took."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import click

from bot.core.sections import Column, Section, Table
from bot.core.span import moment
from bot.core.text import Line, Small, Strong
from bot.core.view import Receipt, View
from bot.edges.terminal import answering, format_option
from bot.trail.compaction import Compacted, Compactor, DayCopied

COLUMNS = ("day", "files", "bytes_read", "bytes_written", "cost_usd", "state", "why")
_SHOWN = 100
_MEGABYTE = 10**6


def compact_command(make: Callable[[], Compactor]) -> click.Command:
    """The command; `make` gives the compactor of the settings."""

    @click.command("compact", short_help="Bring the compact copy up to date")
    @click.option("--since", metavar="DAY", help="Look at every day from here on (2026-09-08, or 30d).")
    @format_option
    def compact(since: str | None, form: str | None) -> None:
        """Copy the trail's days that are over into sorted Parquet, for questions that cost little.

        Days without a copy are made, and of the last three those that files came late for; --since looks at all
        from there. Safe to break off, and to run twice. Exit code 4 when a day could not be copied.
        """

        def ask() -> View:
            day = moment(since, now=datetime.now(UTC)).date() if since else None
            return show(make().compact(_progress, day), day)

        view = answering(form, ask)
        failed = view is not None and any(row["state"] == "failed" for row in view.rows)
        sys.exit(4 if failed else 0)

    return compact


def show(done: Compacted, since: date | None) -> View:
    """One row a day, newest first."""
    read, cost = (
        sum(day.bytes_read for day in done.days),
        sum(day.cost_usd for day in done.days),
    )
    return View(
        title=_title(done.days),
        sections=_sections(done.days),
        command="trail compact",
        request={"since": f"{since}" if since else None},
        rows=tuple(map(_row, done.days)),
        columns=COLUMNS,
        caveats=done.caveats,
        receipt=Receipt(done.engine, done.seconds, read, round(cost, 6)),
    )


def _title(days: Sequence[DayCopied]) -> str:
    made, failed = ([day for day in days if day.state == state] for state in ("made", "failed"))
    if failed:
        return f"{_count(len(failed))} could not be copied, {len(made):,} copied"
    return f"{_count(len(made))} copied" if made else "The compact copy is up to date"


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _sections(days: Sequence[DayCopied]) -> tuple[Section, ...]:
    if not days:
        return ()
    columns = (
        Column("day"),
        Column("files", "right"),
        Column("MB read", "right"),
        Column("MB written", "right"),
        Column("USD", "right"),
        Column("came of it"),
    )
    lines = tuple(map(_line, days[:_SHOWN]))
    return (Table(columns, lines, more=len(days) - len(lines)),)


def _line(day: DayCopied) -> tuple[Line, ...]:
    state: Line = (
        (Strong("FAILED"), f" {day.why}") if day.state == "failed" else (day.state.replace("-", " "),)
    )
    numbers = (f"{day.bytes_read / _MEGABYTE:,.1f}", f"{day.bytes_written / _MEGABYTE:,.1f}")
    return (
        (f"{day.day}",),
        (f"{day.files:,}",),
        *((number,) for number in numbers),
        (Small(f"{day.cost_usd:,.4f}"),),
        state,
    )


def _row(day: DayCopied) -> dict[str, Any]:
    return {
        "day": f"{day.day}",
        "files": day.files,
        "bytes_read": day.bytes_read,
        "bytes_written": day.bytes_written,
        "cost_usd": round(day.cost_usd, 6),
        "state": day.state,
        "why": day.why or None,
    }


def _progress(words: str) -> None:
    click.echo(words, err=True)
