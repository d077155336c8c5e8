"""Each part of the overview in a line, with its age; what nobody could see says so, and never looks like none."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.amounts import counted
from bot.core.glance import Depth, Part, Waiting
from bot.core.hearing.words import long
from bot.core.money import money
from bot.core.standing.overview import Alerts, Money, Overview
from bot.core.standing.words import LABELS, age, graded, state, total
from bot.core.text import Line, Link, Piece, Small, When

Fact = tuple[str, Line]
_BESIDE = 3
_OLD = timedelta(hours=1)
"""AWS's own figures may be older than the look at them."""


def facts(seen: Overview, now: datetime) -> Iterator[Fact]:
    """Every part but the bill, which has its own lines; of what is never looked at there is none."""
    said: dict[Part, Line] = {
        "problems": _alerts(seen.problems),
        "open_findings": _findings(seen),
        "buckets": _buckets(seen),
        "compliance": _compliance(seen),
        "advice": _advice(seen),
        "queues": _queues(dict(seen.queues or {})),
    }
    for part, line in said.items():
        if state(seen, part) != "off":
            yield LABELS[part], _aged(seen, part, line, now)
    if alerts := seen.problems:
        yield "I can’t hear", _deaf(alerts, now)
        yield "Needs you", _waiting(alerts.waiting)


def bill(seen: Overview, now: datetime) -> Iterator[Fact]:
    """What this month has cost, and is expected to."""
    spent, expected = seen.spend, seen.forecast
    if state(seen, "spend") != "off":
        yield LABELS["spend"], _aged(seen, "spend", _spent(spent, now), now)
    if state(seen, "forecast") != "off":
        line: Line = (f"about {money(expected.amount, expected.currency)} in all",) if expected else ()
        yield LABELS["forecast"], _aged(seen, "forecast", line, now)


def _aged(seen: Overview, part: Part, line: Line, now: datetime) -> Line:
    look = seen.looks.get(part)
    if look is None:
        return ("not looked at yet",)
    if state(seen, part) == "refused":
        return ("I can’t tell", Small(f" · tried {age(look.at, now)}"))
    some = f" · {look.unseen:,} not seen" if look.unseen else ""
    return (*line, Small(f"{some} · {age(look.at, now)}"))


def _alerts(alerts: Alerts | None) -> Line:
    if alerts is None:
        return ()
    rest = [
        f"{total(counts):,} {words}"
        for counts, words in ((alerts.acknowledged, "acknowledged"), (alerts.muted, "muted"))
        if total(counts)
    ]
    storm = [f"{alerts.in_storm:,} in a storm’s digest only"] if alerts.in_storm else []
    return (" · ".join([f"{graded(alerts.new) or 'none'} that nobody acknowledged", *rest, *storm]),)


def _findings(seen: Overview) -> Line:
    found = seen.open_findings
    if found is None:
        return ()
    word = "open finding" if total(found) == 1 else "open findings"
    return (f"{graded(found) or 'no'} {word}",)


def _buckets(seen: Overview) -> Line:
    if seen.buckets is None:
        return ()
    unknown = f" · {seen.buckets.unknown:,} of which nobody can tell" if seen.buckets.unknown else ""
    return (f"{seen.buckets.public:,}" if seen.buckets.public else "none", unknown)


def _compliance(seen: Overview) -> Line:
    broken = seen.compliance
    if broken is None:
        return ()
    if not broken.resources:
        return ("nothing breaks a rule",)
    verb = "breaks" if broken.resources == 1 else "break"
    return (f"{counted(broken.resources, 'resource')} {verb} {counted(broken.rules, 'rule')}",)


def _advice(seen: Overview) -> Line:
    advised = seen.advice
    if advised is None:
        return ()
    unknown = f" · {advised.unknown:,} unknown" if advised.unknown else ""
    return (f"{advised.red:,} red, {advised.yellow:,} yellow{unknown}",)


def _queues(queues: dict[str, Depth]) -> Line:
    waiting = sum(depth.visible for depth in queues.values())
    dead = sum(depth.dead or 0 for depth in queues.values())
    return (f"{counted(waiting, 'message')} waiting", f" · {dead:,} in dead-letter queues" if dead else "")


def _spent(spent: Money | None, now: datetime) -> Line:
    if spent is None:
        return ()
    if spent.so_far is None:
        return ("no figures of this month yet",)
    old = f" · figures of {age(spent.as_of, now)}" if now - spent.as_of >= _OLD else ""
    return (f"{money(spent.so_far, spent.currency)} so far", old)


def _deaf(alerts: Alerts, now: datetime) -> Line:
    if not alerts.deaf_in_all:
        return ("nothing that I know of",)
    said = [f"{each.title} ({long(now - each.since)})" for each in alerts.deaf]
    more = alerts.deaf_in_all - len(said)
    return (" · ".join([*said, *([f"{more:,} more"] if more > 0 else [])]),)


def _waiting(waiting: tuple[Waiting, ...]) -> Line:
    if not waiting:
        return ("nothing waits for approval",)
    pieces: list[Piece] = []
    for n, each in enumerate(waiting[:_BESIDE]):
        pieces += [" · "] if n else []
        pieces += [f"{each.by} asks for the {each.title}, until ", When(each.until)]
        pieces += [" ", Link("Look at it", each.link)] if each.link else []
    more = len(waiting) - _BESIDE
    return (*pieces, *([f" · {more:,} more"] if more > 0 else []))
