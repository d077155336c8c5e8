"""Relationships that come and go, in words: `attached to i-0abc`, `no longer in subnet-0a1b`."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.configuration import kinds
from bot.core.configuration.change import Change
from bot.core.configuration.values import became
from bot.core.spoken import folded, short
from bot.core.text import Added, Line, Removed

_SAID = {"contained in": "in"}
_RELATION = re.compile(
    r"(?:is |are )?(contained in|attached to|associated with|contains|managed by|member of|used by|protected by)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"[a-z]+-[0-9a-f]{3,}")
"""Ids that say by themselves what they are (`i-0abc`)."""


def line(change: Change) -> Line:
    """What came or went; where only the relation itself is another one, that."""
    if len(change.path) > 2:  # noqa: PLR2004 - a field of a relationship that stays
        return (f"{change.path[1]}: ", *became(change.before, change.after))
    if change.kind == "removed":
        return (f"no longer {_relation(change.before)} ", Removed(_other(change.before)))
    return (f"{_relation(change.after)} ", Added(_other(change.after)))


def _relation(held: Mapping[str, Any]) -> str:
    """Config's words without the type at their end, which it sometimes leaves out."""
    said = str(held.get("relationshipName", ""))
    found = _RELATION.match(said)
    if not found:
        kind = str(held.get("resourceType", "")).rpartition("::")[2].lower()
        words = [word for word in said.split() if word.lower() not in ("is", "are", kind)]
        return folded(" ".join(words).lower(), 60) or "related to"
    return _SAID.get(found[1].lower(), found[1].lower())


def _other(held: Mapping[str, Any]) -> str:
    identity, name = str(held.get("resourceId", "")), str(held.get("resourceName", ""))
    if _TELLING.fullmatch(identity):
        return f"{identity} ({folded(name, 60)})" if name and name != identity else identity
    return f"{kinds.words(str(held.get('resourceType', '')))} {folded(name or short(identity), 80)}"
