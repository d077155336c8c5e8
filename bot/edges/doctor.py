"""`noroshi doctor`: looks at everything the bot needs, and names each thing missing and its fix."""

from collections.abc import Sequence
from typing import Any

from bot.core.check import Check, Found
from bot.core.sections import Column, Table
from bot.core.text import Code, Line, Strong
from bot.core.view import View
from bot.errors import BadRequest, NoroshiError

_WORDS = {"ok": "ok", "missing": "MISSING", "off": "off"}


def examine(checks: Sequence[Check], only: str | None = None) -> View:
    """One row a check, nothing left out: one that fails does not stop the rest."""
    parts = sorted({check.part for check in checks})
    if only and only not in parts:
        raise BadRequest(f"There is no part {only!r} to look at.", f"Parts: {', '.join(parts)}.")
    found = [(check, _look(check)) for check in checks if only in (None, check.part)]
    missing = sum(one.state == "missing" for _, one in found)
    return View(
        title=f"{missing} of {len(found)} things need you"
        if missing
        else f"All {len(found)} checks are well",
        sections=(
            Table(
                (Column(""), Column("what"), Column("found"), Column("fix")),
                tuple(_line(*one) for one in found),
            ),
        ),
        command="doctor",
        request={"only": only},
        rows=tuple(_row(*one) for one in found),
    )


def well(view: View) -> bool:
    """Whether nothing is missing."""
    return all(row["state"] != "missing" for row in view.rows)


def _look(check: Check) -> Found:
    try:
        return check.look()
    except NoroshiError as error:
        return Found("missing", error.message, error.hint)


def _row(check: Check, found: Found) -> dict[str, Any]:
    return {
        "part": check.part,
        "check": check.name,
        "state": found.state,
        "message": found.message,
        "fix": found.fix or None,
    }


def _line(check: Check, found: Found) -> tuple[Line, ...]:
    word = _WORDS[found.state]
    return (
        (Strong(word) if found.state == "missing" else word,),
        (f"{check.part}: {check.name}",),
        (found.message,),
        (Code(found.fix) if found.fix else "",),
    )
