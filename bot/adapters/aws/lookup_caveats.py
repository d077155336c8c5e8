"""What CloudTrail's event history could not show, told with every answer that came from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.adapters.aws.lookup_history import History
from bot.core.amounts import counted
from bot.core.coverage.history import EVENT_HISTORY
from bot.core.span import Span
from bot.core.view import Caveat
from bot.errors import AccessDenied, NoroshiError
from bot.ports import Relation


@dataclass(frozen=True, slots=True)
class Instead:
    """What the history stands in for: what is missing, and how to have it; and whose history it is."""

    missing: str = "no table"
    way: str = "make a table: noroshi setup trail"
    whose: str = "the bot’s own account"


@dataclass(frozen=True, slots=True)
class Looked:
    """How the history was searched. `oldest` is when it begins; `refused` are the regions that said no."""

    span: Span
    oldest: datetime
    relation: Relation | None
    histories: Sequence[History]
    refused: Sequence[tuple[str, NoroshiError]] = ()


def told(looked: Looked, instead: Instead, *, found: bool) -> tuple[Caveat, ...]:
    """All of them. With nothing found each may be why: whoever looks here has not seen everything."""
    weight: Literal["note", "blind"] = "note" if found else "blind"
    return tuple(Caveat(code, words, weight) for code, words in _each(looked, instead))


def _each(looked: Looked, instead: Instead) -> Iterator[tuple[str, str]]:
    places = ", ".join(history.region for history in looked.histories)
    searched = f"CloudTrail’s event history was searched: management calls of 90 days, in {places}"
    never = "calls on objects are never in it"
    yield (
        EVENT_HISTORY,
        f"{instead.missing}: {searched} of {instead.whose}; {never} ({instead.way})",
    )
    if looked.span.since < looked.oldest:
        yield (
            "before-the-history",
            f"calls before {looked.oldest:%Y-%m-%d %H:%M} UTC: the event history holds 90 days",
        )
    if looked.relation and looked.relation.accounts:
        accounts = ", ".join(looked.relation.accounts)
        yield "outside-the-history", f"calls of {accounts}, unless it is {instead.whose}"
    yield from _unread(looked, instead)


def _unread(looked: Looked, instead: Instead) -> Iterator[tuple[str, str]]:
    for history in looked.histories:
        if history.read_back_to:
            yield (
                "history-cut",
                f"read back to {history.read_back_to:%Y-%m-%d %H:%M} in {history.region}: ask for less, or {instead.way}",
            )
    for region, error in looked.refused:
        action = f" ({error.action} is missing)" if isinstance(error, AccessDenied) else ""
        yield "history-refused", f"calls in {region}{action}: {error.message}"
    if broken := sum(history.unreadable for history in looked.histories):
        were = "was" if broken == 1 else "were"
        yield (
            "records-unreadable",
            f"{counted(broken, 'event')} of the history can’t be read and {were} left out",
        )
