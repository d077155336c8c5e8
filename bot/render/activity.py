"""When it happened, in characters: bars for each step of time, the peak in words, and between which times.

In characters, for a private answer can carry no picture that nobody else sees; and they are there at once.
"""

from collections.abc import Iterable

from bot.core.sections import Activity
from bot.core.text import Code, Line, When
from bot.render.bars import bars, each_bar, starts, sums


def activity_lines(activity: Activity) -> tuple[Line, ...]:
    """The bars and their peak, the same for those marked (on the same scale), and the times between which they lie.

    The bars begin their lines: so the marked ones stand below theirs, and none is broken on a phone.
    """
    if not activity.counts:
        return ()
    steps = len(activity.counts)
    begins = starts(steps)
    shown, marked = (sums(_counts(each), begins, 0) for each in (activity.counts, activity.marked[:steps]))
    highest = max(*shown, *marked)
    lines = [_line(activity, shown, begins, activity.counted, highest)]
    if any(marked):
        lines.append(_line(activity, marked, begins, activity.marked_as, highest))
    end = activity.since + steps * activity.step
    return (*lines, (When(activity.since), " – ", When(end), f" · {each_bar(steps, activity.unit)}"))


def _counts(counts: Iterable[int]) -> list[int]:
    return [max(0, count) for count in counts]


def _line(activity: Activity, shown: list[int], begins: list[int], counted: str, highest: int) -> Line:
    row, peak = Code(bars(shown, highest)), max(shown)
    if not peak:
        return (row, f" no {counted}")
    at = When(activity.since + begins[shown.index(peak)] * activity.step)
    return (row, f" {sum(shown):,} {counted}, peak {peak:,} from ", at)
