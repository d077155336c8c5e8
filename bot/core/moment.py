"""A moment as AWS writes it: ISO 8601, RFC 1123 (Health), or epoch numbers."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

_ISO = TypeAdapter(datetime)
_YEARS = range(2000, 2200)
"""Outside of these a time is a mistake, and arithmetic with it might overflow."""


def read(value: Any) -> datetime | None:
    """The moment, aware and in UTC (a time without a zone is UTC); None for what is no time, never an error."""
    found = _iso(value) or _rfc1123(value)
    if found is None or found.year not in _YEARS:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


Moment = Annotated[datetime | None, BeforeValidator(read)]
"""The type of a model's field that may hold any of these, or nothing."""


def _iso(value: Any) -> datetime | None:
    try:
        return _ISO.validate_python(value)
    except ValidationError:
        return None


def _rfc1123(value: Any) -> datetime | None:
    try:
        return parsedate_to_datetime(value) if isinstance(value, str) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
