"""A request to change a bucket: who asked, who decided, what came of it. Every step is allowed from one state only."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.core.approval.change import Change
from bot.core.problem import Mark
from bot.core.public.bucket import Bucket
from bot.core.told import Told
from bot.errors import BadRequest, Forbidden

State = Literal["asked", "refused", "applying", "applied", "stopped", "undoing", "undone"]
_KEPT = timedelta(days=400)
HASTE = timedelta(minutes=1)
"""A change that has not reached AWS by then is not begun any more."""
BROKEN_OFF = timedelta(minutes=3)
"""A change that takes longer was broken off: whoever made it died. Longer than `HASTE` and one call with its retries."""


# What came of a fix began so where the bucket was closed by it, as long as that was kept in words alone.
_CLOSED = "It is not public."


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a change that AWS took, and whether the bucket is known to be closed by it."""

    words: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class FixRequest:
    """One request; `expires` is when nobody may approve any more, `undo_until` when nobody may take it back.

    `found` says who got in when it was asked for, `came` what came of it; `outcomes` counts what is to be told of that.
    `closed`: whether nobody gets in any more; None on records of before that was kept.
    """

    id: str
    channel: str
    bucket: Bucket
    change: Change
    reason: str
    by: Mark
    expires: datetime
    found: str = ""
    state: State = "asked"
    decided: Mark | None = None
    undone: Mark | None = None
    began: datetime | None = None
    undo_until: datetime | None = None
    came: str = ""
    closed: bool | None = None
    outcomes: int = 0
    told: Told = field(default_factory=Told)

    @property
    def title(self) -> str:
        """What it is, for the record of presses."""
        return f"fix of the bucket {self.bucket.name}: {self.change.words}"

    @property
    def rank(self) -> str:
        """Somebody waits for it."""
        return f"2 {self.by.at.isoformat()}"

    @property
    def rests_in(self) -> str | None:
        """Nowhere: it waits for its end, or is over."""
        return None

    @property
    def expires_at(self) -> datetime:
        """When it is forgotten."""
        return self.by.at + _KEPT

    @property
    def is_changing(self) -> bool:
        """Whether AWS is being asked right now."""
        return self.state in {"applying", "undoing"}

    @property
    def is_over(self) -> bool:
        """Whether the fix stands, and has closed the bucket."""
        closed = self.came.startswith(_CLOSED) if self.closed is None else self.closed
        return self.state == "applied" and closed

    @property
    def whose_turn(self) -> Mark | None:
        """Who let it change last."""
        return self.undone if self.state in {"undoing", "undone"} else self.decided

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may still approve."""
        return self.state == "asked" and now < self.expires

    def may_undo(self, now: datetime) -> bool:
        """Whether it may still be taken back."""
        return self.state == "applied" and self.undo_until is not None and now < self.undo_until


def approved(request: FixRequest, mark: Mark) -> FixRequest:
    """Begin to apply it; raises Forbidden for who asked, BadRequest for one that is decided or expired."""
    _asked(request, mark.at)
    if mark.user_id == request.by.user_id:
        raise Forbidden(
            "You asked for this: somebody else has to approve it.", "Ask a colleague of access.approve."
        )
    return replace(request, state="applying", decided=mark, began=mark.at)


def refused(request: FixRequest, mark: Mark) -> FixRequest:
    """Nobody will apply it; who asked may take it back so."""
    _asked(request, mark.at)
    return replace(request, state="refused", decided=mark, outcomes=request.outcomes + 1)


def undoing(request: FixRequest, mark: Mark) -> FixRequest:
    """Begin to take it back; raises BadRequest where it was not applied, or too long ago."""
    if request.state != "applied":
        raise BadRequest(f"This was {_STATES[request.state]}.", "There is nothing to take back.")
    if not request.may_undo(mark.at):
        raise BadRequest("It was applied too long ago to take back from here.", "Change it in AWS by hand.")
    return replace(request, state="undoing", undone=mark, began=mark.at)


def done(request: FixRequest, came: Came, now: datetime, lasts: timedelta) -> FixRequest:
    """AWS has changed it, or changed it back; `lasts` is for how long it may be taken back."""
    told = replace(request, came=came.words, closed=came.closed, outcomes=request.outcomes + 1)
    if request.state == "undoing":
        return replace(told, state="undone")
    return replace(told, state="applied", undo_until=now + lasts)


def stopped(request: FixRequest, came: str) -> FixRequest:
    """It was not changed, or nobody knows: `came` says which and why. What could not be taken back stays applied."""
    told = replace(request, came=came, closed=False, outcomes=request.outcomes + 1)
    if request.state == "undoing" and request.undone:
        words = f"{request.undone.name} could not take it back. {came}"
        return replace(told, state="applied", came=words, undone=None)
    return replace(told, state="stopped")


def _asked(request: FixRequest, now: datetime) -> None:
    if request.state != "asked":
        who = f" by {request.decided.name}" if request.decided else ""
        raise BadRequest(f"This was {_STATES[request.state]}{who} already.", "It stands on the post.")
    if now >= request.expires:
        raise BadRequest("Nobody approved this in time: it is over.", "Press Fix… again.")


_STATES: dict[State, str] = {
    "asked": "asked for",
    "refused": "refused",
    "applying": "approved",
    "applied": "applied",
    "stopped": "stopped",
    "undoing": "taken back",
    "undone": "taken back",
}
