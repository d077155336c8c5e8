"""What may be changed about a finding, and how a button names it."""

import re
from collections.abc import Mapping
from typing import Final

from bot.core.alert import Finding

CHANGES: Final[Mapping[str, str]] = {
    "archive": "Archive it",
    "unarchive": "Take it out of the archive",
    "useful": "Say it was of use",
    "not-useful": "Say it was of no use",
    "suppress": "Hide findings like it…",
}
"""By what they are called in the terminal: what the menu under a finding says."""
DONE: Final[Mapping[str, str]] = {
    "archive": "archived",
    "unarchive": "taken out of the archive",
    "useful": "judged to be of use",
    "not-useful": "judged to be of no use",
}
"""What came of it: `is archived`."""
_NAMED = re.compile(r"([a-z-]{1,20}) (\d{0,12})/([a-z0-9-]{1,40})/([A-Za-z0-9-]{1,64})")


def value(change: str, finding: Finding) -> str:
    """How a menu's option names both."""
    return f"{change} {finding.account_id}/{finding.region}/{finding.finding_id}"


def named(said: str) -> tuple[str, Finding] | None:
    """The change and the finding again; None for what names none."""
    found = _NAMED.fullmatch(said)
    if found is None or found[1] not in CHANGES:
        return None
    return found[1], Finding(found[2], found[3], found[4])


def offered(*, archived: bool) -> tuple[str, ...]:
    """What fits a finding that is archived, or is not."""
    return tuple(each for each in CHANGES if each != ("archive" if archived else "unarchive"))
