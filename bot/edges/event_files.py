"""Files of events, as people save them: one or many, bare or as SQS gives them, JSON or text."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BadRequest, NotFound

_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Saved:
    """The messages of a file, each as a queue would bring it, and what is wrong with the file, in words."""

    bodies: tuple[str, ...]
    faults: tuple[str, ...] = ()


def saved(file: Path) -> Saved:
    """Read a file of JSON or text.

    JSON: a message, an array of them, what `aws sqs receive-message` answers (`{"Messages": [{"Body": …}]}`),
    or several of these one after the other (JSON lines). Anything else is one message of text, for a queue
    may bring that too; where it begins like JSON, that is a fault. Raises NotFound for no file, BadRequest
    for one that is empty or no text.
    """
    text = _text(file)
    if not text.strip():
        raise BadRequest(f"{file.name} is empty.", "Give files that hold events.")
    try:
        values, faults = _values(text)
        messages = [message for value in values for message in _messages(value)]
        bodies = (each if isinstance(each, str) else json.dumps(each) for each in messages)
        return Saved(tuple(bodies), tuple(f"{file.name} {fault}" for fault in faults))
    except RecursionError:
        return Saved((text,), (f"{file.name} nests deeper than any event",))


def _text(file: Path) -> str:
    if not file.is_file():
        raise NotFound(
            f"There is no file {file}.", "Give files that hold events: EventBridge, SNS or SQS bodies."
        )
    try:
        content = file.read_bytes()
        # PowerShell's `>` writes UTF-16; JSON in any Unicode is told by its first bytes (RFC 4627, 3).
        return content.decode(json.detect_encoding(content))
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(
            f"{file.name} can't be read as text.", "Give JSON files, or texts as SNS sends them."
        ) from error


def _values(text: str) -> tuple[list[Any], list[str]]:
    """The JSON values in it, and what is wrong; what is none is its own text."""
    try:
        return [json.loads(text)], []
    except ValueError as error:
        if text.lstrip()[:1] not in {"{", "["}:
            return [text], []  # AWS Budgets writes prose
        if _is_json(text.lstrip().partition("\n")[0]):
            return _lines(text)
        try:
            return _one_after_the_other(text), []
        except ValueError:
            return [text], [f"is no whole JSON: {error}"]


def _lines(text: str) -> tuple[list[Any], list[str]]:
    values: list[Any] = []
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except ValueError as error:
                values.append(line)
                faults.append(f"is no whole JSON in line {number}: {error}")
    return values, faults


def _one_after_the_other(text: str) -> list[Any]:
    values, at = [], 0
    while rest := text[at:].lstrip():
        value, length = _DECODER.raw_decode(rest)
        values.append(value)
        at = len(text) - len(rest) + length
    return values


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _messages(value: Any) -> list[Any]:
    """What stands in SQS's envelope, or in an array; nothing that is there is left out."""
    match value:
        case list():
            return [message for each in value for message in _messages(each)]
        case {"Messages": list(messages)}:
            return [message for each in messages for message in _messages(each)]
        case {"Body": str(body)}:
            return [body]
        case _:
            return [value]
