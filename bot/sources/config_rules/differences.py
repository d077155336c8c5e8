"""What changed, in words: paths and values as Config sends them become `inbound rules: added tcp 22 from …`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.configuration import fields
from bot.core.configuration.change import Change as ItemChange
from bot.core.configuration.kinds import split
from bot.core.configuration.noise import is_noise
from bot.core.spoken import folded, sentence
from bot.core.text import Code, Line, Piece
from bot.sources.config_rules.doors import rule_words
from bot.sources.config_rules.item import Property

_NAMED_BY = (
    "policyName",
    "policyArn",
    "groupName",
    "instanceProfileName",
    "destinationCidrBlock",
    "userName",
    "groupId",
    "name",
    "key",
)
_SHOWN = 5
_DOCUMENT = re.compile(r"\s*(?:%7B|[{\[])")
"""JSON as text, percent-encoded in IAM: a policy, not for reading in a channel."""


@dataclass(slots=True)
class Part:
    """One part of a resource: what it held and no longer does, what it holds and did not."""

    name: str
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Drop what only moved to another index."""
        for label in [label for label in self.removed if label in self.added]:
            self.removed.remove(label)
            self.added.remove(label)


def parts(properties: Mapping[str, Property], resource_type: str) -> tuple[Part, ...]:
    """The parts that changed; relationships and what moves by itself left out, so this may be empty."""
    found: dict[str, Part] = {}
    for path, changed in sorted(properties.items()):
        name = _name(path, resource_type)
        if name is None:
            continue
        part = found.setdefault(name, Part(name))
        part.removed.extend(_labels(changed.previous_value))
        part.added.extend(_labels(changed.updated_value))
    for part in found.values():
        part.settle()
    return tuple(found.values())


def line(part: Part) -> Line:
    """`Inbound rules: added …; removed …`; only the part's name where its content is not for reading."""
    name = sentence(part.name)
    if len(part.removed) == len(part.added) == 1:
        return (f"{name}: ", Code(part.removed[0]), " became ", Code(part.added[0]))
    sides = [("added ", part.added), ("removed ", part.removed)]
    said = [_side(verb, labels) for verb, labels in sides if labels]
    if not said:
        return (f"{name} changed",)
    return (f"{name}: ", *(piece for n, side in enumerate(said) for piece in (("; ", *side) if n else side)))


def _side(verb: str, labels: list[str]) -> Line:
    shown: list[Piece] = [
        piece
        for n, label in enumerate(labels[:_SHOWN])
        for piece in ((", ", Code(label)) if n else (Code(label),))
    ]
    more = (f" and {len(labels) - _SHOWN:,} more",) if len(labels) > _SHOWN else ()
    return (verb, *shown, *more)


def _name(path: str, resource_type: str) -> str | None:
    """The part's name of a path; None for relationships and what moves by itself."""
    steps = [part for part in path.split(".") if part]
    head, *rest = [part for part in steps if not part.isdigit()] or [""]
    if head == "Relationships" or is_noise(ItemChange(tuple(steps), "changed"), resource_type):
        return None
    if head == "Tags":
        return "tags"
    inner = f" ({', '.join(split(part) for part in rest[1:3])})" if rest[1:] else ""
    return f"{fields.words(rest[0]) if rest else 'configuration'}{inner}"


def _labels(value: Any) -> list[str]:
    """What to call a value: rules by port and address, policies by name, short words as they are."""
    if isinstance(value, list):
        return [label for inner in value for label in _labels(inner)]
    if isinstance(value, Mapping):
        rules = rule_words(value)
        return (
            rules or [folded(value[name], 120) for name in _NAMED_BY if isinstance(value.get(name), str)][:1]
        )
    if isinstance(value, bool):
        return ["on" if value else "off"]
    if value in (None, "", "null") or (isinstance(value, str) and _DOCUMENT.match(value)):
        return []
    return [folded(value, 80)]
