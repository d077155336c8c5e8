"""The daily digest: what is open, acknowledged, muted, and which mutes end soon."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.approval.request import FixRequest
from bot.core.mute import Mute
from bot.core.problem import Problem
from bot.core.problem_views import since
from bot.core.sections import Paragraph, Section
from bot.core.severity import Severity
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View

_SOON = timedelta(days=1)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a channel: open problems (muted ones among them), the mutes in force, and what waits for approval."""

    problems: Sequence[Problem]
    mutes: Sequence[Mute]
    waiting: Sequence[FixRequest] = ()
    in_storm: int = 0
    """How many open ones only the last storm's digest tells of."""
    more: bool = False
    """Whether there are more problems than were looked at."""

    @property
    def in_storms(self) -> tuple[str, ...]:
        """`40 in a storm's digest only`; nothing for none."""
        return (f"{self.in_storm:,} in a storm's digest only",) if self.in_storm else ()


def view(state: State, now: datetime) -> View:
    """Counts first, the worst open ones by name, then what is muted; "nothing open" is said too."""
    muted = [problem for problem in state.problems if problem.muted]
    seen = [problem for problem in state.problems if problem.acknowledged and not problem.muted]
    unseen = [problem for problem in state.problems if not problem.acknowledged and not problem.muted]
    at_least = "at least " if state.more else ""
    counts = (
        f"{len(unseen):,} open that nobody acknowledged, {len(seen):,} acknowledged, {len(muted):,} muted"
    )
    told = [f"{at_least}{counts}"] if state.problems else []
    title = ", ".join([*told, *state.in_storms]) or "nothing is open"
    storm: tuple[Section, ...] = (
        (Paragraph(((f"{state.in_storm:,} more stand in the last storm's digest only",),)),)
        if state.in_storm
        else ()
    )
    sections: tuple[Section, ...] = (
        *listed("Nobody acknowledged", unseen, now),
        *listed("Acknowledged, and still open", seen, now),
        *storm,
        *muting(state.mutes, now),
    )
    return View(f"Daily digest: {title}", sections)


def listed(label: str, problems: Sequence[Problem], now: datetime) -> list[Paragraph]:
    """How many, by severity, and the worst by name; nothing for none."""
    if not problems:
        return []
    worst = sorted(problems, key=lambda each: (-each.alert.severity.rank, each.opened))
    counts = Counter(problem.alert.severity for problem in problems)
    told = ", ".join(f"{counts[severity]:,} {severity.value}" for severity in Severity if counts[severity])
    lines: list[Line] = [(Strong(f"{label}: "), told)]
    lines += [_line(problem, now) for problem in worst[:_SHOWN]]
    left = len(problems) - _SHOWN
    return [Paragraph((*lines, *(((f"and {left:,} more",),) if left > 0 else ())))]


def _line(problem: Problem, now: datetime) -> Line:
    by = f" · {problem.acknowledged.name} has it" if problem.acknowledged else ""
    where = problem.alert.account_name or problem.alert.account_id or ""
    age = f" · {where} · {since(problem.opened, now)}{by}"
    return (f"{problem.alert.severity.value}: {problem.alert.title}", Small(age))


def muting(mutes: Sequence[Mute], now: datetime) -> list[Paragraph]:
    """The mutes in force, those that end first; nothing for none."""
    if not mutes:
        return []
    lines: list[Line] = [(Strong(f"{len(mutes):,} mute{'s' if len(mutes) > 1 else ''} in force"),)]
    for mute in sorted(mutes, key=lambda each: each.until)[:_SHOWN]:
        soon = " — ends within a day" if mute.until - now <= _SOON else ""
        lines.append(
            (f"{mute.scope.words}: {mute.reason} ({mute.by}) until ", When(mute.until), Strong(soon))
        )
    return [Paragraph(tuple(lines))]
