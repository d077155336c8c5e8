"""The words for the real events, held by digest: neither the events nor their text may be in this project.

After a change of words, read them and renew the digests:

    python -m tests.sources.real_words            prints what became other than it was
    python -m tests.sources.real_words --all      prints all of them
    python -m tests.sources.real_words --write    keeps the present words' digests
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.core.alert import Quiet
from bot.core.event import Event
from bot.pipeline.reading import read
from bot.sources import SOURCES
from tests.sources.real import DATA, calls, real
from tests.sources.said import words

KEPT = Path(__file__).with_name("real_words.json")


def told() -> Iterator[tuple[Event, list[str]]]:
    """Each event and its words; CloudTrail's quiet calls are left out, they are nearly all."""
    for event in real():
        yield event, _words(event)
    for event in calls(*(folder.name for folder in sorted((DATA / "cloudtrail").iterdir()))):
        if not isinstance(read(event, SOURCES), Quiet):
            yield event, _words(event)


def digests() -> dict[str, str]:
    """The first 16 hex digits of the event's digest, to the same of its words."""
    return {digest([event.source, event.detail]): digest(said) for event, said in told()}


def digest(value: object) -> str:
    """The same for the same JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


def _words(event: Event) -> list[str]:
    said = read(event, SOURCES)
    return [f"(quiet: {said.reason})"] if isinstance(said, Quiet) else words(said)


def _main(asked: list[str]) -> None:
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    shown = set()
    for event, said in told():
        new = kept.get(digest([event.source, event.detail])) != digest(said)
        if (new or "--all" in asked) and digest(said) not in shown:
            shown.add(digest(said))
            sys.stdout.write("\n    ".join(said) + "\n")
    if "--write" in asked:
        KEPT.write_text(json.dumps(dict(sorted(digests().items())), indent=0) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
