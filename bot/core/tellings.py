"""What a telling makes of a problem. Pure: a problem and a telling in, the problem out."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.alert import Alert
from bot.core.mute import Mute
from bot.core.problem import Muted, Over, Problem, Telling
from bot.core.told import Told

SAME_THREAD = timedelta(hours=24)
"""A problem that was over, or silent, for so long begins a new post when it comes again: nobody looks at the old one."""
_HEARD = 200


def heard(before: Problem | None, telling: Telling, mute: Mute | None, now: datetime) -> Problem:
    """The problem after this telling, which `mute`, if any, hides."""
    problem = _again(before, telling, now) if before else _first(telling, now)
    if mute and not mute.severity.at_least(problem.alert.severity):
        mute = None  # it hides this telling, but not how bad the problem is
    hidden = problem.hidden + (mute is not None and not telling.alert.resolved)
    return replace(muted_by(problem, mute), hidden=hidden)


def _first(telling: Telling, now: datetime) -> Problem:
    alert = telling.alert
    return Problem(
        key=alert.key,
        alert=alert,
        at=telling.at,
        opened=now,
        channel=telling.channel,
        mention=telling.mention,
        heard=(_mark(telling),),
        over=Over(telling.at, "") if alert.resolved else None,
        last_told=now,
    )


def knows(problem: Problem, telling: Telling) -> bool:
    """Whether this telling, or a copy of it, was heard already."""
    return _mark(telling) in problem.heard


def _again(problem: Problem, telling: Telling, now: datetime) -> Problem:
    """One older than the newest is counted, and changes nothing else, unless it is the worst."""
    counted = replace(
        problem,
        tellings=problem.tellings + 1,
        added=problem.added + telling.alert.adds,
        heard=(*problem.heard, _mark(telling))[-_HEARD:],
        last_told=now,
    )
    if telling.at < problem.at:
        return _late(counted, telling)
    if telling.alert.resolved:
        return _ended(counted, telling)
    if telling.at - (problem.over.at if problem.over else problem.at) >= SAME_THREAD:
        return _anew(counted, telling, now)
    back = replace(counted, over=None, acknowledged=None) if problem.over else counted
    return _said(back, telling)


def _late(problem: Problem, telling: Telling) -> Problem:
    """A queue keeps no order: what is worse than all that is known of an open problem must not drown in it."""
    alert, before = telling.alert, problem.alert
    if problem.over or alert.resolved or before.severity.at_least(alert.severity):
        return problem
    worst = replace(_since(before, alert), last_seen=before.last_seen or alert.last_seen)
    raised = replace(problem, alert=worst, latest=problem.latest or before, acknowledged=None, bare=False)
    return _routed(raised, telling)


def closed(problem: Problem, how: str, at: datetime) -> Problem:
    """The problem after AWS said that it is over, without a telling of its own."""
    if problem.over or at < problem.at:
        return problem
    return replace(problem, over=Over(at, how), at=at)


def muted_by(problem: Problem, mute: Mute | None) -> Problem:
    """The problem under this mute, or under none."""
    muted = Muted(mute.id, mute.until, mute.by, mute.reason) if mute else None
    return replace(problem, muted=muted)


def shown_soon(problem: Problem) -> Problem:
    """The problem, whose post is edited next: somebody who pressed a button waits to see it."""
    return replace(problem, told=replace(problem.told, edited_at=None))


def _said(problem: Problem, telling: Telling) -> Problem:
    """The worst words stay until it is over; what is less bad is only the latest."""
    before, alert = problem.alert, _since(problem.alert, telling.alert)
    if before.resolved or alert.severity.at_least(before.severity):
        # Who saw it while it was less bad has not seen this.
        seen = problem.acknowledged if before.severity.at_least(alert.severity) else None
        told = replace(problem, alert=alert, latest=None, at=telling.at, bare=False, acknowledged=seen)
        return _routed(told, telling)
    worst = replace(before, last_seen=alert.last_seen or before.last_seen, first_seen=alert.first_seen)
    return replace(problem, alert=worst, latest=alert, at=telling.at)


def _routed(problem: Problem, telling: Telling) -> Problem:
    """What got worse may have another way: then it gets a post there; what had to be moved stays."""
    if not problem.worse:
        return problem
    if problem.moved:
        return replace(problem, mention=telling.mention)
    told = problem.told if telling.channel == problem.channel else Told(sent=problem.told.sent)
    return replace(problem, channel=telling.channel, mention=telling.mention, told=told)


def _ended(problem: Problem, telling: Telling) -> Problem:
    over = problem.over or Over(telling.at, telling.alert.title)
    return replace(problem, latest=telling.alert, at=telling.at, over=over)


def _anew(problem: Problem, telling: Telling, now: datetime) -> Problem:
    """A new post: of the old one only its tokens, its mute and what was heard go on."""
    fresh, told = _first(telling, now), Told(sent=problem.told.sent)
    return replace(fresh, told=told, heard=problem.heard, muted=problem.muted, hidden=problem.hidden)


def _since(before: Alert, alert: Alert) -> Alert:
    """The new alert, with the earliest beginning that anybody told, and the bucket that can be fixed."""
    begins = [each.first_seen for each in (before, alert) if each.first_seen]
    known = replace(alert, bucket=alert.bucket or before.bucket)
    return replace(known, first_seen=min(begins)) if begins else known


def _mark(telling: Telling) -> str:
    return hashlib.sha256(telling.occurrence.encode(errors="replace")).hexdigest()[:10]
