"""How much fits in one Slack message, counted the most careful way."""

import json
from typing import Any

# Slack refuses a message whose blocks are "12,000 text characters with a buffer" (slackapi/bolt-js#2509),
# and has refused 11,341 (#2867). It does not say what it counts, so count all: the JSON, escapes included.
MESSAGE = 11_800
_BLOCKS = 40  # of 50: header, table, caveats, receipt, buttons and a mention have the others


def weight(value: Any) -> int:
    """Characters of JSON, every non-ASCII character escaped."""
    return len(json.dumps(value, separators=(",", ":"))) + 1


class Room:
    """What is left of a message: characters and blocks."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.blocks = _BLOCKS

    def take(self, *blocks: Any) -> bool:
        """Take the place of all these blocks, or none."""
        cost = sum(weight(block) for block in blocks)
        if cost > self.characters or len(blocks) > self.blocks:
            return False
        self.characters -= cost
        self.blocks -= len(blocks)
        return True
