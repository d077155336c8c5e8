"""Values on their way to Athena and back: texts as SQL literals, cells as Python's own types.

Athena takes execution parameters of 1 to 1024 characters
(https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html).
"""

import re
from typing import Any

from pyathena.converter import DefaultTypeConverter

from bot.errors import BadRequest

LONGEST = 1024
"""Characters of one execution parameter, its quotes with it."""
# A lone surrogate is no character: it can't be sent as UTF-8.
_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BEGINNING = 40
# Everything that is no number and no boolean stays text, as the port wants it.
_AS_TEXT = (
    "array",
    "date",
    "json",
    "map",
    "row",
    "struct",
    "time",
    "time with time zone",
    "timestamp",
    "timestamp with time zone",
    "varbinary",
)


def literal(value: str) -> str:
    """Quote a text as one SQL string literal: `O'Hara` gives `'O''Hara'`.

    In Trino's literals nothing but the quote is special. Control characters, lone surrogates and what
    is longer than an execution parameter may be are refused (BadRequest): nothing of CloudTrail's that
    we look for holds any.
    """
    if _UNSAYABLE.search(value):
        raise BadRequest("The words hold control characters.", "Type them again, without pasting.")
    written = "'" + value.replace("'", "''") + "'"
    if len(written) > LONGEST:
        raise BadRequest(
            f"{value[:_BEGINNING]}… is too long to look for: {len(written):,} characters of SQL, and Athena takes "
            f"{LONGEST:,}.",
            "Look for a shorter beginning of it.",
        )
    return written


def plain_values() -> Any:
    """PyAthena's converter that gives numbers, booleans and None as such, all else as Athena's text."""
    converter = DefaultTypeConverter()
    for name in _AS_TEXT:
        converter.set(name, _text)
    converter.set("decimal", _number)
    return converter


def _text(value: str | None) -> str | None:
    return value


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)
