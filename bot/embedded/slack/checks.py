"""Small checks that add up to Block Kit's schema; each yields what is wrong, as Slack words it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .shapes import Json


@dataclass(frozen=True)
class Problem:
    """One thing wrong, at a JSON pointer; `code` and `constraint` are for blocks.validate."""

    pointer: str
    message: str
    code: str = "failed_constraint"
    constraint: str = ""

    def __str__(self) -> str:
        """Slack's one-line form."""
        return f"{self.message} [json-pointer:{self.pointer}]"

    def to_json(self) -> Json:
        """The entry of blocks.validate's `errors`."""
        told: Json = {"code": self.code, "message": self.message, "pointer": self.pointer}
        field = {"field": self.pointer.rpartition("/")[2]} if "/" in self.pointer else {}
        return told | field | ({"constraint": self.constraint} if self.constraint else {})


Check = Callable[[Any, str], Iterator[Problem]]


def string(most: int | None = None, least: int = 0) -> Check:
    """A string of so many characters."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string", constraint="type")
        elif most is not None and len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters", constraint="max_length")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters", constraint="min_length")

    return check


def link(most: int) -> Check:
    """An address: a scheme, a colon, and something after it."""
    long_enough = string(most, 1)

    def check(value: Any, at: str) -> Iterator[Problem]:
        yield from long_enough(value, at)
        if isinstance(value, str) and not value.partition(":")[2]:
            yield Problem(at, "must be a valid URL", constraint="format")

    return check


def one_of(*allowed: Any) -> Check:
    """One of these values."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in allowed:
            yield Problem(at, f"must be one of: {', '.join(map(str, allowed))}", constraint="enum")

    return check


def flag(value: Any, at: str) -> Iterator[Problem]:
    """A boolean."""
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean", constraint="type")


def anything(value: Any, at: str) -> Iterator[Problem]:  # noqa: ARG001 - a Check takes both
    """No demand that we are sure of."""
    yield from ()


def whole(least: int, most: int | None = None) -> Check:
    """A whole number in a range."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be an integer", constraint="type")
        elif value < least or (most is not None and value > most):
            yield Problem(at, f"must be between {least} and {most}", constraint="range")

    return check


def items(each: Check, most: int | None = None, least: int = 0) -> Check:
    """An array of so many items."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be an array", constraint="type")
            return
        if most is not None and len(value) > most:
            yield Problem(at, f"no more than {most} items allowed", constraint="max_items")
        if len(value) < least:
            yield Problem(at, f"no fewer than {least} items allowed", constraint="min_items")
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return check


def shape(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    strict: bool = True,
) -> Check:
    """An object with these fields; a `strict` one has no others."""
    musts, mays = required or {}, optional or {}
    known = {**musts, **mays}

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object", constraint="type")
            return
        for name in musts:
            if value.get(name) is None:
                yield Problem(at, f"missing required field: {name}", "missing_field")
        for name, inner in value.items():
            if name in known:
                if inner is not None:
                    yield from known[name](inner, f"{at}/{name}")
            elif strict and name != "type":
                yield Problem(at, f"invalid additional property: {name}", constraint="additional_property")

    return check


def by_type(table: Mapping[str, Check], allowed: frozenset[str] | None = None) -> Check:
    """An object checked by what its `type` says; `allowed` narrows the types of the table."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object", constraint="type")
            return
        kind = value.get("type")
        if kind is None:
            yield Problem(at, "missing required field: type", "missing_field")
        elif not isinstance(kind, str) or kind not in table or (allowed is not None and kind not in allowed):
            yield Problem(f"{at}/type", f"unsupported type: {kind}", constraint="enum")
        else:
            yield from table[kind](value, at)

    return check


def nullable(inner: Check) -> Check:
    """Null, or what `inner` wants."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if value is not None:
            yield from inner(value, at)

    return check


def any_of(*names: str) -> Check:
    """An object in which at least one of these fields is there."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not any(value.get(name) for name in names):
            yield Problem(at, f"missing required field: {names[0]}", "missing_field")

    return check


def both(*checks: Check) -> Check:
    """What every one of the checks wants."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        for each in checks:
            yield from each(value, at)

    return check
