"""A menu of questions as Slack's select, and what comes back when one is chosen.

action_id `menu:<n>`, or `menu:<n>:<answer>`: which of the answer's menus, and the answer's id. An option's
value holds 150 characters (docs.slack.dev: option object): the words as a shell would quote them where they
fit, for they outlive the bot; else `#` and the place in the menu of the answer, which the edge keeps.
"""

import json
import re
import shlex
from collections.abc import Iterator

from bot.core.buttons import Choice, Menu
from bot.core.view import View
from bot.errors import BadRequest, NotFound
from bot.render.lines import Json, plain_text
from bot.render.safe import clean

MENU = re.compile(r"menu:(\d{1,3})(?::([\w-]{1,200}))?")

# Characters of a message: its table matters more than the thirtieth question. Of the 100 options that Slack takes
# not even half could stand in them.
_ROOM = 3000
_TEXT = 75
OPTION_VALUE = 150
"""Characters that an option's value has."""
_PLACEHOLDER = 150
_PLACE = re.compile(r"#(\d{1,4})")


def select(menu: Menu, n: int, answer_id: str | None, room: int) -> Json | None:
    """The select, as many choices as there is room for (characters of JSON); None where there is none."""
    base: Json = {
        "type": "static_select",
        "action_id": f"menu:{n}:{answer_id}" if answer_id else f"menu:{n}",
        "placeholder": plain_text(clean(menu.label, _PLACEHOLDER).strip() or "Ask…"),
    }
    left = min(_ROOM, room) - len(json.dumps(base))
    groups: dict[str, list[Json]] = {}
    for name, option in _options(menu, kept=answer_id is not None):
        left -= len(json.dumps(option)) + (0 if name in groups else len(json.dumps(_group(name, []))))
        if left < 0:
            break
        groups.setdefault(name, []).append(option)
    if not groups:
        return None
    if set(groups) == {""}:
        return base | {"options": groups[""]}
    return base | {"option_groups": [_group(name, options) for name, options in groups.items()]}


def chosen(value: str) -> tuple[str, ...] | int:
    """What an option's value asks: the words, or their place in the menu; raises BadRequest."""
    if found := _PLACE.fullmatch(value):
        return int(found[1])
    try:
        words = tuple(shlex.split(value))
    except ValueError:
        words = ()
    if not words:
        raise BadRequest("I can't read what this menu asks.", "Type the question instead.")
    return words


def kept_words(view: View, n: int, place: int) -> tuple[str, ...]:
    """The words at a place in the answer's nth menu; raises NotFound."""
    menus = [button for button in view.buttons if isinstance(button, Menu)]
    if n < len(menus) and place < len(menus[n].choices) and menus[n].choices[place].words:
        return menus[n].choices[place].words
    raise NotFound("This answer has no such question.", "Ask again.")


def _options(menu: Menu, *, kept: bool) -> Iterator[tuple[str, Json]]:
    """Each option once, with the group that it stands in."""
    seen: set[tuple[str, ...]] = set()
    for place, choice in enumerate(menu.choices):
        if choice.words in seen or not choice.words:
            continue
        seen.add(choice.words)
        value = _value(choice, place, kept=kept)
        if value:
            yield clean(choice.group, _TEXT).strip(), {"text": plain_text(_label(choice)), "value": value}


def _value(choice: Choice, place: int, *, kept: bool) -> str:
    typed = shlex.join(choice.words)
    if len(typed) <= OPTION_VALUE and typed.isascii() and typed.isprintable():
        return typed
    return f"#{place}" if kept else ""


def _label(choice: Choice) -> str:
    return clean(choice.label, _TEXT).strip() or clean(" ".join(choice.words), _TEXT).strip() or "–"


def _group(name: str, options: list[Json]) -> Json:
    return {"label": plain_text(name or "More"), "options": options}
