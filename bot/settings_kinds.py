"""The kinds of values that settings have: read as people write them, told in words where they make no sense."""

import json
import re
from collections.abc import Callable
from datetime import time
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from bot.core import written
from bot.errors import BadRequest

Read = TypeVar("Read")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As settings name them, in the order of `date.weekday`."""

_STORE = re.compile(r"sqlite:///.+|dynamodb://[A-Za-z0-9_.-]{3,255}")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def fault(what: str, hint: str = "") -> PydanticCustomError:
    """What makes no sense, in words that go on after a colon, and the next step."""
    return PydanticCustomError("noroshi", "{what}", {"what": what, "hint": hint})


def fault_at(path: tuple[str | int, ...], what: str, hint: str = "") -> ValidationError:
    """The same for something further in, where only the whole shows the fault."""
    return ValidationError.from_exception_data(
        "settings", [{"type": fault(what, hint), "loc": path, "input": None}]
    )


def _taught(read: Callable[[Any], Read]) -> Callable[[Any], Read]:
    """The reader, whose BadRequest pydantic takes for a fault of the setting."""

    def reading(value: Any) -> Read:
        try:
            return read(value)
        except BadRequest as error:
            raise fault(error.message, error.hint) from error

    return reading


def _several(value: object) -> object:
    """One value, several behind commas, or a JSON list: as people type them into an environment."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return tuple(part.strip() for part in value.split(",") if part.strip())


def tables(value: object) -> object:
    """Tables of a file, or a JSON list of objects in an environment."""
    two_brackets = "Write [[…]] in the file, with two brackets, or a JSON list of objects in the environment."
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise fault("it is no JSON", two_brackets) from error
    if not isinstance(value, list | tuple):
        raise fault("it is no list", two_brackets)
    return value


def each(read: Callable[[str], object]) -> AfterValidator:
    """Every one of several is looked at; they stay as they were written."""

    def look(words: tuple[str, ...]) -> tuple[str, ...]:
        if not words:
            raise fault("it names nothing", "Leave it out, and it takes any.")
        for word in words:
            read(word)
        return words

    return AfterValidator(_taught(look))


def _store(written_as: str) -> str:
    if not _STORE.fullmatch(written_as):
        raise fault("it names no store", "Write sqlite:///noroshi.db, or dynamodb:// and the table's name.")
    return written_as


def _clock(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value.strip())
    if value.strip() and not found:
        raise fault("it is no time of day", "Write it like 09:00, or leave it empty for none.")
    return time(int(found[1]), int(found[2])) if found else None


def _clocks(value: object) -> object:
    several = _several(value)
    if not isinstance(several, list | tuple):
        return several
    found = {_clock(each) for each in several}
    return tuple(sorted(each for each in found if isinstance(each, time)))


def _account_id(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{12}", value):
        raise fault("an account's id is twelve digits, in quotes", 'Write it like "111122223333".')
    return value


def _weekday(value: object) -> object:
    if value is None or not isinstance(value, str):
        return value
    said = value.strip().lower()
    if said and said not in WEEKDAYS:
        raise fault("it is no day of the week", "Write it like monday, or leave it empty for none.")
    return said or None


Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,128}$")]
AccountId = Annotated[str, BeforeValidator(_account_id)]
Channel = Annotated[str, AfterValidator(_taught(written.channel))]
Mention = Annotated[str, AfterValidator(_taught(written.mention))]
Holders = Annotated[Several, AfterValidator(_taught(lambda words: tuple(map(written.holder, words))))]
StoreUrl = Annotated[str, AfterValidator(_store)]
Clock = Annotated[time | None, BeforeValidator(_clock)]
Clocks = Annotated[tuple[time, ...], BeforeValidator(_clocks)]
Weekday = Annotated[str | None, BeforeValidator(_weekday)]
Minutes = Annotated[float, Field(ge=0, le=60 * 24 * 366, allow_inf_nan=False)]
