"""A storm: more problems at once than a channel can take; one digest tells of all of them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.alert import Alert
from bot.core.kept import fingerprint
from bot.core.problem import KEPT, Problem
from bot.core.severity import Severity
from bot.core.told import Edit, Later, Memory, Move, Send, Told
from bot.core.view import View

CALM = timedelta(minutes=10)
"""A storm is over when nothing joined it for so long."""
_EDIT_EVERY = timedelta(seconds=3)
_NAMES, _LETTERS, _RUNG = 1_000, 60_000, 10
"""So many different names are counted by name, so that a digest stays small; the rest is counted together."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Storm:
    """One digest. `problems` and `tellings` count all that joined; the rest counts problems by name.

    `moved` says why it stands in another channel than its route says; `mentions` are whom the routes of what
    joined ring, each once. `worst_of` is the worst severity of a kind; `last_joined` is when the last one joined; names beyond the first thousand are counted under "".
    """

    id: str
    channel: str
    opened: datetime
    last_joined: datetime
    problems: int = 0
    tellings: int = 0
    kinds: Counts = field(default_factory=dict)
    worst_of: Mapping[str, Severity] = field(default_factory=dict)
    accounts: Counts = field(default_factory=dict)
    resources: Counts = field(default_factory=dict)
    severities: Counts = field(default_factory=dict)
    over: datetime | None = None
    moved: str = ""
    mentions: tuple[str, ...] = ()
    told: Told = field(default_factory=Told)

    @property
    def rank(self) -> str:
        """Behind what is critical, before everything else: it speaks for all that it holds."""
        return f"1 {self.opened.isoformat()}"

    @property
    def rests_in(self) -> str | None:
        """Nowhere: it has an end, and waits for that."""
        return None

    @property
    def expires_at(self) -> datetime:
        """With the problems in it."""
        return self.last_joined + KEPT

    @property
    def calm_at(self) -> datetime:
        """When it is over, if nothing joins."""
        return self.last_joined + CALM


def begun(storm_id: str, channel: str, now: datetime) -> Storm:
    """A storm with nothing in it yet."""
    return Storm(storm_id, channel, now, now)


def folded(storm: Storm, problems: Iterable[Problem], now: datetime) -> tuple[Storm, list[Problem]]:
    """The storm with these problems in it, and they in the storm; each telling is counted once."""
    joined = list(problems)
    new = [problem for problem in joined if problem.storm != storm.id]
    tellings = sum(problem.tellings - problem.in_storm for problem in joined)
    alerts = [problem.alert for problem in new]
    turned = [
        each for each in joined if each.storm == storm.id and each.as_bad not in {None, each.alert.severity}
    ]
    kinds = _more(storm.kinds, (alert.kind for alert in alerts))
    rest = Counter(storm.severities) - Counter(each.as_bad.value for each in turned if each.as_bad)
    counted = replace(
        storm,
        last_joined=now if tellings else storm.last_joined,
        problems=storm.problems + len(new),
        tellings=storm.tellings + tellings,
        kinds=kinds,
        worst_of=_worst(storm.worst_of, [*alerts, *(problem.alert for problem in turned)], kinds),
        accounts=_more(storm.accounts, (alert.account_name or alert.account_id or "" for alert in alerts)),
        resources=_more(storm.resources, (alert.resource or "" for alert in alerts)),
        severities=_more(rest, (problem.alert.severity.value for problem in (*new, *turned))),
        mentions=_mentions(storm, joined),
    )
    return counted, [
        replace(each, storm=storm.id, in_storm=each.tellings, as_bad=each.alert.severity) for each in joined
    ]


def next_move(storm: Storm, now: datetime, view: View) -> Move:
    """Post it, edit it while it grows, and once more when it is over."""
    told = storm.told
    if told.ts is None and storm.tellings > told.memory.tellings:
        # Also where somebody deleted it: what joined since must stand somewhere.
        return Send("post", view, _memory(storm, told.memory), mention=_mention(storm))
    if told.ts is None:
        return None if storm.over else Later(max(storm.calm_at, now))
    if told.memory.reminders < len(storm.mentions):
        return _ring(storm, told.memory)
    if fingerprint(view) != told.shown:
        next_at = told.edited_at + _EDIT_EVERY if told.edited_at else now
        return Edit(view, _mention(storm)) if next_at <= now else Later(next_at)
    return None if storm.over else Later(max(storm.calm_at, now))


def _memory(storm: Storm, known: Memory) -> Memory:
    return Memory(storm.tellings, reminders=max(known.reminders, min(1, len(storm.mentions))))


def _mention(storm: Storm) -> str:
    return storm.mentions[0] if storm.mentions else ""


def _ring(storm: Storm, known: Memory) -> Send:
    """Whom the digest's post did not ring: by a route of what joined later."""
    reply = View("The digest holds alerts that ring you", severity=worst(storm))
    memory = replace(known, reminders=known.reminders + 1)
    return Send("reply", reply, memory, rings=True, mention=storm.mentions[known.reminders])


def ended(storm: Storm, now: datetime) -> Storm:
    """The storm, over if it is."""
    return replace(storm, over=now) if storm.over is None and now >= storm.calm_at else storm


def worst(storm: Storm) -> Severity:
    """The worst in it."""
    return next((severity for severity in Severity if severity.value in storm.severities), Severity.INFO)


def _mentions(storm: Storm, joined: Iterable[Problem]) -> tuple[str, ...]:
    new = (problem.mention for problem in joined if problem.mention and not problem.over)
    return tuple(dict.fromkeys((*storm.mentions, *new)))[:_RUNG]


def _worst(known: Mapping[str, Severity], alerts: Iterable[Alert], kinds: Counts) -> dict[str, Severity]:
    worst = dict(known)
    for alert in alerts:
        if alert.kind in worst or alert.kind in kinds:
            worst[alert.kind] = max(worst.get(alert.kind, alert.severity), alert.severity, key=_rank)
    return worst


def _rank(severity: Severity) -> int:
    return severity.rank


def _more(counts: Counts, names: Iterable[str]) -> dict[str, int]:
    """The counts with these names in them; beyond a thousand names, or so many letters, new ones are counted under ""."""
    merged = Counter(counts)
    letters = sum(map(_letters, merged))
    for name, count in Counter(names).items():
        if name not in merged and (len(merged) >= _NAMES or letters + _letters(name) > _LETTERS):
            merged[""] += count
            continue
        letters += _letters(name) if name not in merged else 0
        merged[name] += count
    return dict(merged)


def _letters(name: str) -> int:
    """As JSON writes it: a store bounds the bytes."""
    return len(json.dumps(name))
