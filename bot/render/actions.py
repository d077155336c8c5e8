"""Buttons, and what comes back when one is pressed: the contract between the renderer and the Slack edge.

Ask: action_id `ask:<n>`, value the words as a JSON list.
Form: `form:<n>`, value label, words and fields as a JSON list of three.
Menu: see `bot.render.menus`.
Csv, Download, Picture and Share: `csv`, `file`, `picture` and `share`, value the answer's id.
Act: `act:<what>`, value the id of what it acts on. Acts: the same as a select, an option's value what is to be done.
Open: `open:<n>`, a link; Slack still sends the press, which needs only an ack.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.core.buttons import Act, Acts, Ask, Button, Csv, Download, Form, Menu, Open, Picture, Share
from bot.errors import BadRequest
from bot.render.lines import Json, plain_text, safe_url
from bot.render.menus import OPTION_VALUE, select
from bot.render.safe import clean

ASK = re.compile(r"ask:\d+")
FORM = re.compile(r"form:\d+")
ACT = re.compile(r"act:([a-z-]+)")
OPEN = re.compile(r"open:\d+")
CSV = "csv"
FILE = "file"
PICTURE = "picture"
SHARE = "share"
_OF_ANSWER = {Csv: CSV, Download: FILE, Picture: PICTURE, Share: SHARE}

MOST = 5
_LABEL = 75
_VALUE = 2000
_CONFIRM = 30
_ROOM = 4000  # for all buttons of a message, so that an answer always has the greater part


def buttons(wanted: Iterable[Button], answer_id: str | None = None) -> list[Json]:
    """At most five elements, a menu being one; those Slack would refuse, and what needs an id without one, are left out.

    Menus have the room that the others leave them.
    """
    done: list[Json | Menu] = []
    room = _ROOM
    for button in wanted:
        element = button if isinstance(button, Menu) else _element(button, len(done), answer_id)
        if element is None or (isinstance(element, dict) and _twice(element, done)):
            continue
        room -= len(json.dumps(element)) if isinstance(element, dict) else 0
        if room < 0 or len(done) == MOST:
            break
        done.append(element)
    return list(_with_menus(done, answer_id, max(0, room)))


def _twice(element: Json, done: Sequence[Json | Menu]) -> bool:
    return any(isinstance(each, dict) and each["action_id"] == element["action_id"] for each in done)


def _with_menus(done: Sequence[Json | Menu], answer_id: str | None, room: int) -> Iterator[Json]:
    menus = 0
    for each in done:
        if isinstance(each, dict):
            yield each
            continue
        element = select(each, menus, answer_id, room)
        menus += 1
        if element:
            room -= len(json.dumps(element))
            yield element


def _element(
    button: Ask | Form | Csv | Download | Picture | Share | Open | Act | Acts, n: int, answer_id: str | None
) -> Json | None:
    match button:
        case Ask(label, words, strong):
            style = {"style": "primary"} if strong else {}
            return _pressed(f"ask:{n}", label, encode_words(words) if words else "", style)
        case Form(label, words, _):
            return _pressed(f"form:{n}", label, encode_form(button) if words else "")
        case Csv() | Download() | Picture() | Share():
            return _pressed(_OF_ANSWER[type(button)], button.label, answer_id or "")
        case Act(label, act, subject, confirm, strong):
            style = {"style": "primary"} if strong else {}
            asked = {"confirm": _confirm(label, confirm)} if confirm else {}
            return _pressed(f"act:{act}", label, subject, {**style, **asked})
        case Acts(label, act, choices, confirm):
            return _acts(label, f"act:{act}", choices, confirm)
        case Open(label, url):
            return _button(f"open:{n}", label, {"url": url}) if safe_url(url) else None


def _acts(label: str, action_id: str, choices: Iterable[tuple[str, str]], confirm: str) -> Json | None:
    options = [
        {"text": plain_text(clean(words, _LABEL).strip() or "–"), "value": value}
        for value, words in choices
        if 0 < len(value) <= OPTION_VALUE
    ]
    if not options:
        return None
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(clean(label, OPTION_VALUE).strip() or "Change…"),
        "options": options,
        "confirm": _confirm(label, confirm),
    }


def _confirm(label: str, words: str) -> Json:
    return {
        "title": plain_text(clean(label, 100)),
        "text": plain_text(clean(words, 300)),
        "confirm": plain_text(clean(label, _CONFIRM)),
        "deny": plain_text("Cancel"),
    }


def _pressed(action_id: str, label: str, value: str, style: Mapping[str, Any] = {}) -> Json | None:
    return _button(action_id, label, {"value": value, **style}) if 0 < len(value) <= _VALUE else None


def _button(action_id: str, label: str, rest: Mapping[str, Any]) -> Json:
    name = clean(label, _LABEL).strip() or "Open"
    return {"type": "button", "action_id": action_id, "text": plain_text(name), **rest}


def encode_words(words: Iterable[str]) -> str:
    """The value of an Ask button."""
    return _dump(list(words))


def decode_words(value: str) -> tuple[str, ...]:
    """The words of an Ask button's value; raises BadRequest."""
    return _words(_load(value))


def encode_form(form: Form) -> str:
    """The value of a Form button."""
    return _dump([form.label, form.words, form.fields])


def decode_form(value: str) -> Form:
    """The form of a Form button's value; raises BadRequest."""
    match _load(value):
        case [str(label), list(words), list(fields)]:
            return Form(label, _words(words), tuple(_field(field) for field in fields))
        case _:
            raise _stale()


def answered(form: Form, state: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of a submitted form; `state` is view_submission's `view.state.values`.

    Options stand as `--since=7d`, so that a value that begins with a dash is still a value.
    """
    given = {option: _typed(state.get(option)) for option, _, _ in form.fields}
    return (*form.words, *(f"{flag(option)}={value}" for option, value in given.items() if value))


def _typed(block: Any) -> str:
    inputs = list(block.values()) if isinstance(block, Mapping) else []
    value = inputs[0].get("value") if inputs and isinstance(inputs[0], Mapping) else None
    return value.strip() if isinstance(value, str) else ""


def flag(option: str) -> str:
    """An option as it is typed: `since` and `--since` both give `--since`."""
    return option if option.startswith("-") else f"--{option}"


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise _stale()


def _field(value: Any) -> tuple[str, str, str]:
    match value:
        case [str(option), str(label), str(present)]:
            return option, label, present
        case _:
            raise _stale()


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _load(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise _stale() from error


def _stale() -> BadRequest:
    return BadRequest("I can't read what this button asks.", "Type the question again.")
