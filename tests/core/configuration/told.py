"""What is said of two items: lines, dangers, how much is noise."""

import json

from bot.core.configuration.dangers import flags
from bot.core.configuration.diff import differ
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import item


def told(old, new):
    """A line a change, a danger behind them, how many changes are noise."""
    difference = differ(old, new)
    said = [plain(one) for one in lines(difference.changes, new.resource.type)]
    noise = [f"~ {len(difference.noise)}"] if difference.noise else []
    return [*said, *(f"! {flag.words}" for flag in flags(old, new)), *noise]


def pair(resource_type, old, new, before=None, after=None, **said):
    """Two items; `before` and `after` are the supplementary configurations, as text within."""
    texts = [{name: json.dumps(held) for name, held in (side or {}).items()} for side in (before, after)]
    return [
        item(resource_type, held, supplementary=text, **said)
        for held, text in zip((old, new), texts, strict=True)
    ]
