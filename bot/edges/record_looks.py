"""What the bot's own record says of how everything stands: what is open, what is deaf, what waits, what was pressed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import get_args

from bot.core import moment
from bot.core.approval.request import FixRequest
from bot.core.digest import State
from bot.core.glance import Kind, OpenProblem, Problems, RecentPress, Standing, Waiting
from bot.core.problem import Problem
from bot.core.route import OWN
from bot.core.severity import Severity
from bot.core.spoken import folded
from bot.edges.glances import Seen
from bot.pipeline import audit
from bot.pipeline.daily import states
from bot.pipeline.ledger import Ledger

Link = Callable[[str, str], str]
"""Where the message of a channel with this `ts` is found; "" where nobody says."""
_WORST, _DEAF, _WAITING, _PRESSED = 5, 5, 10, 5
_LATELY = timedelta(days=1)
_LONGEST = 160
"""Characters of each text: what is kept must stay small, whatever a title holds."""
_QUIET = {"mute-storm": "mute a kind", "all-rows": "all as CSV"}


def no_link(_channel: str, _ts: str) -> str:
    """Nobody says where a message is."""
    return ""


@dataclass(frozen=True, slots=True)
class Record:
    """The record, the channels and sources that it tells of, and where its messages are found."""

    ledger: Ledger
    channels: Sequence[str]
    sources: Sequence[str]
    link: Link = no_link


def problems(record: Record) -> Seen:
    """All channels together; every source and severity has a number, if only zero. Raises Upstream."""
    standing = states(record.ledger, record.channels)
    found = [problem for each in standing for problem in each.problems]
    every = (Kind(*each) for each in product(record.sources, Severity, get_args(Standing)))
    counts: Mapping[Kind, int] = {**dict.fromkeys(every, 0), **Counter(map(_kind, found))}
    deaf = [each for each in found if each.alert.source == OWN and not each.muted]
    seen = Problems(
        counts,
        sum(each.in_storm for each in standing),
        worst=tuple(_open(each, record.link) for each in _worst(found)),
        deaf=tuple(_open(each, record.link) for each in sorted(deaf, key=_how_bad)[:_DEAF]),
        deaf_in_all=len(deaf),
        waiting=tuple(_waiting(standing, record.link)),
        pressed=tuple(_pressed(record.ledger)),
    )
    more = sum(each.more for each in standing)
    return Seen(seen, more, "more is open than I look at" if more else "")


def _kind(problem: Problem) -> Kind:
    standing: Standing = "muted" if problem.muted else "acknowledged" if problem.acknowledged else "new"
    return Kind(problem.alert.source, problem.alert.severity, standing)


def _how_bad(problem: Problem) -> tuple[int, datetime]:
    return -problem.alert.severity.rank, problem.opened


def _worst(found: Iterable[Problem]) -> Sequence[Problem]:
    """What nobody acknowledged; that the bot is deaf has a line of its own."""
    new = (each for each in found if _kind(each).standing == "new" and each.alert.source != OWN)
    return sorted(new, key=_how_bad)[:_WORST]


def _open(problem: Problem, link: Link) -> OpenProblem:
    alert = problem.alert
    return OpenProblem(
        folded(alert.title, _LONGEST),
        alert.severity,
        problem.opened,
        folded(alert.account_name or alert.account_id or "", _LONGEST),
        link(problem.channel, problem.told.ts) if problem.told.ts else "",
    )


def _waiting(states: Iterable[State], link: Link) -> Iterator[Waiting]:
    each_once = {request.id: request for state in states for request in state.waiting}
    soonest: Sequence[FixRequest] = sorted(each_once.values(), key=lambda each: each.expires)
    for request in soonest[:_WAITING]:
        told = request.told.ts
        words = (folded(request.title, _LONGEST), folded(request.by.name, _LONGEST))
        yield Waiting(*words, request.expires, link(request.channel, told) if told else "")


def _pressed(ledger: Ledger) -> Iterator[RecentPress]:
    for press in reversed(audit.presses(ledger.store, ledger.now() - _LATELY, _PRESSED)):
        said = {name: folded(press.get(name) or "", _LONGEST) for name in ("name", "act", "what", "result")}
        if at := moment.read(press.get("at")):
            act = _QUIET.get(said["act"], said["act"])
            by = said["name"] or folded(press.get("user_id") or "somebody", _LONGEST)
            yield RecentPress(at, by, act, said["what"], said["result"])
