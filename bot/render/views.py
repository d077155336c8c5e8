"""Slack's own windows: a form as a modal, and the Home tab. Pure functions of plain values.

Limits: docs.slack.dev, surfaces/modals and reference/block-kit/blocks/input-block.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.buttons import Button, Form
from bot.core.view import View
from bot.errors import BadRequest
from bot.render.actions import MOST, buttons
from bot.render.blocks import payload
from bot.render.lines import Json, plain_text, rich_text, section, text
from bot.render.safe import clean, size
from bot.render.sections import context

FORM = "form"
"""callback_id of a form's modal."""

FIX = "fix"
"""callback_id of the fix's form."""
MUTE = "mute"
"""callback_id of the mute's form."""
RULE = "rule"
"""callback_id of the form of a suppression rule."""

REFRESH = "refresh"
"""action_id of the Home tab's button that has everything looked at again."""

LONGEST_ANSWER = 200
"""Characters that a field of free text takes."""

_TITLE = 24
_OPTION = 75
_OPTIONS = 100
_BOXES = 10
_AGAIN = "Ask again"  # a form's own label is the words of its button
_LABEL = 200
_VALUE = 3000
_METADATA = 3000
_FIELDS = 20
_ASKS = 60
_WORDS = 300


def modal(form: Form, private_metadata: str) -> Json:
    """A form: one input a field, whose block_id is the option; `actions.answered` reads what comes back.

    Raises BadRequest when `private_metadata` is over Slack's 3,000 characters.
    """
    if len(private_metadata) > _METADATA:
        raise BadRequest("This question is too long for a form.", "Type it instead.")
    fields = {option: (label, present) for option, label, present in form.fields if _named(option)}
    inputs = [_input(option, *field) for option, field in list(fields.items())[:_FIELDS]]
    window = _window(_AGAIN, [_asked(form.words), *inputs])
    return window | {"submit": plain_text("Ask"), "callback_id": FORM, "private_metadata": private_metadata}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of a form: one of these (value, words), or free text where there are none; `hint` stands below it.

    `many` lets several be chosen, of ten at most. `present` is what is chosen already, or the text.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    optional: bool = False
    hint: str = ""
    many: bool = False
    present: tuple[str, ...] = ()


def choices_modal(
    callback_id: str,
    title: str,
    asked: str,
    choices: Sequence[Choice],
    private_metadata: str,
    submit: str = "",
) -> Json:
    """A form of choices: its block_ids are their names, each element's action_id is `value`; `submit` is the title if "".

    Raises BadRequest when `private_metadata` is over Slack's 3,000 characters.
    """
    if len(private_metadata) > _METADATA:
        raise BadRequest("This is too long for a form.", "It is a bug of mine: please report it.")
    blocks = [context(clean(asked, _WORDS).strip() or "–"), *(_chosen(choice) for choice in choices)]
    window = _window(title, blocks)
    return window | {
        "submit": plain_text(clean(submit or title, _TITLE).strip() or "OK"),
        "callback_id": callback_id,
        "private_metadata": private_metadata,
    }


def _chosen(choice: Choice) -> Json:
    return {
        "type": "input",
        "block_id": choice.name,
        "label": plain_text(clean(choice.label, _LABEL)),
        "element": _choices(choice) if choice.options else _typed(choice),
        **({"optional": True} if choice.optional else {}),
        **({"hint": plain_text(clean(choice.hint, _LABEL))} if choice.hint else {}),
    }


def _typed(choice: Choice) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": "value", "max_length": LONGEST_ANSWER}
    return element | ({"initial_value": choice.present[0]} if choice.present else {})


def _choices(choice: Choice) -> Json:
    options = [
        {"text": plain_text(clean(words, _OPTION).strip() or "–"), "value": value}
        for value, words in choice.options[: _BOXES if choice.many else _OPTIONS]
    ]
    if not choice.many:
        return {
            "type": "static_select",
            "action_id": "value",
            "options": options,
            "initial_option": options[0],
        }
    present = [each for each in options if each["value"] in choice.present]
    boxes: Json = {"type": "checkboxes", "action_id": "value", "options": options}
    return boxes | ({"initial_options": present} if present else {})


def loading_modal(title: str, words: str = "One moment…") -> Json:
    """What stands there until the form is ready, or why it never will be: a trigger_id lives three seconds."""
    return _window(title, [context(clean(words, _WORDS).strip() or "–")])


def home(
    heading: str,
    asks: Sequence[tuple[str, str]],
    pressed: Sequence[Button] = (),
    *,
    state: View | None = None,
    note: str = "",
) -> Json:
    """The Home tab: how things stand, with all the buttons of that and one that refreshes it, and a note in small.

    Below it a heading, what can be asked (usage, help), and buttons.
    """
    lines = [[text(_shown(usage), code=True), text(f"  {_shown(words)}")] for usage, words in asks[:_ASKS]]
    elements = buttons(pressed)
    blocks = [
        *(_standing(state) if state else []),
        *([context(clean(note, _WORDS))] if note else []),
        {"type": "header", "text": plain_text(clean(heading, 150).strip() or "Noroshi")},
        *([rich_text(section(lines))] if lines else []),
        *([{"type": "actions", "elements": elements}] if elements else []),
    ]
    return {"type": "home", "blocks": blocks}


def _standing(state: View) -> list[Json]:
    """As a message would show it, and its buttons in rows: a message has five, a page has room for all."""
    shown: list[Json] = payload(replace(state, buttons=(), severity=None, over=False))["blocks"]
    rows = [buttons(state.buttons[n : n + MOST]) for n in range(0, len(state.buttons), MOST)]
    refresh = {"type": "button", "action_id": REFRESH, "text": plain_text("Refresh"), "value": REFRESH}
    actions = [{"type": "actions", "elements": row} for row in [*rows, [refresh]] if row]
    return [*shown, *actions, {"type": "divider"}]


def _window(title: str, blocks: list[Json]) -> Json:
    named = plain_text(clean(title, _TITLE).strip() or "Noroshi")
    return {"type": "modal", "title": named, "close": plain_text("Cancel"), "blocks": blocks}


def _asked(words: Sequence[str]) -> Json:
    return rich_text(section([[text(clean("/" + " ".join(words), _VALUE), code=True)]]))


def _input(option: str, label: str, present: str) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": "value"}
    # What a person would send back unseen must be what they see: hidden characters are not filled in.
    if present and clean(present) == present and size(present) <= _VALUE:
        element["initial_value"] = present
    name = clean(label, _LABEL).strip() or clean(option, _LABEL).strip() or "–"
    return {
        "type": "input",
        "block_id": option,
        "optional": True,
        "label": plain_text(name),
        "element": element,
    }


def _named(option: str) -> bool:
    return bool(option) and clean(option, _LABEL) == option


def _shown(words: str) -> str:
    return clean(words, _WORDS).strip() or "–"
