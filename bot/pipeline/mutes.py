"""The mutes in force: one record that everybody reads who puts a telling on record."""

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.alert import Alert
from bot.core.kept import keep
from bot.core.mute import Mute, Reach, scope
from bot.core.mute_report import MuteReport, report_id
from bot.core.problem import Mark
from bot.errors import BadRequest, NotFound
from bot.pipeline.filing import recall
from bot.pipeline.ledger import Entry, Ledger, persist
from bot.ports import Record

MUTES = "mutes"
_MOST, _LONGEST = 300, 300_000
"""So many mutes, so many characters: the record must stay smaller than a store takes; nobody has so many."""


def mutes_in(record: Record | None) -> tuple[Mute, ...]:
    """The mutes that the record holds, also those whose time is over."""
    found: tuple[Mute, ...] = recall(record.body["it"]) if record else ()
    return found


def mutes(ledger: Ledger) -> tuple[Mute, ...]:
    """The mutes in force now."""
    now = ledger.now()
    return tuple(mute for mute in mutes_in(ledger.store.read(MUTES).get(MUTES)) if now < mute.until)


def mute_from(alert: Alert, reach: Reach, reason: str, by: Mark, until: datetime) -> Mute:
    """A mute of this reach around an alert; raises BadRequest where the alert has no such thing."""
    found = scope(reach, alert)
    if found is None:
        raise BadRequest("This alert names no such thing to mute.", "Choose a narrower scope.")
    return Mute(secrets.token_hex(6), found, alert.severity, reason, by.name, by.user_id, by.at, until)


def begin(ledger: Ledger, mute: Mute, channel: str) -> None:
    """Put the mute in force, with its report; raises BadRequest when there are too many, Upstream."""

    def add(known: tuple[Mute, ...]) -> tuple[Mute, ...]:
        wanted = (*known, mute)
        if (
            len(wanted) > _MOST
            or len(json.dumps(keep(wanted), ensure_ascii=False).encode(errors="replace")) > _LONGEST
        ):
            raise BadRequest(f"There are {len(known)} mutes already.", "Unmute something first.")
        return wanted

    persist(lambda: _write(ledger, add, Entry(MuteReport(mute, channel), 0)))


def end(ledger: Ledger, mute_id: str, by: str) -> MuteReport:
    """End a mute before its time; raises NotFound when it is over already, Upstream."""

    def once() -> MuteReport:
        entry = ledger.find(report_id(mute_id))
        if entry is None or not isinstance(entry.thing, MuteReport) or entry.thing.ended:
            raise NotFound("This mute is over already.", "Its report stands in the channel.")
        return finish(ledger, entry, by)

    # Read anew each time: a teller may write the report's message at the same moment.
    return persist(once)


def finish(ledger: Ledger, entry: Entry, by: str = "") -> MuteReport:
    """Take the mute out of force, and let its report begin to gather; raises Conflict, Upstream."""
    report = entry.thing
    if not isinstance(report, MuteReport):
        raise TypeError(f"{report.id} is no mute's report")
    ended = replace(report, ended=min(ledger.now(), report.mute.until), ended_by=by)
    gone = report.mute.id
    _write(
        ledger,
        lambda known: tuple(mute for mute in known if mute.id != gone),
        Entry(ended, entry.version),
    )
    return ended


def _write(ledger: Ledger, change: Callable[[tuple[Mute, ...]], tuple[Mute, ...]], beside: Entry) -> None:
    """The mutes in force after this change, and beside them a report; raises Conflict, Upstream."""
    now = ledger.now()
    record = ledger.store.read(MUTES).get(MUTES)
    known = tuple(mute for mute in mutes_in(record) if now < mute.until)
    body = {"it": keep(change(known))}
    ledger.write(beside, beside=(Record(MUTES, body, record.version if record else 0),))
