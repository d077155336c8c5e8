"""What must outlive the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """One document of the store.

    `body` is JSON-ready, at most 350,000 bytes as JSON; an id and a lane have 1 to 512 bytes of UTF-8, a rank
    at most 255: more is BadRequest. `version` counts its writes; 0 is not stored yet. It may stand in one
    `lane`, there ordered by `rank` (then id), texts compared by code point. After `expires_at` (aware) it is
    as if it had never been.
    """

    id: str
    body: Mapping[str, Any]
    version: int = 0
    lane: str | None = None
    rank: str = ""
    expires_at: datetime | None = None


class Store(Protocol):
    """What must outlive the process: SQLite's file, or DynamoDB for several replicas. All raise Upstream."""

    def read(self, *ids: str) -> Mapping[str, Record]:
        """Those of the records that are there, as last written by anybody (at most 100)."""

    def write(self, *records: Record) -> None:
        """All or none, durably (at most 100 records, each id once).

        Each record's `version` is the one it was read with; it is stored with one more. Raises Conflict
        when any of them is another by now.
        """

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        """The first records of a lane, behind `after`; may lag a moment behind `write`."""

    def close(self) -> None:
        """Let go of what it holds; nothing is asked of it after that."""
