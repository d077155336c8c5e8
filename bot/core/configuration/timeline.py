"""A history as revisions, newest first, and the stretches of it in which nothing was recorded."""

from collections.abc import Sequence

from bot.core.configuration.dangers import flags
from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item
from bot.core.configuration.recorder import Recorder
from bot.core.configuration.revision import Gap, Revision


def ordered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Newest first, by when they were captured and, within one moment, by Config's own number of the state."""
    return tuple(sorted(items, key=lambda one: (one.captured_at, one.state_id), reverse=True))


def revisions(items: Sequence[Item], older: Item | None, from_the_start: bool) -> tuple[Revision, ...]:
    """One for each item, newest first, in whatever order they come.

    `older` is the item before the first of them; without it, and unless they go back to the start, the first one's
    change is not known. An item of a time in which the resource was not recorded has no state, and one whose
    configuration is no JSON none that can be read: the next one is compared with the last state that is known.
    """
    found: list[Revision] = []
    known = older if older and _is_known(older) else None
    for item in reversed(ordered(items)):
        unread = known is None and not from_the_start
        difference = differ(known, item)
        dangers = () if unread and not item.is_deleted else flags(known, item, difference)
        found.append(Revision(item, known, difference, dangers, before_unread=unread))
        known = item if _is_known(item) and (known is None or _is_readable(item)) else known
    return tuple(reversed(found))


def gaps(items: Sequence[Item], recorder: Recorder | None) -> tuple[Gap, ...]:
    """The stretches in which the resource was not recorded, newest first; none within another.

    Known of are those that items tell of, the recorder's latest stop, and that it leaves the type out now.
    """
    line = ordered(items)
    newest = line[0] if line else None
    found = [*_unrecorded(line), *(_stopped(newest, recorder) if recorder else ())]
    return tuple(sorted(_outer(found), key=lambda gap: gap.since, reverse=True))


def _is_known(item: Item) -> bool:
    """Whether its state is: that it is gone is one too."""
    return item.is_deleted or not item.is_unrecorded


def _is_readable(item: Item) -> bool:
    return not isinstance(item.configuration, str)


def _unrecorded(line: Sequence[Item]) -> list[Gap]:
    """From each item that says so up to the next one that has a state."""
    found, until = [], None
    for item in line:
        if _is_known(item):
            until = item.captured_at
        else:
            found.append(Gap(item.captured_at, until, "the recorder left this type out"))
    return found


def _stopped(newest: Item | None, recorder: Recorder) -> list[Gap]:
    """What the recorder itself tells; what is gone is missing nothing by a type's being left out."""
    last = newest.captured_at if newest and not newest.is_deleted else None
    stopped, started = recorder.stopped_at, recorder.started_at
    if not recorder.there:
        return [Gap(last, None, "Config is switched off here")] if last else []
    if recorder.recording is False:
        since = stopped or last
        return [Gap(since, None, "the recorder is stopped")] if since else []
    found = []
    if recorder.recording and stopped and started and stopped < started:
        found.append(Gap(stopped, started, "the recorder was stopped"))
    if newest and last and recorder.records(newest.resource.type) == "no":
        found.append(Gap(last, None, "the recorder leaves this type out now"))
    return found


def _outer(found: Sequence[Gap]) -> list[Gap]:
    """Those that lie within no other; of equal ones the first."""
    kept: list[Gap] = []
    for gap in sorted(found, key=lambda one: (one.since, one.until is not None, _until(one))):
        if not any(one.until is None or (gap.until is not None and gap.until <= one.until) for one in kept):
            kept.append(gap)
    return kept


def _until(gap: Gap) -> float:
    """Later ends first."""
    return -gap.until.timestamp() if gap.until else 0.0
