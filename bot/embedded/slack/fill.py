"""The ids that Slack fills in where an app sent none: blocks, elements, attachments."""

from typing import Any

from .ids import Ids
from .shapes import Json


def with_block_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """The blocks with a block_id where they had none, and an action_id where an element had none."""
    return [
        {**_with_action_ids(block, ids), "block_id": block.get("block_id") or ids.block()} for block in blocks
    ]


def _with_action_ids(block: Json, ids: Ids) -> Json:
    def named(element: Any) -> Any:
        presses = isinstance(element, dict) and element.get("type") not in ("image", "mrkdwn", "plain_text")
        return {"action_id": ids.block()} | element if presses else element

    if block["type"] == "actions":
        return block | {"elements": [named(element) for element in block["elements"]]}
    return block | {key: named(block[key]) for key in ("accessory", "element") if key in block}


def with_ids(body: Json, ids: Ids) -> Json:
    """The message with every id filled in that Slack fills in."""
    filled = dict(body)
    if body.get("blocks"):
        filled["blocks"] = with_block_ids(body["blocks"], ids)
    if body.get("attachments"):
        filled["attachments"] = [
            _attachment(part, number, ids) for number, part in enumerate(body["attachments"], 1)
        ]
    return filled


def _attachment(part: Json, number: int, ids: Ids) -> Json:
    blocks = {"blocks": with_block_ids(part["blocks"], ids)} if part.get("blocks") else {}
    return {"id": number, "fallback": "[no preview available]"} | part | blocks
