"""The one statement that finds every call which may have changed a resource, and what stopped its recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.core.configuration.item import Resource
from bot.core.coverage.history import EVENT_HISTORY
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.ports import Lookup, Match, Progress, TrailEngine
from bot.trail import questions
from bot.trail.authorship.deeds import Record, records
from bot.trail.authorship.services import regions
from bot.trail.authorship.writers import writer
from bot.trail.rows import Asked, Calls, rows
from bot.trail.session import COLUMNS

RECORDER: Final = (
    "StopConfigurationRecorder",
    "StartConfigurationRecorder",
    "DeleteConfigurationRecorder",
    "PutConfigurationRecorder",
)
"""The calls that decide whether Config records (docs: AWS Config API reference)."""
CONFIG: Final = "config.amazonaws.com"
_MOST = 5_000
_HELD = timedelta(days=90)
"""So long the event history keeps calls."""
_SECOND = timedelta(seconds=1)
_WRITES = (
    Match("coalesce(read_only, 'false') = 'false'"),
    Match("error_code IS NULL"),
    Match("NOT data_event"),
)
_UNREAD: Final = frozenset({"history-cut", "history-refused", "records-unreadable", "files-skipped"})
"""Caveats of engines that say that calls of the time are missing."""
_IS_RECORDER = Match(
    f"event_source = ? AND event_name IN ({', '.join('?' for _ in RECORDER)})", (CONFIG, *RECORDER)
)


@dataclass(frozen=True, slots=True)
class Read:
    """The calls, and from when on all of them are there (`whole_since`; None: it is not known)."""

    records: tuple[Record, ...]
    whole_since: datetime | None
    caveats: tuple[Caveat, ...]
    receipts: tuple[Receipt, ...]


def calls(resource: Resource, since: datetime | None = None) -> Calls:
    """Writes that name the resource in any way, and those on the recorder; of the event history, since then alone."""
    each = [questions.resource(name) for name in resource.names]
    needles = [one.needles for one in each]
    return Calls(
        where=_WRITES,
        either=tuple(dict.fromkeys((*(match for one in each for match in one.either), _IS_RECORDER))),
        columns=(*COLUMNS, "request", "response"),
        # A flood of one kind of call must not hide the others.
        group=("event_source", "event_name"),
        needles=(*(needle for found in needles for needle in found), *RECORDER) if all(needles) else (),
        lookup=Lookup(
            "ResourceName", tuple(dict.fromkeys(one for each_ in each for one in each_.lookup.values)), since
        ),
    )


def read(
    resource: Resource,
    span: Span,
    engine: TrailEngine,
    progress: Progress,
    now: datetime,
    since: datetime | None = None,
) -> Read:
    """Ask the engine once; the event history, which is asked by one attribute, once more for the recorder.

    `since`: what the resource's older calls did is not asked about (the recorder's are, of the whole span).
    Raises what the engine does.
    """
    progress("Looking for who changed it…")
    places = tuple(dict.fromkeys((*regions(resource), resource.place.region)))
    asked = Asked(span, (resource.place.account_id,), places, limit=_MOST)
    found = engine.run(rows(asked, calls(resource, since)), progress)
    listed, receipts, caveats = list(found.rows), [found.receipt], list(found.caveats)
    if any(one.code == EVENT_HISTORY for one in caveats):
        here = Asked(span, asked.accounts, (resource.place.region,), limit=_MOST)
        more = engine.run(rows(here, _recorder()), progress)
        listed += more.rows
        receipts.append(more.receipt)
        caveats += [one for one in more.caveats if one not in caveats]
        span = replace(span, since=min(max(span.since, now - _HELD), span.until - _SECOND))
    whole: datetime | None = _whole_since(resource, found.rows, span)
    if whole and whole > span.since:
        said = (
            f"more calls name it than can be listed: those before {whole:%Y-%m-%d %H:%M} UTC are not all read"
        )
        caveats.append(Caveat("truncated", said))
    if any(one.code in _UNREAD for one in caveats):
        whole = None
    return Read(records(listed), whole, tuple(caveats), tuple(receipts))


def _recorder() -> Calls:
    return Calls(
        where=(*_WRITES, _IS_RECORDER),
        columns=(*COLUMNS, "request", "response"),
        needles=RECORDER,
        lookup=Lookup("EventName", RECORDER),
    )


def _whole_since(resource: Resource, found: Sequence[Mapping[str, Any]], span: Span) -> datetime:
    """Where more was found than is listed: since the oldest listed call of each kind that is cut, and can write it."""
    kinds: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in (one for one in found if one["place"] <= _MOST):
        kinds.setdefault((row["event_source"] or "", row["event_name"] or ""), []).append(row)
    cut = [
        min(row["at"] for row in listed if row["at"])
        for kind, listed in kinds.items()
        if listed[0]["group_calls"] > len(listed) and writer(resource.type, *kind)
    ]
    return max((datetime.fromisoformat(at).replace(tzinfo=UTC) for at in cut), default=span.since)
