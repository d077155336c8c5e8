"""Who pressed what, when, on what, and what came of it: kept for a year, told to the log as well."""

import hashlib
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.errors import Conflict
from bot.pipeline.filing import moment_rank
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.audit")
_LANE = "audit"
_KEPT = timedelta(days=400)
_REPLAYED = timedelta(hours=1)
_LONGEST = 500
"""Characters kept of each text: a title or a name may be anybody's, at any length."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One press: the person by Slack id and name ("" where Slack would not say), the act, the thing by its title, and what came of it."""

    user_id: str
    name: str
    act: str
    what: str
    channel: str
    result: str


def note(store: Store, pressed: Pressed, now: datetime) -> None:
    """Keep it, and say it in the log first; raises Upstream."""
    said = {name: _bounded(words) for name, words in asdict(pressed).items()}
    _log.info("pressed", **said)
    record_id = f"audit-{moment_rank(now)}-{secrets.token_hex(4)}"
    body = said | {"at": now.isoformat()}
    store.write(Record(record_id, body, 0, _LANE, moment_rank(now), now + _KEPT))


def claim(store: Store, click: str, now: datetime) -> bool:
    """Whether this click (any text) comes for the first time within the hour, in whichever replica; raises Upstream."""
    mark = hashlib.sha256(click.encode(errors="replace")).hexdigest()
    try:
        store.write(Record(f"click-{mark}", {}, 0, expires_at=now + _REPLAYED))
    except Conflict:
        return False
    return True


def presses(store: Store, since: datetime, most: int) -> list[dict[str, Any]]:
    """The last so many that were pressed since then, the oldest first; raises Upstream."""
    return list(deque(_all(store, since), maxlen=most))


def _all(store: Store, since: datetime) -> Iterator[dict[str, Any]]:
    after: Record | None = Record(_LANE, {}, lane=_LANE, rank=moment_rank(since))
    while page := store.lane(_LANE, 100, after):
        yield from (dict(record.body) for record in page)
        after = page[-1]


def _bounded(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
