"""When it happened, in characters: bars for each step of time, the peak in words, and between which times.

In characters, for a private answer can carry no picture that nobody else sees; and they are there at once.
"""

from bot.core.text import Code, Line, When
from bot.core.view import Activity

MOST = 31
"""Bars that a phone shows on one line: a month of days stands as it is, more are added up."""

_NONE = "·"
_BARS = "▁▂▃▄▅▆▇█"


def activity_lines(activity: Activity) -> tuple[Line, ...]:
    """The bars and their peak, the same for those marked (on the same scale), and the times between which they lie.

    The bars begin their lines: so the marked ones stand below theirs, and none is broken on a phone.
    """
    if not activity.counts:
        return ()
    steps = len(activity.counts)
    size = -(-steps // MOST)
    starts = _starts(steps, size)
    shown, marked = _sums(activity.counts, starts), _sums(activity.marked[:steps], starts)
    highest = max(*shown, *marked)
    lines = [_line(activity, shown, starts, activity.counted, highest)]
    if any(marked):
        lines.append(_line(activity, marked, starts, activity.marked_as, highest))
    end = activity.since + steps * activity.step
    each = f" · each bar {size} {activity.unit}{'s' if size > 1 else ''}"
    return (*lines, (When(activity.since), " – ", When(end), each))


def _starts(steps: int, size: int) -> list[int]:
    """Where the bars begin. What does not come out even is the oldest: the newest bar would seem to fall."""
    first = steps % size
    return [*([0] if first else []), *range(first, steps, size)]


def _sums(counts: tuple[int, ...], starts: list[int]) -> list[int]:
    ends = [*starts[1:], None]
    return [sum(max(0, one) for one in counts[start:end]) for start, end in zip(starts, ends, strict=True)]


def _line(activity: Activity, shown: list[int], starts: list[int], counted: str, highest: int) -> Line:
    bars, peak = Code("".join(_bar(count, highest) for count in shown)), max(shown)
    if not peak:
        return (bars, f" no {counted}")
    at = When(activity.since + starts[shown.index(peak)] * activity.step)
    return (bars, f" {sum(shown):,} {counted}, peak {peak:,} from ", at)


def _bar(count: int, highest: int) -> str:
    """Its height in eighths, rounded up: little is never nothing."""
    return _BARS[min(8, -(-count * 8 // highest)) - 1] if count else _NONE
