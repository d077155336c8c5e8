"""Who pressed what, when, on what, and what came of it: kept for a year, told to the log as well."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import structlog

from bot.errors import Conflict
from bot.pipeline.filing import moment_rank
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.audit")
_LANE = "audit"
_KEPT = timedelta(days=400)
_REPLAYED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pressed:
    """One press: the person by Slack id and name, the act, the thing by its title, and `done` or why not."""

    user_id: str
    name: str
    act: str
    what: str
    channel: str
    result: str


def note(store: Store, pressed: Pressed, now: datetime) -> None:
    """Keep it; raises Upstream."""
    _log.info("pressed", **asdict(pressed))
    record_id = f"audit-{moment_rank(now)}-{secrets.token_hex(4)}"
    body = asdict(pressed) | {"at": now.isoformat()}
    store.write(Record(record_id, body, 0, _LANE, moment_rank(now), now + _KEPT))


def claim(store: Store, click: str, now: datetime) -> bool:
    """Whether this click comes for the first time, in whichever replica; raises Upstream."""
    try:
        store.write(Record(f"click-{click}", {}, 0, expires_at=now + _REPLAYED))
    except Conflict:
        return False
    return True


def presses(store: Store, since: datetime, most: int = 1_000) -> list[dict[str, Any]]:
    """What was pressed since then, the oldest first; raises Upstream."""

    def all_of_them() -> Iterator[dict[str, Any]]:
        after: Record | None = Record(_LANE, {}, lane=_LANE, rank=moment_rank(since))
        while page := store.lane(_LANE, 100, after):
            yield from (dict(record.body) for record in page)
            after = page[-1]

    return list(islice(all_of_them(), most))
