"""`noroshi alert preview`: events from files, through the same reading as the queue's, and not posted."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.core.alert import show
from bot.core.text import Line, Small, Strong, plain
from bot.core.view import Column, Table, View
from bot.errors import BadRequest, NotFound
from bot.pipeline import Outcome, decide
from bot.sources import SOURCES


def preview_files(files: Sequence[Path], channel: str | None) -> View:
    """One row an event; raises BadRequest for a file that can't be read at all."""
    outcomes = [decide(body, SOURCES, channel) for file in files for body in bodies(file)]
    return View(
        title=f"{len(outcomes):,} event{'s' if len(outcomes) != 1 else ''} read, nothing posted",
        sections=(
            Table((Column("severity"), Column("alert"), Column("where")), tuple(map(_line, outcomes))),
        ),
        command="alert preview",
        request={"files": [str(file) for file in files]},
        rows=tuple(map(_row, outcomes)),
    )


def bodies(file: Path) -> Iterator[str]:
    """A file's messages: one, a JSON array of them, or SQS's `{"Messages": [{"Body": …}]}`."""
    if not file.is_file():
        raise NotFound(
            f"There is no file {file}.", "Give files that hold events: EventBridge, SNS or SQS bodies."
        )
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(
            f"{file.name} can't be read as text.", "Give JSON files, or texts as SNS sends them."
        ) from error
    try:
        parsed = json.loads(text)
    except ValueError as error:
        if text.lstrip()[:1] in {"{", "["}:
            raise BadRequest(f"{file.name} is no whole JSON: {error}.", "Save the whole event.") from error
        if not text.strip():
            raise BadRequest(f"{file.name} is empty.", "Give files that hold events.") from error
        yield text  # AWS Budgets writes prose
        return
    for one in _messages(parsed):
        yield one if isinstance(one, str) else json.dumps(one)


def _messages(parsed: Any) -> list[Any]:
    if isinstance(parsed, dict) and isinstance(parsed.get("Messages"), list):
        return [message.get("Body", message) for message in parsed["Messages"] if isinstance(message, dict)]
    if isinstance(parsed, dict) and isinstance(parsed.get("Body"), str):
        return [parsed["Body"]]
    return parsed if isinstance(parsed, list) else [parsed]


def _row(outcome: Outcome) -> dict[str, Any]:
    alert = outcome.alert
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
        "channel": outcome.channel,
        "mention": None,
        "text": "\n".join([alert.title, *(plain(line) for line in alert.story)]),
        "next_steps": [" ".join(step.words) for step in alert.next_steps],
    }


def _line(outcome: Outcome) -> tuple[Line, ...]:
    if outcome.alert is None:
        return (("dropped",), (outcome.dropped or "",), ("",))
    view = show(outcome.alert)
    return (
        (Strong(outcome.alert.severity.value),),
        (view.title, Small(f" {outcome.alert.kind}")),
        (outcome.channel or "no channel set",),
    )
