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
            "No call by {} is on record",
            "I can’t tell whether {} did anything",
            questions.user,
            about="principal",
        ),
        Kind(
            "who-did",
            "Who called {}",
            "No call of {} is on record",
            "I can’t tell whether anybody called {}",
            questions.who_did,
            lambda event: need_of(event.rpartition(":")[2], _source(event)),
            about="event_name",
        ),
        Kind(
            "key",
            "What key {} did",
            "No call with key {} is on record",
            "I can’t tell whether key {} did anything",
            questions.key,
            about="access_key_id",
        ),
        Kind(
            "ip",
            "What came from {}",
            "No call from {} is on record",
            "I can’t tell whether anything came from {}",
            questions.ip,
            about="address",
        ),
        Kind(
            "resource",
            "Who touched {}",
            "No call on {} is on record",
            "I can’t tell whether anybody touched {}",
            questions.resource,
            about="resource_id",
        ),
        Kind(
            "denied",
            "What was refused",
            "No refused call is on record",
            "I can’t tell whether anything was refused",
            lambda _: questions.denied(),
            grouped=True,
        ),
        Kind(
            "logins",
            "Who signed in to the console",
            "No sign-in to the console is on record",
            "I can’t tell whether anybody signed in",
            lambda _: questions.logins(),
            lambda _: Need(reads=False, sources=("signin.amazonaws.com",)),
        ),
        Kind(
            "root",
            "What root did",
            "No call by root is on record",
            "I can’t tell whether root did anything",
            lambda _: questions.root(),
        ),
        Kind(
            "changes",
            "What changed",
            "No change is on record",
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
