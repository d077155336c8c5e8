"""Event patterns that reach into arrays of objects, which moto's do not.

One object of an array must fit all that a pattern says of it (docs: EventBridge's own matcher, aws/event-ruler,
JSON Array Matching).
"""

from collections.abc import Iterator, Mapping
from typing import Any

Pattern = Mapping[str, Any]


def readings(event: Any, pattern: Pattern) -> Iterator[Any]:
    """The event with one object in the place of each array that the pattern reaches into, for every choice of one.

    The event fits the pattern if any of these does.
    """
    if isinstance(event, list):
        for each in event or [None]:
            yield from readings(each, pattern)
    elif isinstance(event, Mapping):
        yield from _choices(event, pattern)
    else:
        yield event


def _choices(event: Mapping[str, Any], pattern: Pattern) -> list[dict[str, Any]]:
    made = [dict(event)]
    for name, wanted in _fields(pattern):
        if isinstance(wanted, Mapping) and name in event:
            made = [one | {name: each} for one in made for each in readings(one[name], wanted)]
    return made


def _fields(pattern: Pattern) -> Iterator[tuple[str, Any]]:
    for name, wanted in pattern.items():
        if name == "$or":
            for each in wanted:
                yield from _fields(each)
        else:
            yield name, wanted
