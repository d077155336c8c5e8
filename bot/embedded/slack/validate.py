"""Whether Slack would take a message or a view; says no with Slack's codes and pointers."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from . import limits
from .blockkit import BLOCKS, SURFACES
from .checks import Problem, by_type, flag, items, shape, string
from .elements import plain
from .forms import elements
from .refusal import SlackError
from .shapes import Json

MARKDOWN_CHARS, TEXT_CUT, UPDATE_TEXT = limits.MARKDOWN_CHARS, limits.TEXT_CUT, limits.UPDATE_TEXT
TABLES = ("table", "data_table")


def check_message(body: Json, *, posted: bool) -> None:
    """Let a message through, or say why not; `posted` adds what only chat.* hold against size.

    Raises:
        SlackError: no_text, invalid_blocks, invalid_attachments, too_many_attachments, msg_blocks_too_long.
    """
    blocks, attachments = body.get("blocks") or [], body.get("attachments") or []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not isinstance(attachments, list) or not all(isinstance(part, dict) for part in attachments):
        raise SlackError("invalid_attachments")
    if not (body.get("text") or blocks or attachments):
        raise SlackError("no_text")
    if len(attachments) > limits.ATTACHMENTS:
        raise SlackError("too_many_attachments")
    refuse("invalid_blocks", list(block_problems(blocks, "/blocks", "message")))
    for index, part in enumerate(attachments):
        problems = block_problems(part.get("blocks") or [], f"/attachments/{index}/blocks", "message")
        refuse("invalid_attachments", list(problems))
    everything = [*blocks, *(block for part in attachments for block in part.get("blocks") or [])]
    check_whole(everything)
    if posted and (
        len(_compact(everything)) > limits.POSTED_JSON or characters(everything) > limits.POSTED_TEXT
    ):
        raise SlackError("msg_blocks_too_long")
    check_metadata(body.get("metadata"))


def check_metadata(metadata: Any) -> None:
    """Let message metadata through.

    Raises:
        SlackError: invalid_metadata_format.
    """
    # An empty object takes earlier metadata away (chat.update).
    if metadata and (
        not isinstance(metadata, dict)
        or not isinstance(metadata.get("event_type"), str)
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")


def check_whole(blocks: list[Json]) -> None:
    """Hold what Slack counts over a whole message: one table, and the characters of its cells.

    Raises:
        SlackError: invalid_attachments (only_one_table_allowed), invalid_blocks.
    """
    tables = [block for block in blocks if block["type"] in TABLES]
    if len(tables) > 1:
        raise SlackError("invalid_attachments", errors=["only_one_table_allowed"])
    for kind, most in (("table", limits.TABLES_CHARS), ("data_table", limits.DATA_TABLE_CHARS)):
        if sum(characters(table["rows"]) for table in tables if table["type"] == kind) > most:
            refuse(
                "invalid_blocks", [Problem("/blocks", f"table cells must be less than {most + 1} characters")]
            )
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > limits.MARKDOWN_CHARS:
        refuse(
            "invalid_blocks",
            [Problem("/blocks", f"must be less than {limits.MARKDOWN_CHARS + 1} characters")],
        )
    if Counter(block["type"] for block in blocks)["data_visualization"] > limits.CHARTS:
        refuse("invalid_blocks", [Problem("/blocks", f"no more than {limits.CHARTS} items allowed")])


def check_view(body: Any, kind: str) -> None:
    """Let a modal or a Home through, or say why not.

    Raises:
        SlackError: invalid_arguments with pointers, view_too_large.
    """
    problems = list(view_problems(body, kind))
    if problems:
        refuse("invalid_arguments", problems)
    if len(_compact(body).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")


MODAL = {"title": plain(limits.VIEW_TITLE)}
ANY_VIEW = {"blocks": items(by_type(BLOCKS), limits.VIEW_BLOCKS)}
BUTTONS = {"submit": plain(limits.VIEW_TITLE), "close": plain(limits.VIEW_TITLE)}
FLAGS = dict.fromkeys(("clear_on_close", "notify_on_close", "submit_disabled"), flag)
NAMES = {
    "private_metadata": string(limits.PRIVATE_METADATA),
    "callback_id": string(limits.ID),
    "external_id": string(limits.ID),
}


def view_problems(body: Any, kind: str, at: str = "/view") -> Iterator[Problem]:
    """Yield everything wrong with a view."""
    required = (MODAL if kind == "modal" else {}) | ANY_VIEW
    optional = NAMES | (BUTTONS | FLAGS if kind == "modal" else {})
    problems = list(shape(required, optional)(body, at))
    if problems:
        yield from problems
        return
    if body.get("type") != kind:
        yield Problem(f"{at}/type", f"must be one of: {kind}", constraint="enum")
    yield from _misplaced(body["blocks"], f"{at}/blocks", kind)
    yield from _repeated(body["blocks"], f"{at}/blocks")
    has_input = any(block["type"] == "input" for block in body["blocks"])
    if kind == "modal" and has_input and not body.get("submit"):
        yield Problem(at, "missing required field: submit", "missing_field")


def block_problems(blocks: Any, at: str, surface: str) -> Iterator[Problem]:
    """Yield everything wrong with a list of blocks."""
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    problems = list(items(by_type(BLOCKS), most)(blocks, at))
    # What is said about the whole makes sense only once each part is sound.
    yield from problems or (*_misplaced(blocks, at, surface), *_repeated(blocks, at))


def _misplaced(blocks: list[Json], at: str, surface: str) -> Iterator[Problem]:
    for index, block in enumerate(blocks):
        if block["type"] not in SURFACES[surface]:
            yield Problem(f"{at}/{index}/type", f"unsupported type: {block['type']}", constraint="enum")


def _repeated(blocks: list[Json], at: str) -> Iterator[Problem]:
    for block_id in _twice(block["block_id"] for block in blocks if block.get("block_id")):
        yield Problem(at, f"block_id already exists: {block_id}", constraint="unique")
    for index, block in enumerate(blocks):
        for action_id in _twice(element["action_id"] for _, element in elements([block])):
            yield Problem(f"{at}/{index}", f"action_id already exists: {action_id}", constraint="unique")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def findings(kind: str, given: Any) -> list[Problem]:
    """What blocks.validate says about `blocks`, a `message` or a `view`."""
    if kind == "view":
        return list(
            view_problems(
                given, "home" if isinstance(given, dict) and given.get("type") == "home" else "modal", ""
            )
        )
    if kind == "message" and not isinstance(given, dict):
        return [Problem("", "must provide an object", constraint="type")]
    blocks = given if kind == "blocks" else given.get("blocks", [])
    return list(block_problems(blocks, "" if kind == "blocks" else "/blocks", "message"))


def refuse(code: str, problems: list[Problem]) -> None:
    """Say no with Slack's error shape, if there is anything to say no to.

    Raises:
        SlackError: `code`.
    """
    if problems:
        said = [str(problem) for problem in problems]
        messages = {"messages": [f"[ERROR] {each}" for each in said]}
        raise SlackError(code, errors=said, response_metadata=messages)


def characters(value: Any) -> int:
    """How many characters of text stand in blocks or cells."""
    match value:
        case {"text": str(words), **rest}:
            return len(words) + characters(list(rest.values()))
        case dict():
            return characters(list(value.values()))
        case list():
            return sum(characters(each) for each in value)
    return 0


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
