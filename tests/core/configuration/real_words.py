"""The diffs of the real pairs, held by digest: neither the items nor their text may be in this project.

After a change of words, read them and renew the digests:

    python -m tests.core.configuration.real_words            prints what became other than it was
    python -m tests.core.configuration.real_words --all      prints all of them
    python -m tests.core.configuration.real_words --write    keeps the present words' digests
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.core.configuration.dangers import flags
from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item
from bot.core.configuration.words import lines, path
from bot.core.text import plain
from tests.core.configuration.real import Pair, key, pairs
from tests.sources.real_words import digest

KEPT = Path(__file__).with_name("real_words.json")


def told() -> Iterator[tuple[Pair, list[str]]]:
    """Each pair and what is said of it: lines, dangers, what is noise."""
    for pair in pairs():
        yield pair, words(pair.old, pair.new)


def words(old: Item, new: Item) -> list[str]:
    """A line a change, a danger (`!`), a noise (`~`)."""
    difference = differ(old, new)
    said = [plain(one) for one in lines(difference.changes, new.resource.type)]
    dangers = [f"! {one.code}: {one.words}" for one in flags(old, new)]
    return [*said, *dangers, *(f"~ {path(one)}" for one in difference.noise)]


def digests() -> dict[str, str]:
    """The pair's digest to the same of its words."""
    return {digest([key(pair.old), key(pair.new)]): digest(said) for pair, said in told()}


def _main(asked: list[str]) -> None:
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for pair, said in told():
        if "--all" in asked or kept.get(digest([key(pair.old), key(pair.new)])) != digest(said):
            sys.stdout.write("\n    ".join((f"{pair.new.resource.type} ({pair.source})", *said)) + "\n")
    if "--write" in asked:
        KEPT.write_text(json.dumps(dict(sorted(digests().items())), indent=0) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
