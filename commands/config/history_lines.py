"""A revision as lines: when, what changed, how dangerous that is, who did it; and a gap as a gap."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.core.configuration import kinds
from bot.core.configuration.change import Change
from bot.core.configuration.revision import Actor, Gap, Revision
from bot.core.configuration.words import lines
from bot.core.text import Line, Small, Strong, When
from commands.config.actors import by_line

LINES = 5
"""So many lines of a revision are shown; the file has all."""
_INDENT = "    "
_AT_ONCE = timedelta(minutes=30)
"""What is recorded so soon after it was made was made then; what is older was only found then."""


def revision_lines(state: Revision, actor: Actor, changes: Sequence[Change]) -> Iterator[Line]:
    """The first line begins with the moment; at most LINES changes, the rest counted."""
    told = [*_event(state), *lines(changes, state.item.resource.type)]
    first, *rest = told[:LINES] or [("nothing that means anything changed",)]
    yield (When(state.item.captured_at), "  ", *first)
    yield from ((_INDENT, *one) for one in rest)
    if (more := len(told) - LINES) > 0:
        yield (_INDENT, Small(f"… and {more:,} more in the file"))
    for flag in state.flags:
        yield (_INDENT, Strong(f"← {flag.words}"))
    if actor.principal or not is_first(state):
        yield (_INDENT, *by_line(actor))


def is_first(state: Revision) -> bool:
    """Whether it is the first state there is: found then, rather than changed."""
    return state.before is None and not state.before_unread and not state.item.is_deleted


def _event(state: Revision) -> Iterator[Line]:
    """What is no change of a part: made, found, no longer recorded; a deletion is a change by itself."""
    item, what = state.item, kinds.words(state.item.resource.type)
    if item.is_deleted:
        if not state.changes:
            still = state.before and state.before.is_deleted
            yield ("still gone; Config records it no longer",) if still else (Strong("deleted"),)
    elif item.is_unrecorded:
        yield (Strong("no longer recorded"), ": what came after is not known")
    elif state.before is None and state.before_unread:
        yield ("what this changed is not known: the state before was not read back so far",)
    elif state.before is None:
        made = item.created_at
        if made and item.captured_at - made > _AT_ONCE:
            yield ("first recorded; made ", When(made))
        elif made:
            yield (Strong(f"{what} made"),)
        else:
            yield ("first recorded: it may be older than Config",)


def gap_line(gap: Gap) -> Line:
    """`┄ nothing was recorded from … to …: why ┄`."""
    until: Line = (" to ", When(gap.until)) if gap.until else (", up to now",)
    since: Line = ("from ", When(gap.since)) if gap.until else ("since ", When(gap.since))
    return (Strong("┄ nothing was recorded "), *since, *until, f": {gap.why} ┄")
