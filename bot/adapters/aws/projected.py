"""What a table's projection properties tell: how its days are written, since when, which accounts and regions.

https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

_AGO = re.compile(r"NOW(?:\s*-\s*(\d{1,5})\s*(YEAR|MONTH|WEEK|DAY)S?)?", re.IGNORECASE)
_DAY_FORMAT = "yyyy/MM/dd"
_DAY, _TWO = re.compile(r"\d{4}/\d\d/\d\d"), re.compile(r"\d\d")
_YEAR = re.compile(r"\d{4}")


def is_projected(properties: Mapping[str, str]) -> bool:
    """Whether partitions are computed; `properties` have their names in small letters, here and below."""
    return properties.get("projection.enabled", "").strip().lower() == "true"


def wrong_days(properties: Mapping[str, str], keys: Sequence[str]) -> str:
    """Why no day as 2026/09/08 could be found by these columns, in words that follow the table's name; else ""."""
    if len(keys) == 1:
        return _wrong_day(properties, keys[0])
    return next((words for key in keys[1:] if (words := _wrong_part(properties, key))), "")


def names(properties: Mapping[str, str], key: str | None) -> tuple[str, ...]:
    """The values of a column that enumerates them."""
    if not key or _kind(properties, key) != "enum":
        return ()
    values = (name.strip() for name in properties.get(f"projection.{key}.values", "").split(","))
    return tuple(name for name in values if name)


def first_day(properties: Mapping[str, str], keys: Sequence[str], today: date) -> date | None:
    """The first day that is projected; None where that is not said, or not understood."""
    first = properties.get(f"projection.{keys[0]}.range", "").partition(",")[0].strip()
    if len(keys) > 1:
        return date(int(first), 1, 1) if _YEAR.fullmatch(first) and int(first) else None
    if _kind(properties, keys[0]) != "date":
        return None
    if ago := _AGO.fullmatch(first):
        return _before(today, int(ago[1] or 0), (ago[2] or "DAY").upper())
    try:
        return datetime.strptime(first, "%Y/%m/%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None  # hours and such: Athena will read it, or say why not


def _wrong_day(properties: Mapping[str, str], key: str) -> str:
    form = properties.get(f"projection.{key}.format", "no format")
    match _kind(properties, key):
        case "date" if form.strip() != _DAY_FORMAT:
            return f"writes its days as {form[:40]} (projection.{key}.format), not as {_DAY_FORMAT}"
        case "enum" if not all(map(_DAY.fullmatch, names(properties, key))):
            return f"names days that are not written as {_DAY_FORMAT} (projection.{key}.values)"
        case "injected" | "integer" as kind:
            return f"computes its days as {kind} (projection.{key}.type), not as date"
        case _:
            return ""


def _wrong_part(properties: Mapping[str, str], key: str) -> str:
    match _kind(properties, key):
        case "integer" if properties.get(f"projection.{key}.digits", "").strip() != "2":
            return f"writes its {key}s without leading zeros (projection.{key}.digits is not 2)"
        case "enum" if not all(map(_TWO.fullmatch, names(properties, key))):
            return f"writes its {key}s without leading zeros (projection.{key}.values)"
        case "injected":
            return f"must be asked for one {key} at a time (projection.{key}.type)"
        case _:
            return ""


def _kind(properties: Mapping[str, str], key: str) -> str:
    return properties.get(f"projection.{key}.type", "").strip().lower()


def _before(today: date, number: int, unit: str) -> date | None:
    try:
        if unit in {"WEEK", "DAY"}:
            return today - timedelta(days=number * (7 if unit == "WEEK" else 1))
        year, month = divmod(today.year * 12 + today.month - 1 - number * (12 if unit == "YEAR" else 1), 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None  # before there were years
