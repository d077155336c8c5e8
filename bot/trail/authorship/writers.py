"""Which calls write which part of a resource: a table for the types that people ask about, verbs for all others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal, get_args

from bot.trail.authorship.services import source
from bot.trail.authorship.writers_table import TABLE

Effect = Literal["creates", "deletes", "adds", "removes", "sets", "clears"]
_EFFECTS: Mapping[str, Effect] = {one: one for one in get_args(Effect)}


@dataclass(frozen=True, slots=True)
class Writer:
    """What a call does to a resource, by its name alone.

    `parts` are patterns of what it may change (see `part`); `*` is anything. `known`: it stands in the table.
    `many`: one call names several resources, ours in a list. `implies`: what the part says afterwards, where the name
    alone tells (`stopped`).
    """

    effect: Effect
    parts: tuple[str, ...] = ("*",)
    known: bool = False
    many: bool = False
    implies: frozenset[str] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether it can change nothing but what its name says."""
        return self.known and "*" not in self.parts

    def writes(self, named: str) -> bool:
        """Whether it may change this part."""
        return any(fnmatchcase(named, one) for one in self.parts)


TAGS = "tags"
_TAG = re.compile(r"(Tags?|^Untag)($|[A-Z])|Tagging$")
_OUTER = frozenset({"configuration", "supplementary", "supplementaryconfiguration"})
_VERSION = re.compile(r"\d{4}_?\d{2}_?\d{2}(v\d+)?$")
_ADD = "Create|Run|Allocate|Register|Import|Launch|Add|Attach|Associate|Authorize|Grant|Copy|Restore"
_REMOVE = "Delete|Terminate|Release|Deregister|Remove|Detach|Disassociate|Revoke|Purge"
_SET = (
    "Put|Update|Modify|Set|Change|Reset|Replace|Enable|Disable|Start|Stop|Reboot|Apply|Rotate|Cancel|Upgrade|Move"
    "|Schedule|Failover|Promote|Switch|Assign|Unassign|Edit|Upload|Activate|Deactivate|Configure|Increase|Decrease"
)
_VERBS: tuple[tuple[Effect, str], ...] = (("adds", _ADD), ("removes", _REMOVE), ("sets", _SET))


def part(path: tuple[str, ...]) -> str:
    """The first field of a change's path that says which part of the resource it is: `ippermissions`."""
    inner = (squeezed(step) for step in path)
    named = next((step for step in inner if step not in _OUTER), "")
    return TAGS if re.search(r"^tags?$|tagging|tagset|taglist", named) else named


def squeezed(text: str) -> str:
    """Letters and digits alone, lower case."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def plain_name(event_name: str) -> str:
    """Without the API version that some services write behind it (`UpdateFunctionCode20150331v2`)."""
    return _VERSION.sub("", event_name)


def writer(resource_type: str, event_source: str, event_name: str) -> Writer | None:
    """What a call of this name does to a resource of this type; None for one that can't change it."""
    if event_source != source(resource_type):
        return None
    name = plain_name(event_name)
    if found := _table(resource_type).get(name):
        return found
    verb = next(((effect, rest) for effect, rest in _by_verb(name)), None)
    if _TAG.search(name) and (verb or re.match("Tag|Untag", name)):
        return Writer(_tagging(name), (TAGS,), known=True, many=True)
    if verb is None:
        return None
    return Writer(_whole(verb[0], squeezed(verb[1]), squeezed(resource_type.rpartition("::")[2])))


def _by_verb(name: str) -> list[tuple[Effect, str]]:
    found = ((effect, re.match(f"(?:{verbs})(?=[A-Z]|$)", name)) for effect, verbs in _VERBS)
    return [(effect, name[match.end() :]) for effect, match in found if match]


def _whole(effect: Effect, noun: str, kind: str) -> Effect:
    """Of the thing itself, to add is to create and to remove is to delete."""
    if noun.rstrip("s") != kind.rstrip("s"):
        return effect
    made: Mapping[Effect, Effect] = {"adds": "creates", "removes": "deletes"}
    return made.get(effect, effect)


def _tagging(name: str) -> Effect:
    if re.match("Untag|Delete|Remove", name):
        return "removes"
    return "sets" if name.startswith("Put") else "adds"


@cache
def _table(resource_type: str) -> Mapping[str, Writer]:
    """The type's lines of the table: names, effect, parts, what they imply."""
    found: dict[str, Writer] = {}
    for line in TABLE.get(resource_type, "").strip().splitlines():
        names, effect, parts, *implied = line.split()
        one = Writer(
            _EFFECTS[effect.removesuffix("+")],
            tuple(parts.split("|")),
            known=True,
            many=effect.endswith("+"),
            implies=frozenset(implied),
        )
        found |= dict.fromkeys(names.split("/"), one)
    return found
