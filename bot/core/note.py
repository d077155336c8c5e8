"""A note: something said once in a channel, such as the daily digest."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.sections import Chart
from bot.core.told import Attach, Memory, Move, Send, Told
from bot.core.view import View

_KEPT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Note:
    """One note; the same id is said once."""

    id: str
    channel: str
    view: View
    at: datetime
    told: Told = field(default_factory=Told)

    @property
    def rank(self) -> str:
        """Behind what nobody has seen."""
        return f"5 {self.at.isoformat()}"

    @property
    def rests_in(self) -> str | None:
        """Nowhere."""
        return None

    @property
    def expires_at(self) -> datetime:
        """Long after anybody would say it again."""
        return self.at + _KEPT


def next_move(note: Note) -> Move:
    """Say it, once; then put pictures of its charts below it."""
    if note.told.memory.tellings == 0:
        return Send("post", note.view, Memory(1))
    drawn = any(isinstance(part, Chart) for part in note.view.sections)
    return Attach(note.view) if drawn and note.told.ts and not note.told.attached else None
