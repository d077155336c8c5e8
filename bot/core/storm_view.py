"""A storm's digest as people see it, and its rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.core.buttons import Act
from bot.core.problem import Problem
from bot.core.sections import Column, Paragraph, Table
from bot.core.severity import Severity
from bot.core.span import iso
from bot.core.storm import Counts, Storm, worst
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View
from bot.core.words import without_types

_KINDS, _OTHERS = 10, 5
COLUMNS = (
    *("severity", "title", "kind", "account_id", "region", "resource"),
    *("tellings", "first_seen", "last_seen", "over", "acknowledged_by", "key"),
)
"""The columns of a digest's CSV."""


def view(storm: Storm) -> View:
    """How many, of what, where; nothing is dropped, and where all of it is."""
    lines: tuple[Line, ...] = (
        *_top("accounts", storm.accounts),
        *_top("resources", storm.resources),
        _severities(storm.severities),
    )
    moved: tuple[Line, ...] = ((Strong("Posted here"), f" because {storm.moved}"),) if storm.moved else ()
    return View(
        title=_title(storm),
        sections=(_kinds(storm), Paragraph(lines), Paragraph((*moved, _footer(storm)))),
        severity=worst(storm),
        over=storm.over is not None,
        buttons=(
            Act("All as CSV", "all-rows", storm.id),
            *((Act("Mute a kind…", "mute-storm", storm.id),) if storm.over is None else ()),
        ),
    )


def rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """One row a problem, by `COLUMNS`."""
    return [_row(problem) for problem in problems]


def _row(problem: Problem) -> dict[str, Any]:
    alert = problem.alert
    return {
        "key": problem.key,
        "severity": alert.severity.value,
        "title": alert.title,
        "kind": alert.kind,
        "account_id": alert.account_id,
        "region": alert.region,
        "resource": alert.resource,
        "tellings": problem.tellings,
        "first_seen": _iso(alert.first_seen),
        "last_seen": _iso(alert.last_seen or problem.at),
        "over": _iso(problem.over.at if problem.over else None),
        "acknowledged_by": problem.acknowledged.name if problem.acknowledged else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _title(storm: Storm) -> str:
    kinds = len(storm.kinds)
    what = f"{kinds:,} kinds" if kinds > 1 else "all of one kind"
    end = storm.over or storm.last_joined
    minutes = max(1, round((end - storm.opened).total_seconds() / 60))
    state = "" if storm.over is None else "storm over, "
    return f"{state}{storm.problems:,} problems in {minutes} min, {what} — one digest, nothing dropped".capitalize()


def _kinds(storm: Storm) -> Table:
    """The worst kinds and the most frequent ones, half of the rows each; the worst first."""

    def badness(kind: str) -> tuple[int, int, str]:
        return -storm.worst_of.get(kind, Severity.INFO).rank, -storm.kinds[kind], kind

    often = sorted(storm.kinds, key=lambda kind: (-storm.kinds[kind], kind))
    ranked = dict.fromkeys((*often[: _KINDS // 2], *sorted(storm.kinds, key=badness)))
    words = without_types(storm.kinds)
    shown = tuple(
        (
            (f"{storm.kinds[kind]:,}",),
            (storm.worst_of.get(kind, Severity.INFO).value,),
            (words[kind] or "others",),
        )
        for kind in sorted([*ranked][:_KINDS], key=badness)
    )
    columns = (Column("problems", "right"), Column("severity"), Column("kind"))
    return Table(columns, shown, more=len(storm.kinds) - len(shown))


def _top(label: str, counts: Counts) -> list[Line]:
    named = sorted(((n, c) for n, c in counts.items() if n), key=lambda item: (-item[1], item[0]))
    if not named:
        return []
    shown = " · ".join(f"{count:,} × {name}" for name, count in named[:_OTHERS])
    rest = len(named) - _OTHERS
    more = f" · and {rest:,} more" if rest > 0 else ""
    return [(Strong(f"{len(named):,} {label if len(named) > 1 else label[:-1]}"), f": {shown}{more}")]


def _severities(counts: Counts) -> Line:
    order = ("critical", "high", "medium", "low", "info")
    return (", ".join(f"{counts[name]:,} {name}" for name in order if counts.get(name)),)


def _footer(storm: Storm) -> Line:
    said = f"told {storm.tellings:,} times in all · " if storm.tellings > storm.problems else ""
    own = "What is critical stands on its own · "
    return (Small(f"{own}{said}last one "), When(storm.last_joined), Small(" · all of them are in the CSV"))
