"""When the trails that record what is needed did not log at all, within the window."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.coverage.dark import Dark, all_dark, dark
from bot.core.coverage.kinds import Half
from bot.core.coverage.trails import Trail
from bot.core.coverage.words import names, utc
from bot.core.span import Span
from bot.core.view import Caveat


def unlogged(halves: Sequence[Half], span: Span, now: datetime) -> Iterator[Caveat]:
    """One for each dark time; one that is the same for all kinds of calls is told of all of them at once."""
    told: dict[tuple[str, Dark], list[Half]] = {}
    for half in halves:
        for each in _dark(half.trails, span, now):
            told.setdefault((names(half.trails), each), []).append(half)
    for (who, each), some in told.items():
        yield _told(each, who, "anything" if len(some) == len(halves) else _words(some), span)


def unsure(halves: Sequence[Half], span: Span, now: datetime) -> Iterator[Trail]:
    """The trails on which it depends whether calls were recorded, and of which AWS would not say enough."""
    for half in halves:
        certain = [dark(one.status, now) for one in half.trails if one.status and one.selectors is not None]
        if len(certain) < len(half.trails) and (not certain or all_dark(certain, span)):
            yield from (one for one in half.trails if one.status is None or one.selectors is None)


def steady(trails: tuple[Trail, ...], span: Span, now: datetime) -> tuple[Trail, ...]:
    """Those that logged throughout the window, as far as is known; all where none did."""
    return tuple(one for one in trails if not _dark((one,), span, now)) or trails


def _words(some: Sequence[Half]) -> str:
    by_kind: dict[str, list[Half]] = {}
    for half in some:
        by_kind.setdefault(half.kind.words, []).append(half)
    return " and ".join(
        words
        if len(halves) == halves[0].kind.reads + halves[0].kind.writes
        else f"{halves[0].word} among {words}"
        for words, halves in by_kind.items()
    )


def _dark(recorders: tuple[Trail, ...], span: Span, now: datetime) -> tuple[Dark, ...]:
    # A trail whose status is not known may have logged all along: nothing is certain then.
    return all_dark([dark(one.status, now) if one.status else () for one in recorders], span)


def _told(each: Dark, who: str, what: str, span: Span) -> Caveat:
    if each.covers(span):
        why = f"{who} was stopped {utc(each.since)}" if each.began else f"{who} was never started by then"
        if each.began and each.ended:
            why += f" and started again {utc(each.until)}"
        return Caveat("logging-stopped", f"{what} in this window: {why}", "blind")
    if not each.ended:
        return Caveat("logging-stopped", f"{what} since {utc(each.since)}: {who} was stopped then")
    if not each.began:
        return Caveat("logging-gap", f"{what} before {utc(each.until)}: {who} was started only then")
    said = f"{what} from {utc(each.since)} to {utc(each.until)}: {who} was stopped, and started again"
    return Caveat("logging-gap", f"{said} (of earlier stops CloudTrail tells nothing)")
