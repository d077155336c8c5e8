"""What is said of a setting that makes no sense: its name, its line or variable, what is wrong, what may stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from bot.core.written import nearest
from bot.errors import BadRequest
from bot.toml_lines import line_of

Steps = Sequence[str | int]
"""The way to a setting: names of tables and keys, and places (from 0) in lists of tables."""

_NUMBERED = {"routes": "route", "accounts": "account"}


@dataclass(frozen=True)
class Written:
    """Where settings are written: the file (it need not be there), and the environment over it."""

    file: Path
    environment: Mapping[str, str]

    def place(self, steps: Steps) -> str:
        """`noroshi.toml, line 14`, or the variable; "" for what stands in neither."""
        name = variable(steps)
        if self._in_environment(name):
            return name
        line = line_of(self.file.read_text(encoding="utf-8"), steps) if self.file.is_file() else None
        return f"{self.file.name}, line {line}" if line else ""

    def _in_environment(self, name: str) -> bool:
        return any(each.upper() == name or each.upper().startswith(f"{name}__") for each in self.environment)


def told(problem: Mapping[str, Any], settings: type[BaseModel], written: Written) -> BadRequest:
    """One of pydantic's errors about the settings, in words."""
    steps: Steps = problem["loc"]
    name = ".".join(step for step in steps if isinstance(step, str))
    place = written.place(steps)
    between = "; " if ", line " in place else " of "
    where = between.join(part for part in (numbered(steps), place) if part)
    taught = problem.get("ctx", {}).get("hint") or _nearest(steps, settings)
    look = place if ", line " in place else f"{variable(steps)}, or at {name} in {written.file.name}"
    return BadRequest(
        f"The setting {name} makes no sense{f' ({where})' if where else ''}: {_says(problem)}.",
        taught or f"Look at {look}.",
    )


def numbered(steps: Steps) -> str:
    """`route 3`, as people count; "" for what is in no list."""
    for table, n in pairwise(steps):
        if table in _NUMBERED and isinstance(n, int):
            return f"{_NUMBERED[table]} {n + 1}"
    return ""


def variable(steps: Steps) -> str:
    """The variable that sets it, or the list it is in."""
    names = []
    for step in steps[:2]:
        if isinstance(step, int):
            break
        names.append(step.upper())
    return f"NOROSHI_{'__'.join(names)}"


def _says(problem: Mapping[str, Any]) -> str:
    words = {
        "extra_forbidden": "there is no such setting",
        "string_type": "it must be a text, in quotes",
        "tuple_type": "it must be a text in quotes, or a list of them",
        "missing": "it must be set",
        "model_type": "it must be a table of keys",
    }
    message = str(problem["msg"]).removeprefix("Value error, ")
    return words.get(problem["type"], message[:1].lower() + message[1:])


def _nearest(steps: Steps, settings: type[BaseModel]) -> str:
    """The name that was meant, for one that is none."""
    last, names = steps[-1], _siblings(steps, settings)
    if isinstance(last, int) or not names or last in names:
        return ""
    found = nearest(last, names)
    whole = ".".join(step for step in (*steps[:-1], found) if isinstance(step, str))
    return f"Did you mean {whole}?" if found else f"There is {', '.join(names)}."


def _siblings(steps: Steps, model: type[BaseModel]) -> list[str]:
    for step in steps[:-1]:
        if isinstance(step, int):
            continue
        kind = model.model_fields[step].annotation if step in model.model_fields else None
        inner = [
            one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, BaseModel)
        ]
        if not inner:
            return []
        model = inner[0]
    return [*model.model_fields]
