"""An answer for programs: JSON as the outside contract has it, and CSV that a spreadsheet may open."""

import csv
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from bot.core.view import View
from bot.errors import NoroshiError
from bot.render.safe import clean, replace_hidden

# What a spreadsheet takes for a formula when a cell begins with it (OWASP: CSV injection), full-width forms too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")
_NAME = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def to_json(view: View) -> str:
    r"""The contract's "JSON of an answer"; times in UTC with `Z`, unknown as null.

    Hidden characters stand as `\u` escapes: the text does nothing to a terminal and parses to the same value.
    """
    return _dump(
        {
            "command": view.command,
            "request": view.request,
            "title": view.title,
            **view.totals,
            "rows": view.rows,
            "caveats": [{"code": caveat.code, "message": caveat.message} for caveat in view.caveats],
            "receipt": asdict(view.receipt) if view.receipt else None,
        }
    )


def error_json(error: NoroshiError) -> str:
    """`{"error": {"type", "message", "hint"}}`."""
    return _dump({"error": {"type": error.type, "message": error.message, "hint": error.hint}})


def to_csv(view: View) -> str:
    """All rows under the view's columns (else the first row's), quoted as RFC 4180 says, lists joined by `; `.

    A cell that a spreadsheet would run begins with an apostrophe; hidden characters are made visible
    (JSON has them as they are).
    """
    columns = view.columns or (tuple(view.rows[0]) if view.rows else ())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if columns:
        writer.writerow([_guarded(column) for column in columns])
    writer.writerows([_cell(row.get(column)) for column in columns] for row in view.rows)
    return out.getvalue()


def csv_name(view: View) -> str:
    """What the file is called: `noroshi-trail-who-accessed.csv`."""
    return f"noroshi-{_NAME.sub('-', view.command.lower()).strip('-')[:80] or 'answer'}.csv"


def plain_value(value: Any) -> Any:
    """A value as JSON has it: moments as text, mappings as dicts, every other sequence as a list, NaN as None."""
    match value:
        case Mapping():
            return {str(key): plain_value(each) for key, each in value.items()}
        case set() | frozenset():
            return sorted((plain_value(each) for each in value), key=str)
        case Sequence() if not isinstance(value, str | bytes | bytearray):
            return [plain_value(each) for each in value]
        case _:
            return _scalar(value)


def _scalar(value: Any) -> Any:
    match value:
        case Enum():
            return plain_value(value.value)
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            return float(value) if math.isfinite(value) else None
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _dump(value: Mapping[str, Any]) -> str:
    written = json.dumps(plain_value(value), ensure_ascii=False, indent=2, allow_nan=False)
    return replace_hidden(written, _escaped)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if not char.isascii() else f"\\u{ord(char):04x}"


def _cell(value: Any) -> str:
    match plain_value(value):
        case None:
            return ""
        case bool(truth):
            return str(truth).lower()
        case list(parts):
            return _guarded("; ".join(_part(part) for part in parts))
        case other:
            return _guarded(_part(other))


def _part(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _guarded(words: str) -> str:
    # Spreadsheets strip blanks of every kind before they look.
    begins = words.startswith(_BREAKS) or words.lstrip().startswith(_FORMULA)
    runs = begins and not _NUMBER.fullmatch(words)
    return ("'" if runs else "") + clean(words, lines=True)
