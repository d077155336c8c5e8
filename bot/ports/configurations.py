"""AWS Config: what a resource was like, and what rules say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.meant import Meant
from bot.core.configuration.recorder import Recorder
from bot.core.span import Span
from bot.core.view import Caveat
from bot.ports.progress import Progress


@dataclass(frozen=True, slots=True)
class Found:
    """The resources that were meant, deleted ones too; `tried` says in words what was looked for, and where."""

    resources: tuple[Resource, ...]
    tried: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """Items of a resource, newest first: as many as were wanted of those captured in the span.

    `older` is the item before the last of them, for what differs; None where there is none (`from_the_start`)
    or where it was not found within a bounded number of pages. `more`: the span holds further items.
    """

    resource: Resource
    items: tuple[Item, ...]
    older: Item | None = None
    from_the_start: bool = False
    more: bool = False
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What rules say, and what could not be asked."""

    found: tuple[Evaluation, ...]
    rules: tuple[Rule, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


class Configurations(Protocol):
    """AWS Config, in every account and region that the settings let us ask in; asking it is free.

    All raise AccessDenied, Throttled, Upstream; a place that can't be asked among several is a caveat.
    """

    def home(self) -> Place:
        """The caller's own account and region, where a bare id is looked for first."""

    def regions(self, account_id: str) -> tuple[str, ...]:
        """Where something of an account is looked for first: the regions of the settings, or the caller's own."""

    def find(self, meant: Meant, places: Sequence[Place], progress: Progress) -> Found:
        """Look for what is meant: at home, by an aggregator, in the other places; in `places` alone where given."""

    def history(self, resource: Resource, span: Span, wanted: int, progress: Progress) -> History:
        """Its items in the span, and the one before.

        Raises NotFound where Config never recorded it there, NotConfigured where no role leads to its account.
        """

    def at(self, resource: Resource, moment: datetime) -> Item | None:
        """The newest item captured up to then; None where there is none. Raises as `history` does."""

    def recorder(self, place: Place) -> Recorder:
        """What the place's recorder does, as of the last few minutes; raises nothing."""

    def evaluations(
        self, places: Sequence[Place], resource: Resource | None, rule: str, progress: Progress
    ) -> Evaluations:
        """What rules say: of one resource, of all that one rule breaks, or of everything that is not compliant.

        Home alone where no `places` are given. Raises NotFound for a rule that no place has.
        """
