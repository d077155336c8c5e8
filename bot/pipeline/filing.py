"""How problems, storms, reports and notes stand in the store: their JSON, and the lane where each is found."""

from datetime import UTC, datetime

from bot.core import (
    alert,
    buttons,
    mute,
    mute_report,
    note,
    problem,
    sections,
    severity,
    storm,
    text,
    told,
    view,
)
from bot.core.approval import change, request
from bot.core.kept import Recall, keep
from bot.core.moves import Tellable, next_move
from bot.core.public import bucket
from bot.core.told import Later, Patience
from bot.errors import BadEvent
from bot.ports import Record

recall = Recall(
    (
        *(text.Code, text.Strong, text.Small, text.Added, text.Removed, text.When, text.Link),
        severity.Severity,
        *(alert.Alert, alert.NextStep, alert.Finding),
        *(told.Told, told.Intent, told.Memory),
        *(request.FixRequest, change.Change, bucket.Bucket),
        *(problem.Problem, problem.Mark, problem.Over, problem.Muted),
        *(mute.Mute, mute.Scope, mute_report.MuteReport, storm.Storm, note.Note),
        *(view.View, view.Caveat, view.Receipt, view.File),
        *(sections.Column, sections.Table, sections.Facts, sections.Paragraph, sections.Verbatim),
        *(sections.Chart, sections.Series, sections.Band),
        *(buttons.Ask, buttons.Form, buttons.Csv, buttons.Share, buttons.Open, buttons.Act),
        *(buttons.Download, buttons.Picture),
    )
)
"""The values that are kept."""


def filed(thing: Tellable, version: int, now: datetime, patience: Patience) -> Record:
    """The record of it, in the lane where whoever has to do something next looks for it.

    `now:` has something to tell, in the order of rank; `later:` has not yet, in the order of time; else it
    rests. `version` is the one it was read with, 0 for a new one.
    """
    lane, rank = _place(thing, now, patience)
    return Record(thing.id, {"it": keep(thing)}, version, lane, rank, thing.expires_at)


def unfiled(record: Record) -> Tellable:
    """What the record holds; raises BadEvent for what is none of ours."""
    thing = recall(record.body.get("it"))
    if not isinstance(thing, Tellable):
        raise BadEvent(
            f"The record {record.id} is not what I put there.", "Is the store shared with another?"
        )
    return thing


def moment_rank(at: datetime) -> str:
    """A moment, so that texts stand in the order of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _place(thing: Tellable, now: datetime, patience: Patience) -> tuple[str | None, str]:
    told = thing.told
    if told.intent:
        if told.not_before and told.not_before > now:
            return f"later:{thing.channel}", moment_rank(told.not_before)
        return f"now:{thing.channel}", thing.rank
    match next_move(thing, now, patience):
        case None:
            return thing.rests_in, moment_rank(now)
        case Later(at):
            return f"later:{thing.channel}", moment_rank(at)
        case _:
            return f"now:{thing.channel}", thing.rank
