"""Where something stands in a TOML text: tomllib tells values, but not their lines."""

import tomllib
from collections.abc import Sequence
from typing import Any


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) where what is at `path` begins, or the nearest thing around it; None if there is nothing.

    An entry of an array in one statement stands where the statement begins. Whatever way TOML has to
    write it, it is there from the first beginning of the text that parses and holds it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    begins, line, depth = 1, None, 0
    for n in range(1, len(lines) + 1):
        try:
            parsed = tomllib.loads("\n".join(lines[:n]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a statement
        if (held := _depth(parsed, path)) > depth:
            line, depth = begins, held
        if depth == len(path):
            break
        begins = n + 1
    return line


def _depth(parsed: Any, path: Sequence[str | int]) -> int:
    """How many steps of the path lead to something."""
    for depth, step in enumerate(path):
        match parsed, step:
            case dict(), str() if step in parsed:
                parsed = parsed[step]
            case list(), int() if step < len(parsed):
                parsed = parsed[step]
            case _:
                return depth
    return len(path)
