"""A whole difference as plain text, for a file: nothing is cut in it."""

import json
from collections.abc import Iterator

from bot.core.configuration.change import Change, Difference
from bot.core.configuration.values import masked
from bot.core.configuration.words import line, path
from bot.core.text import plain


def full(difference: Difference, resource_type: str) -> str:
    """Every change: in words, then where it is and both sides as JSON; what moves by itself last.

    Only what environment variables hold that are called like secrets is not in it.
    """
    parts = [_told(one, resource_type) for one in difference.changes]
    if difference.noise:
        parts += ["Moves by itself:", *(_told(one, resource_type) for one in difference.noise)]
    return "\n\n".join(parts) + "\n" if parts else "Nothing differs.\n"


def _told(change: Change, resource_type: str) -> str:
    return "\n".join((plain(line(change, resource_type)), f"@ {path(change)}", *_sides(change)))


def _sides(change: Change) -> Iterator[str]:
    for sign, side, unless in (("-", change.before, "added"), ("+", change.after, "removed")):
        if change.kind != unless:
            text = json.dumps(masked(side, change.path), indent=2, ensure_ascii=False, default=str)
            yield from (f"{sign} {one}" for one in text.split("\n"))
