"""DuckDB's values as the port gives them: text, int, float, bool or None, the same as from Athena."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

Plain = str | int | float | bool | None


def plain_value(value: object) -> Plain:
    """Numbers and truths as they are; all else in Athena's words: `2026-09-08 03:11:00.000 UTC`, `[a, b]`, `{k=v}`."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Decimal():
            return float(value)
        case datetime():
            return _moment(value)
        case Mapping():
            return "{" + ", ".join(f"{key}={_inside(item)}" for key, item in value.items()) + "}"
        case Sequence():
            return "[" + ", ".join(_inside(item) for item in value) + "]"
        case _:
            return str(value)


def _inside(value: object) -> str:
    plain = plain_value(value)
    if isinstance(plain, bool):
        return str(plain).lower()
    return "null" if plain is None else str(plain)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat(" ", "milliseconds")
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(' ', 'milliseconds')} UTC"
