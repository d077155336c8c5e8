"""An event: what reached us about AWS, out of its wrapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One event of EventBridge's shape, or `source` "unknown" with the whole body in `detail`.

    `carriers` names the wrappings it came in, outermost first (`sns`, `eventbridge`).
    """

    source: str
    detail_type: str
    detail: Mapping[str, Any]
    event_id: str | None = None
    account_id: str | None = None
    region: str | None = None
    at: datetime | None = None
    carriers: tuple[str, ...] = ()
