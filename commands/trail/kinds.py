"""The questions that list calls: what each asks, what it says, what it depends on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.coverage.data_events import need_of
from bot.core.coverage.need import ANY_DATA, ANYTHING, Need
from bot.trail import questions
from bot.trail.rows import Calls


@dataclass(frozen=True, slots=True)
class Kind:
    """One question. `{}` in its texts is what was asked about.

    `found`, `nobody` and `blind` are the title's words where there are calls, where there are none, and where
    there are none and nobody can tell. `grouped` is true where kinds of calls are shown instead of calls.
    """

    name: str
    found: str
    nobody: str
    blind: str
    calls: Callable[[str], Calls]
    need: Callable[[str], Need] = lambda _: ANYTHING
    grouped: bool = False
    about: str = ""
    """What is asked about, as click names the argument; "" where nothing is."""


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            "user",
            "What {} did",
            "{} did nothing",
            "I can’t tell whether {} did anything",
            questions.user,
            about="principal",
        ),
        Kind(
            "who-did",
            "Who called {}",
            "Nobody called {}",
            "I can’t tell whether anybody called {}",
            questions.who_did,
            lambda event: need_of(event.rpartition(":")[2], _source(event)),
            about="event",
        ),
        Kind(
            "key",
            "What key {} did",
            "Key {} did nothing",
            "I can’t tell whether key {} did anything",
            questions.key,
            about="access_key_id",
        ),
        Kind(
            "ip",
            "What came from {}",
            "Nothing came from {}",
            "I can’t tell whether anything came from {}",
            questions.ip,
            about="address",
        ),
        Kind(
            "resource",
            "Who touched {}",
            "Nobody touched {}",
            "I can’t tell whether anybody touched {}",
            questions.resource,
            about="resource_id",
        ),
        Kind(
            "denied",
            "What was refused",
            "Nothing was refused",
            "I can’t tell whether anything was refused",
            lambda _: questions.denied(),
            grouped=True,
        ),
        Kind(
            "logins",
            "Who signed in to the console",
            "Nobody signed in to the console",
            "I can’t tell whether anybody signed in",
            lambda _: questions.logins(),
            lambda _: Need(reads=False, sources=("signin.amazonaws.com",)),
        ),
        Kind(
            "root",
            "What root did",
            "Root did nothing",
            "I can’t tell whether root did anything",
            lambda _: questions.root(),
        ),
        Kind(
            "changes",
            "What changed",
            "Nothing was changed",
            "I can’t tell whether anything was changed",
            lambda _: questions.changes(),
            lambda _: Need(reads=False, data=ANY_DATA),
            grouped=True,
        ),
    )
}


def _source(event: str) -> str:
    service = event.rpartition(":")[0]
    return f"{service.lower()}.amazonaws.com" if service else ""
