"""What is still to be told of a problem: its post, what is worse, what changed, that it is over, a reminder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.core import problem_views as views
from bot.core.kept import fingerprint
from bot.core.problem import Problem
from bot.core.severity import Severity
from bot.core.told import Edit, Later, Memory, Move, Patience, Send


def next_move(problem: Problem, now: datetime, patience: Patience) -> Move:
    """The first thing that can be done now, else when the next one can; None when all is told."""
    later: list[Later] = []
    for move in _moves(problem, now, patience):
        if not isinstance(move, Later):
            return move
        later.append(move)
    return min(later, key=lambda move: move.at) if later else None


def _moves(problem: Problem, now: datetime, patience: Patience) -> Iterator[Send | Edit | Later]:
    if problem.told.ts is None:
        yield from _post(problem, now)
        return
    if not problem.muted:
        yield from _worse(problem, now)
    yield from _edit(problem, now, patience)
    yield from _turned(problem, now)
    if not problem.muted and not problem.over:
        yield from _repeat(problem, now, patience)
        yield from _remind(problem, now, patience)


def _post(problem: Problem, now: datetime) -> Iterator[Send]:
    """Somebody who deleted the post knows what it said: only news are posted anew."""
    known = problem.told.memory
    if problem.muted or problem.folded or (problem.over and known.tellings):
        return
    if problem.tellings > known.tellings or problem.worse:
        mention = "" if problem.over else problem.mention
        yield Send("post", views.post(problem), _memory(problem, now), mention=mention)


def _worse(problem: Problem, now: datetime) -> Iterator[Send]:
    if problem.worse:
        reply = views.escalation(problem)
        yield Send("reply", reply, _memory(problem, now), rings=True, mention=problem.mention)


def _edit(problem: Problem, now: datetime, patience: Patience) -> Iterator[Edit | Later]:
    told, view = problem.told, views.post(problem)
    if fingerprint(view) == told.shown:
        return
    next_at = told.edited_at + patience.edit_every if told.edited_at else now
    yield Edit(view, problem.mention) if next_at <= now else Later(next_at)


def _turned(problem: Problem, now: datetime) -> Iterator[Send]:
    """Over, or back again: the thread says so; that it is back is news for the channel."""
    if problem.over and not problem.told.memory.over:
        yield Send("reply", views.ended(problem), _memory(problem, now))
    elif problem.told.memory.over and not problem.over and not problem.muted:
        yield Send("reply", views.back(problem), _memory(problem, now), rings=True, mention=problem.mention)


def _repeat(problem: Problem, now: datetime, patience: Patience) -> Iterator[Send | Later]:
    if problem.tellings <= problem.told.memory.tellings:
        return
    last = problem.told.replied_at
    adds = (problem.latest or problem.alert).adds  # people wait for what a look has shown
    if last and not adds and now < last + patience.reply_every:
        yield Later(last + patience.reply_every)
    else:
        yield Send("reply", views.repeat(problem), _memory(problem, now))


def _remind(problem: Problem, now: datetime, patience: Patience) -> Iterator[Send | Later]:
    """A critical problem that nobody acknowledged: first a reminder, then a mention, and no more."""
    known = problem.told.memory
    if problem.acknowledged or problem.alert.severity is not Severity.CRITICAL or known.since is None:
        return
    steps = [(patience.remind_after, ""), (patience.mention_after, patience.mention)]
    after, mention = steps[known.reminders] if known.reminders < len(steps) else (None, "")
    if after is None:
        return
    due = known.since + after
    if now < due:
        yield Later(due)
        return
    memory = replace(known, reminders=known.reminders + 1)
    yield Send("reply", views.reminder(problem, now - known.since), memory, rings=True, mention=mention)


def _memory(problem: Problem, now: datetime) -> Memory:
    known, severity = problem.told.memory, problem.alert.severity
    same = known.severity is severity and not known.over and known.since
    return Memory(
        tellings=problem.tellings,
        severity=severity,
        since=known.since if same else now,
        over=problem.over is not None,
        reminders=known.reminders if same else 0,
    )
