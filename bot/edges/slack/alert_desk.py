"""What stands behind the buttons under alerts: the record, GuardDuty, and threads to reach them from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TypeVar

from bot.core.approval.request import FixRequest
from bot.core.moves import Tellable
from bot.core.mute_report import MuteReport
from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.edges.slack.pool import Pool
from bot.errors import BadRequest, NoroshiError
from bot.pipeline import Ledger
from bot.pipeline.fixing import Fixing
from bot.ports import FindingChanges

Kind = TypeVar("Kind", bound=Tellable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """What the buttons need; `change` are the ids of users and groups who may change something in AWS.

    `approve` are those who may approve it, in `channel` where it was asked for under an answer; `fixing` is None where
    buckets can't be fixed from Slack. `accounts` are their names by id.
    """

    ledger: Ledger
    wake: Callable[[str], None]
    changes: FindingChanges
    change: frozenset[str]
    zone: tzinfo
    approve: frozenset[str] = frozenset()
    channel: str = ""
    fixing: Fixing | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)


class Backstage:
    """The desk, from the event loop: whatever waits for the store or for AWS runs in the pool."""

    def __init__(self, desk: AlertDesk, pool: Pool) -> None:
        self.desk = desk
        self.ledger = desk.ledger
        self._pool = pool

    def now(self) -> datetime:
        """The record's clock."""
        return self.ledger.now()

    async def work(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread; raises what it raises, and Throttled when too much waits already."""
        return await self._pool.submit(work)

    async def amend(self, thing_id: str, change: Callable[[Tellable], Tellable]) -> None:
        """Change what has this id, and let its channel show it; `change` may refuse by raising NoroshiError."""
        changed = await self.work(lambda: self.ledger.amend(thing_id, change))
        self.desk.wake(changed.channel)


def of(thing: Tellable, kind: type[Kind]) -> Kind:
    """The thing as what the button is for; raises BadRequest."""
    if not isinstance(thing, kind):
        raise BadRequest("This button does not fit its message: it is of another time.", "Use a newer one.")
    return thing


def title(thing: Tellable) -> str:
    """What it is, for the record of presses."""
    match thing:
        case Problem():
            return thing.alert.title
        case MuteReport():
            return f"mute of {thing.mute.scope.words}"
        case FixRequest():
            return thing.title
        case Storm():
            return f"storm of {thing.opened:%Y-%m-%d %H:%M}"
        case _:
            return thing.id


def told(error: NoroshiError) -> str:
    """Why something was not done, for the record of presses."""
    return f"{error.type}: {error.message}"
