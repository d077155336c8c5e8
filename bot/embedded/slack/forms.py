"""What a person filled in, as Slack tells it: `state.values` and the fields of an action.

A raw answer is a string (text, option value, id, date), a list of strings (checkboxes and multi
selects), a number (datetimepicker) or None.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .shapes import Json

MISSING = "Please complete this required field."
# type of element -> (field of the answer, field that holds the initial one)
ANSWERS = {
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "email_text_input": ("value", "initial_value"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_users_select": ("selected_users", "initial_users"),
    "number_input": ("value", "initial_value"),
    "plain_text_input": ("value", "initial_value"),
    "timepicker": ("selected_time", "initial_time"),
    "url_text_input": ("value", "initial_value"),
    "users_select": ("selected_user", "initial_user"),
}
ONE_OPTION = ("static_select", "radio_buttons", "overflow", "external_select")
MANY_OPTIONS = ("checkboxes", "multi_static_select", "multi_external_select")


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block that holds it."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from (
            (block, element) for element in inside if isinstance(element, dict) and "action_id" in element
        )


def find(blocks: Sequence[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json]:
    """The element of that action_id with its block.

    Raises:
        LookupError: nobody can press what is not there.
    """
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    raise LookupError(f"no element with action_id {action_id!r}")


def state(blocks: Sequence[Json], given: Mapping[str, Any]) -> Json:
    """`state.values`: what was given, else what was there initially.

    `given` maps block_id or action_id to a raw answer, or block_id to {action_id: raw answer}.
    """
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in ANSWERS or element["type"] in (*ONE_OPTION[:2], *MANY_OPTIONS):
            raw = _given(given, block["block_id"], element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = answer(element, raw)
    return values


def _given(given: Mapping[str, Any], block_id: str, element: Json) -> Any:
    action_id = element["action_id"]
    for_block = given.get(block_id)
    if isinstance(for_block, Mapping):
        return for_block.get(action_id, initial(element))
    return given.get(block_id, given.get(action_id, initial(element)))


def initial(element: Json) -> Any:
    """The raw answer with which an element starts."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return element.get("initial_option", {}).get("value")
    if kind in MANY_OPTIONS:
        return [option["value"] for option in element.get("initial_options", [])]
    return element.get(ANSWERS[kind][1]) if kind in ANSWERS else None


def options(element: Json) -> list[Json]:
    """The options of an element, those of its groups included."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def answer(element: Json, raw: Any) -> Json:
    """A raw answer as Slack puts it into state or an action."""
    kind = element["type"]
    if kind in ONE_OPTION:
        chosen = next((option for option in options(element) if option.get("value") == raw), None)
        return {"type": kind, "selected_option": chosen}
    if kind in MANY_OPTIONS:
        return {
            "type": kind,
            "selected_options": [option for option in options(element) if option["value"] in (raw or [])],
        }
    return {"type": kind, ANSWERS[kind][0]: raw if raw != "" else None}


def problems(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """What Slack's own client holds against a form before sending it: block_id -> words."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            said = _problem(block, values[block["block_id"]][block["element"]["action_id"]])
            if said:
                found[block["block_id"]] = said
    return found


def _problem(block: Json, told: Json) -> str | None:
    element, value = block["element"], next((each for key, each in told.items() if key != "type"), None)
    if not value:
        return None if block.get("optional") else MISSING
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if element["type"] != "plain_text_input" or shortest <= len(value) <= longest:
        return None
    return (
        f"Must be at least {shortest} characters."
        if len(value) < shortest
        else f"Must be at most {longest} characters."
    )


def action(block: Json, element: Json, raw: Any, ts: str) -> Json:
    """One of the `actions` of a block_actions payload.

    Raises:
        LookupError: nobody can choose what is no option.
    """
    kept = ("type", "action_id", "value", "style", "text", "placeholder", "url")
    told = {key: element[key] for key in kept if key in element} | {
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    if element["type"] == "button":
        return told
    given = answer(element, raw)
    if raw is not None and given.get("selected_option", given) is None:
        raise LookupError(f"no option {raw!r}")
    return told | given
