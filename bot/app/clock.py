"""The clock that everything which is put together here goes by."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)
