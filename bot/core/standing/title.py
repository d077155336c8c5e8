"""The first line of the overview: the worst thing first, and never a calm word over what nobody could see."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.amounts import counted
from bot.core.hearing.words import long
from bot.core.severity import Severity
from bot.core.standing.overview import SHOWN, Alerts, Overview
from bot.core.standing.words import latest, state

OLD = timedelta(minutes=15)
"""What cost nothing to look up is looked at every five minutes: older than this, nobody looks any more."""
_SAID = 2
_ALERTS = dict(zip(Severity, (0, 4, 8, 11, 13), strict=True))
_FINDINGS = dict(zip(Severity, (3, 7, 10, 12, 14), strict=True))
"""How bad each is beside the others of the title: a lower rank is told first."""
Ranked = tuple[int, str]
_MONEY = ("spend", "forecast")


def title(seen: Overview, now: datetime) -> str:
    """Short, in words; what was seen long ago says so first."""
    look = latest(seen)
    if look is None:
        return "Nobody has looked at the accounts yet"
    said = _said(seen)
    return f"{long(now - look.at)} ago: {said}" if now - look.at >= OLD else said


def _said(seen: Overview) -> str:
    things = _things(seen)
    if things:
        worst = seen.problems.worst[0].title if seen.problems and seen.problems.worst else ""
        counts = " and ".join(things[:_SAID])
        return f"{counts}. {worst}" if worst else counts
    if all(state(seen, part) not in {"seen", "partly"} for part in SHOWN):
        return "I can’t see how the accounts stand"
    if not _whole(seen):
        return "Nothing bad in what I can see, and I can’t see all of it"
    if state(seen, "problems") == "off":
        return "Nothing bad in what I look at, and alerts are off"
    return "All is quiet: nothing is open that nobody has acknowledged"


def _whole(seen: Overview) -> bool:
    """Whether everything but money was seen, everywhere, and nothing was left of which nobody could tell."""
    doubts = [each.unknown for each in (seen.buckets, seen.advice) if each]
    known = all(state(seen, part) in {"seen", "off"} for part in SHOWN if part not in _MONEY)
    return known and not any(doubts)


def _things(seen: Overview) -> list[str]:
    """Every bad thing in a few words, the worst first."""
    found = [*_of_record(seen.problems), *_of_aws(seen)]
    return [words for _, words in sorted(found, key=lambda each: each[0])]


def _of_record(alerts: Alerts | None) -> Iterator[Ranked]:
    if alerts is None:
        return
    for severity, count in alerts.new:
        if count:
            yield _ALERTS[severity], f"{counted(count, f'{severity.value} alert')} nobody acknowledged"
    if alerts.deaf_in_all:
        yield 1, counted(alerts.deaf_in_all, "thing I can’t hear", "things I can’t hear")
    if alerts.in_storm:
        yield 5, f"{counted(alerts.in_storm, 'alert')} in a storm’s digest only"
    if alerts.waiting:
        yield 5, counted(len(alerts.waiting), "fix that waits for approval", "fixes that wait for approval")


def _of_aws(seen: Overview) -> Iterator[Ranked]:
    if seen.buckets and seen.buckets.public:
        yield 2, counted(seen.buckets.public, "public bucket")
    for severity, count in seen.open_findings or ():
        if count:
            yield _FINDINGS[severity], counted(count, f"{severity.value} finding")
    if seen.advice and seen.advice.red:
        yield 6, counted(seen.advice.red, "red check")
    if seen.compliance and seen.compliance.resources:
        breaks = ("resource that breaks a rule", "resources that break a rule")
        yield 9, counted(seen.compliance.resources, *breaks)
    if seen.advice and seen.advice.yellow:
        yield 15, counted(seen.advice.yellow, "yellow check")
