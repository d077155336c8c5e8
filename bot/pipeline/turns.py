"""Turns: what somebody has begun, nobody begins again until it ends, in whichever replica."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Conflict
from bot.ports import Record, Store


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has it and since when; `mine` is whether it was just taken."""

    name: str
    by: str
    at: datetime
    mine: bool


def take(store: Store, name: str, by: str, now: datetime, longest: timedelta) -> Turn:
    """Begin it, for at most so long, if nobody has it; whose it is then. Raises Upstream."""
    try:
        store.write(Record(_id(name), {"by": by, "at": now.isoformat()}, expires_at=now + longest))
    except Conflict:
        known = store.read(_id(name)).get(_id(name))
        began = datetime.fromisoformat(str(known.body["at"])) if known else now
        return Turn(name, str(known.body["by"]) if known else "somebody", began, mine=False)
    return Turn(name, by, now, mine=True)


def end(store: Store, turn: Turn, now: datetime) -> None:
    """Let others begin it, unless it took too long and is another's by now; raises Conflict, Upstream."""
    known = store.read(_id(turn.name)).get(_id(turn.name))
    if known and known.body.get("at") == turn.at.isoformat():
        store.write(Record(known.id, known.body, known.version, expires_at=now - timedelta(seconds=1)))


def _id(name: str) -> str:
    return f"turn-{name}"
