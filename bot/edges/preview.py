"""`noroshi alert preview`: events from files, through the same reading as the queue's, and not posted."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.core.alert import Alert, show
from bot.core.route import Where
from bot.core.sections import Paragraph
from bot.core.text import Code, Line, Small, Strong, plain
from bot.core.view import Caveat, View
from bot.edges.event_files import saved
from bot.pipeline.reading import Outcome

COLUMNS = (
    *("source", "kind", "key", "severity", "title", "account_id", "region", "resource"),
    *("channel", "mention", "text", "next_steps", "dropped"),
)
_BLANK: Line = (" ",)


def preview_files(files: Sequence[Path], decide: Callable[[str], Outcome]) -> View:
    """What each event in the files would become, and where it would go, whole: one row an event.

    `decide` is the pipeline's own (`Reading.decide`). Raises NotFound, BadRequest for a file that can't be read.
    """
    opened = [(file, saved(file)) for file in files]
    called = _called(files)
    read = [(file, decide(body)) for file, found in opened for body in found.bodies]
    return View(
        title=_title([outcome for _, outcome in read]),
        sections=tuple(
            Paragraph(tuple(_told(outcome, f"{n} of {len(read)} · {called[file]}", last=n == len(read))))
            for n, (file, outcome) in enumerate(read, 1)
        ),
        command="alert preview",
        request={"files": [str(file) for file in files]},
        rows=tuple(_row(outcome) for _, outcome in read),
        columns=COLUMNS,
        caveats=tuple(
            Caveat("broken-file", f"{fault}; shown as the text it is", "blind")
            for _, found in opened
            for fault in found.faults
        ),
    )


def _called(files: Sequence[Path]) -> dict[Path, str]:
    """Files by their names alone, where those tell them apart."""
    apart = len({file.name for file in files}) == len(set(files))
    return {file: file.name if apart else str(file) for file in files}


def _title(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "No event is in there"
    alerts = sum(outcome.alert is not None for outcome in outcomes)
    events = f"{len(outcomes):,} event{'s' if len(outcomes) != 1 else ''}"
    dropped = f", {len(outcomes) - alerts:,} let go" if alerts < len(outcomes) else ""
    return f"{events} read: {alerts:,} would be told{dropped}; nothing is posted"


def _row(outcome: Outcome) -> dict[str, Any]:
    alert, where = outcome.alert, outcome.where or Where()
    if alert is None:
        return {"dropped": outcome.dropped}
    return {
        "source": alert.source,
        "kind": alert.kind,
        "key": alert.key,
        "severity": alert.severity.value,
        "title": alert.title,
        "account_id": alert.account_id,
        "region": alert.region,
        "resource": alert.resource,
        "channel": where.channel,
        "mention": where.mention or None,
        "text": "\n".join([alert.title, *map(plain, _words(alert))]),
        "next_steps": [" ".join(step.words) for step in alert.next_steps],
    }


def _words(alert: Alert) -> Iterator[Line]:
    for section in show(alert).sections:
        if isinstance(section, Paragraph):
            yield from section.lines


def _told(outcome: Outcome, number: str, *, last: bool) -> Iterator[Line]:
    """The alert as it would be told, then where, then what would be asked next."""
    yield _BLANK
    alert = outcome.alert
    if alert is None:
        ends = " It ends what was told under its key." if outcome.closes else ""
        yield (Strong("○ LET GO"), f"  {outcome.dropped}.{ends}")
    else:
        over = "  over: " if alert.resolved else "  "
        yield (Strong(f"● {alert.severity.upper()}"), over, Strong(alert.title))
        yield from _words(alert)
        yield _way(outcome.where or Where())
        for step in alert.next_steps:
            yield (f"{step.label}: ", Code(shlex.join(("noroshi", *step.words))))
    yield (Small(number),)
    if last:
        yield _BLANK


def _way(where: Where) -> Line:
    if where.channel is None:
        return (
            Strong("→ nowhere"),
            ": no channel is set for it (NOROSHI_ALERTS__CHANNEL), so it stays queued",
        )
    rings = f", rings {_who(where.mention)}" if where.mention else ""
    by = f"route {where.route}" if where.route else "no route takes it"
    return (Strong(f"→ {where.channel}"), rings, Small(f" · {by}"))


def _who(mention: str) -> str:
    """`@here`, `the group S0123`, `the member U0123`, out of Slack's writing of it."""
    inside = mention.strip("<>")
    for mark, word in (("!subteam^", "the group "), ("@", "the member "), ("!", "@")):
        if inside.startswith(mark):
            return f"{word}{inside.removeprefix(mark)}"
    return mention
