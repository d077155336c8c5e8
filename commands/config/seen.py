"""What the history of a resource could not see."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.core.configuration import kinds
from bot.core.configuration.item import Item, Resource
from bot.core.configuration.recorder import Recorder
from bot.core.configuration.revision import Revision
from bot.core.span import Span
from bot.core.view import Caveat
from commands.config.unknown import blind

LATE = timedelta(minutes=15)
"""Config captures a change minutes after it, now and then so long (reference: delivery is best effort)."""


def unseen(
    resource: Resource,
    recorder: Recorder,
    items: Sequence[Item],
    states: Sequence[Revision],
    span: Span,
    now: datetime,
) -> tuple[Caveat, ...]:
    """Everything of Config's own that may hide a change; with no change found, what stops recording is blinding."""
    return tuple(_unseen(resource, recorder, items, states, span, now))


def _unseen(
    resource: Resource,
    recorder: Recorder,
    items: Sequence[Item],
    states: Sequence[Revision],
    span: Span,
    now: datetime,
) -> Iterator[Caveat]:
    ended = bool(items) and items[0].is_deleted
    if not ended and (why := blind(recorder, resource.type)):
        yield Caveat(_code(recorder, resource), f"{why}: later changes are not in it", _weight(items))
    if recorder.daily_by_default or resource.type in recorder.daily or any(one.daily for one in items):
        what = kinds.words(resource.type)
        yield Caveat("recorded-daily", f"Config records this {what} once a day: changes between are lost")
    if span.until >= now - timedelta(minutes=1):
        yield Caveat("not-recorded-yet", "changes of the last minutes may not be recorded yet")
    if any(state.before_unread for state in states):
        yield Caveat("before-unread", "the state before the oldest change is older than I read back")
    if unread := [words for one in items for words in one.unread]:
        more = f" (and {len(unread) - 1:,} more)" if len(unread) > 1 else ""
        yield Caveat("unreadable", f"a part could not be read and stands as it came: {unread[0]}{more}")


def _weight(items: Sequence[Item]) -> Literal["blind", "note"]:
    return "note" if items else "blind"


def _code(recorder: Recorder, resource: Resource) -> str:
    if not recorder.there:
        return "config-off"
    if recorder.recording is None:
        return "recorder-unknown"
    return "type-not-recorded" if recorder.records(resource.type) == "no" else "recorder-stopped"
