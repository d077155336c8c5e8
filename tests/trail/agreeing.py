"""Whether an engine's rows are those that plain Python finds: row by row, count by count, bin by bin."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.core.span import Span, iso
from bot.ports import TrailEngine
from bot.trail import questions
from bot.trail.rows import CALL_COLUMNS, MOST_BINS, Asked, Calls, bin_of, rows
from tests.trail import plain_calls
from tests.trail.plain_calls import Holds, Plain

MOST = 100_000
_COUNTS = ("found", "denied", "failed", "writes", "principals", "new_calls")
_GROUP = {
    "principal": lambda one: one.principal,
    "event_source": lambda one: one.text("eventSource"),
    "event_name": lambda one: one.text("eventName"),
}


@dataclass(frozen=True)
class Case:
    """A question, and the calls that are its answer in plain Python."""

    name: str
    calls: Calls
    holds: Holds

    def __str__(self) -> str:
        return self.name


def about_nobody() -> list[Case]:
    """The questions that are about nobody."""
    return [
        Case("denied", questions.denied(), lambda one: one.refused),
        Case("logins", questions.logins(), plain_calls.is_login),
        Case("root", questions.root(), plain_calls.is_roots_own),
        Case("changes", questions.changes(), plain_calls.is_change),
    ]


def about(said: str, *asks: str) -> list[Case]:
    """These questions about one subject: `about("mika", "user")`."""
    by = {
        "user": (questions.user, plain_calls.by_user),
        "who_did": (questions.who_did, plain_calls.by_event),
        "key": (questions.key, plain_calls.by_key),
        "ip": (questions.ip, plain_calls.from_ip),
        "resource": (questions.resource, plain_calls.on_resource),
    }
    return [Case(f"{ask} {said}", by[ask][0](said), by[ask][1](said)) for ask in asks]


def told(engine: TrailEngine, case: Case, asked: Asked) -> Counter[str]:
    """What the engine says, without the order."""
    found = engine.run(rows(replace(asked, limit=MOST), case.calls), lambda _: None).rows
    return Counter(_line(dict(row)) for row in found)


def truth(records: Sequence[Plain], case: Case, asked: Asked) -> Counter[str]:
    """The same by plain Python."""
    calls, firsts = _found(records, case, asked)
    return Counter(_line(row) for row in _rows(calls, firsts, case, asked))


def places(records: Sequence[Plain], case: Case, asked: Asked) -> list[tuple[int, str, str | None]]:
    """Place, time and id of what a limited answer gives: so many rows, and the newest call of each bin."""
    calls, _ = _found(records, case, asked)
    length, nth, binned = bin_of(asked.span), Counter[object](), set[str]()
    placed = []
    for one in plain_calls.newest_first(calls):
        nth[_kind(one, case)] += 1
        grouped = bool(case.calls.group) and nth[_kind(one, case)] > 20
        placed.append((grouped, one.at[:length] not in binned, one))
        binned.add(one.at[:length])
    placed.sort(key=lambda each: each[0])
    listed = enumerate(placed, 1)
    return [
        (place, one.at, one.text("eventID"))
        for place, (_, first, one) in listed
        if place <= asked.limit or first
    ][: asked.limit + MOST_BINS]


def _found(records: Sequence[Plain], case: Case, asked: Asked) -> tuple[list[Plain], dict[object, str]]:
    history = Span(asked.span.since - case.calls.history, asked.span.until)
    since, begins, until = (iso(end)[:19] for end in (asked.span.since, history.since, history.until))
    by_event = plain_calls.by_event(asked.event) if asked.event else None
    seen = plain_calls.once(
        one
        for one in records
        if begins <= one.at < until
        and case.holds(one)
        and (not asked.accounts or one.recorded_in in asked.accounts)
        and (not asked.regions or one.text("awsRegion") in asked.regions)
        and (by_event is None or by_event(one))
        and (not asked.errors or one.text("errorCode"))
    )
    firsts: dict[object, str] = {}
    for one in seen if case.calls.since_new else ():
        new = (one.principal, one.text("sourceIPAddress"))
        firsts[new] = min(firsts.get(new, one.at), one.at)
    return [one for one in seen if one.at >= since], firsts


def _rows(calls: list[Plain], firsts: dict[object, str], case: Case, asked: Asked) -> list[dict[str, Any]]:
    length = bin_of(asked.span)
    bins = plain_calls.bins(calls, length)
    groups: dict[object, list[Plain]] = {}
    for one in calls:
        groups.setdefault(_kind(one, case), []).append(one)
    kinds = {kind: _of_group(some, length) for kind, some in groups.items()}
    first_seen = [firsts.get((one.principal, one.text("sourceIPAddress"))) for one in calls]
    since = iso(asked.span.since)[:19]
    whole = plain_calls.counts(calls) | {
        "new_calls": sum(first is not None and first >= since for first in first_seen),
        "first_at": min((one.at for one in calls), default=None),
        "last_at": max((one.at for one in calls), default=None),
    }
    names = {*CALL_COLUMNS, *case.calls.columns, "resource_arns"}
    made = []
    for one, first in zip(calls, first_seen, strict=True):
        row = {name: value for name, value in one.row().items() if name in names}
        in_bin, failed = bins[one.at[:length]]
        made.append(
            row
            | kinds[_kind(one, case)]
            | whole
            | {"new_since": first, "bin_calls": in_bin, "bin_failed": failed}
        )
    return made


def _of_group(some: list[Plain], length: int) -> dict[str, Any]:
    return {
        "group_calls": len(some),
        "group_denied": sum(one.refused for one in some),
        "group_first": min(one.at for one in some),
        "group_peak": max(made for made, _ in plain_calls.bins(some, length).values()),
    }


def _kind(one: Plain, case: Case) -> tuple[str | None, ...]:
    return tuple(_GROUP[name](one) for name in case.calls.group)


def _line(row: dict[str, Any]) -> str:
    arns = row["resource_arns"]
    row["resource_arns"] = (json.loads(arns) if isinstance(arns, str) else arns) or []
    # Told apart: the place by `places`, the resources by their JSON.
    return repr(sorted((name, value) for name, value in row.items() if name not in {"place", "resources"}))


def window(span: Span, last: timedelta) -> Span:
    """The end of it."""
    return Span(span.until - last, span.until)
