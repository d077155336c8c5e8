"""The handover from one shift to the next: what is new, what is still open and whose it is, what is hidden, what ended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from bot.core.approval.request import FixRequest
from bot.core.buttons import Ask, Csv, Share
from bot.core.digest import State, listed, muting
from bot.core.hearing.words import long
from bot.core.problem import Problem
from bot.core.problem_views import since as shortly
from bot.core.sections import Paragraph, Section
from bot.core.text import Line, Small, Strong, When
from bot.core.view import Caveat, View

_SHOWN = 10
COLUMNS = (
    *("state", "severity", "title", "source", "account_id", "region", "resource"),
    *("opened", "acknowledged_by", "muted_until", "ended", "how", "key"),
)


@dataclass(frozen=True, slots=True)
class Shift:
    """What stands at the end of a shift that began then, and what ended in it, the newest first.

    `more`: whether more has ended than was looked at.
    """

    since: datetime
    state: State
    ended: Sequence[Problem]
    more: bool = False


def began(at: time, times: Sequence[time], day: date, zone: tzinfo) -> datetime:
    """When the shift began that ends at this time of that day: at the one of `times` before it, or the day before."""
    before = [each for each in times if each < at]
    start = max(before) if before else max([*times, at])
    return datetime.combine(day if before else day - timedelta(days=1), start, zone)


def show(shift: Shift, now: datetime, request: Mapping[str, Any] | None = None) -> View:
    """Counts first, then the new ones, the older ones, those that somebody has, what is hidden, what ended."""
    return View(
        title=f"Handover of {long(now - shift.since)}: {_title(shift)}",
        sections=tuple(_sections(shift, now)),
        command="guardduty handover",
        request=request or {},
        rows=tuple(_row(each, shift) for each in (*shift.state.problems, *shift.ended)),
        columns=COLUMNS,
        caveats=tuple(_caveats(shift)),
        buttons=(Ask("Open findings", ("guardduty", "list")), Csv(), Share()) if request else (),
    )


def _title(shift: Shift) -> str:
    new, older, seen, muted = _sorted(shift)
    open_now = len(new) + len(older)
    parts = [f"{open_now:,} open that nobody acknowledged" + (f" ({len(new):,} new)" if open_now else "")]
    parts += [f"{len(found):,} {what}" for found, what in ((seen, "acknowledged"), (muted, "muted")) if found]
    open_ = [f"{_least(shift.state.more)}{', '.join(parts)}"] if shift.state.problems else []
    parts = [*open_, *shift.state.in_storms] or ["nothing is open"]
    return ", ".join([*parts, f"{_least(shift.more)}{len(shift.ended):,} ended"])


def _least(more: bool) -> str:
    return "at least " if more else ""


def _sections(shift: Shift, now: datetime) -> Iterator[Section]:
    new, older, seen, muted = _sorted(shift)
    yield from listed("New, and nobody acknowledged", new, now)
    yield from listed("Older, and nobody acknowledged", older, now)
    yield from listed("Acknowledged, and still open", seen, now)
    yield from listed("Muted", muted, now)
    if shift.state.in_storm:
        yield Paragraph(((f"{shift.state.in_storm:,} more stand in the last storm's digest only",),))
    yield from muting(shift.state.mutes, now)
    if shift.state.waiting:
        yield Paragraph(tuple(_waiting(shift.state.waiting)))
    if shift.ended:
        yield Paragraph(tuple(_ended(shift, now)))


def _sorted(shift: Shift) -> tuple[list[Problem], ...]:
    """New ones, older ones, acknowledged ones, muted ones."""
    found: tuple[list[Problem], ...] = ([], [], [], [])
    for each in shift.state.problems:
        unseen = 0 if each.opened >= shift.since else 1
        found[3 if each.muted else 2 if each.acknowledged else unseen].append(each)
    return found


def _waiting(waiting: Sequence[FixRequest]) -> Iterator[Line]:
    yield (Strong("Waits for approval"),)
    for each in sorted(waiting, key=lambda one: one.expires)[:_SHOWN]:
        yield (f"{each.title}, asked by {each.by.name}, until ", When(each.expires))


def _ended(shift: Shift, now: datetime) -> Iterator[Line]:
    yield (Strong(f"Ended: {len(shift.ended):,}"),)
    for each in shift.ended[:_SHOWN]:
        how = f" · {each.over.how}" if each.over and each.over.how else ""
        ago = f" · {shortly(each.over.at, now)} ago" if each.over else ""
        yield (f"{each.alert.severity.value}: {each.alert.title}", Small(f"{how}{ago}"))
    if (left := len(shift.ended) - _SHOWN) > 0:
        yield (f"and {left:,} more",)


def _caveats(shift: Shift) -> Iterator[Caveat]:
    if shift.state.more:
        yield Caveat("more-open", "more is open than I looked at", "blind")
    if shift.more:
        yield Caveat("more-ended", "more has ended than I looked at")


def _row(problem: Problem, shift: Shift) -> Mapping[str, Any]:
    alert, over = problem.alert, problem.over
    new = "new" if problem.opened >= shift.since else "open"
    standing = "muted" if problem.muted else "acknowledged" if problem.acknowledged else new
    return {
        "state": "ended" if over else standing,
        "severity": alert.severity,
        "title": alert.title,
        "source": alert.source,
        "account_id": alert.account_id,
        "region": alert.region,
        "resource": alert.resource,
        "opened": problem.opened,
        "acknowledged_by": problem.acknowledged.name if problem.acknowledged else None,
        "muted_until": problem.muted.until if problem.muted else None,
        "ended": over.at if over else None,
        "how": (over.how or None) if over else None,
        "key": problem.key,
    }
