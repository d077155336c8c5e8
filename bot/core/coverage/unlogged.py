"""When the trails that record what is needed did not log at all, within the window."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.coverage.dark import Dark, all_dark, dark
from bot.core.coverage.kinds import Kind
from bot.core.coverage.trails import Trail
from bot.core.coverage.words import names, utc
from bot.core.span import Span
from bot.core.view import Caveat


def unlogged(
    needed: tuple[Kind, ...], near: tuple[Trail, ...], span: Span, now: datetime
) -> Iterator[Caveat]:
    """One for each dark time; one that is the same for all kinds of calls is told of all of them at once."""
    told: dict[tuple[str, Dark], list[Kind]] = {}
    recorded = _recorded(needed, near)
    for kind, recorders in recorded:
        for each in _dark(recorders, span, now):
            told.setdefault((names(recorders), each), []).append(kind)
    for (who, each), kinds in told.items():
        whole = len(kinds) == len(recorded)
        what = "anything" if whole else " and ".join(kind.words for kind in kinds)
        yield _told(each, who, what, span)


def unsure(needed: tuple[Kind, ...], near: tuple[Trail, ...], span: Span, now: datetime) -> Iterator[Trail]:
    """The trails on whose status, which AWS would not say, it depends whether a kind of call was recorded."""
    for _, recorders in _recorded(needed, near):
        known = [dark(one.status, now) for one in recorders if one.status]
        if len(known) < len(recorders) and (not known or all_dark(known, span)):
            yield from (one for one in recorders if one.status is None)


def _recorded(needed: tuple[Kind, ...], near: tuple[Trail, ...]) -> list[tuple[Kind, tuple[Trail, ...]]]:
    found = [(kind, tuple(one for one in near if kind.verdict(one) != "none")) for kind in needed]
    return [(kind, recorders) for kind, recorders in found if recorders]


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
