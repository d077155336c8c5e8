"""AWS Config: where a resource is, what it was, what its rules say."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.adapters.aws.config_finding import Finding
from bot.adapters.aws.config_history import EVER, Reading, Walk, Wanted
from bot.adapters.aws.config_items import captured_at, read_item
from bot.adapters.aws.config_pages import Pages
from bot.adapters.aws.config_recorder import Recorders
from bot.adapters.aws.config_refused import meaning
from bot.adapters.aws.config_rules import Rules
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.pace import Tally
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.meant import Meant
from bot.core.configuration.recorder import Recorder
from bot.core.span import Span
from bot.errors import Upstream
from bot.ports import Evaluations, Found, History, Progress

_EDGE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)


class AwsConfigurations:
    """Satisfies `bot.ports.Configurations`; `ways` lead to the places. Many threads may ask.

    `now` is aware; `clock` counts seconds. Beside what the port names, NotConfigured is raised for a place that no
    role leads to.
    """

    def __init__(
        self,
        ways: ConfigWays,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ways, self._now = ways, now
        self._recorders = Recorders(ways.to, clock)
        self._pages = Pages(clock)

    def home(self) -> Place:
        """The caller's own account ("" while nobody says whose it is) and region."""
        return self._ways.home()

    def regions(self, account_id: str) -> tuple[str, ...]:
        """Our own region, or those that the settings name where the account is another's."""
        return self._ways.regions_near(account_id)

    def find(self, meant: Meant, places: Sequence[Place], progress: Progress) -> Found:
        """Look at home, then by aggregators, then everywhere else."""
        return Finding(self._ways, self._pages, progress, meant).find(places)

    def history(self, resource: Resource, span: Span, wanted: int, progress: Progress) -> History:
        """Read back until the wanted items and the one before them are in hand."""
        now = self._now()
        # A window that ends "now" was cut to the minute: what was captured since belongs to it.
        before = span.until if span.until < now - _EDGE else None
        asked = Wanted(span.since, before, wanted)
        progress(
            f"Reading the history of {resource.name or resource.id} in {self._ways.words(resource.place)}…"
        )
        tally = Tally()
        first = None if before else self._pages.take(resource)
        walk = Walk(self._ways.to(resource.place), resource, tally, first, progress)
        reading = self._read(walk, resource, asked)
        inside = [item for item in reading.items if captured_at(item) >= span.since]
        items, rest = inside[:wanted], reading.items[min(wanted, len(inside)) :]
        told = tuple(read_item(item, resource) for item in items)
        older = read_item(rest[0], resource) if rest else None
        return History(
            resource=self._better(resource, (*told, *([older] if older else []))),
            items=told,
            older=older,
            from_the_start=reading.ended and not rest,
            more=len(inside) > wanted,
            api_calls=tally.calls,
        )

    def at(self, resource: Resource, moment: datetime) -> Item | None:
        """The newest item captured up to then."""
        before = moment + _TICK if moment < self._now() else None
        walk = Walk(self._ways.to(resource.place), resource, Tally())
        reading = self._read(walk, resource, Wanted(moment, before, 0, EVER))
        items = [item for item in reading.items if captured_at(item) <= moment]
        return read_item(items[0], resource) if items else None

    def recorder(self, place: Place) -> Recorder:
        """As of the last few minutes; raises nothing."""
        return self._recorders.at(place)

    def evaluations(
        self, places: Sequence[Place], resource: Resource | None, rule: str, progress: Progress
    ) -> Evaluations:
        """What rules say; at home alone where no places are given."""
        return Rules(self._ways, progress).evaluations(places, resource, rule)

    def _read(self, walk: Walk, resource: Resource, wanted: Wanted) -> Reading:
        try:
            return walk.read(wanted, self._now())
        except Upstream as error:
            raise meaning(error, resource, self._ways.words(resource.place)) from error

    def _better(self, resource: Resource, items: Sequence[Item]) -> Resource:
        """The resource with what its items say of it."""
        if not items:
            return resource
        newest = items[0]
        self._ways.learn(resource.place, newest.resource.place.account_id)
        deleted = newest.captured_at if newest.is_deleted else None
        return replace(newest.resource, deleted_at=resource.deleted_at or deleted)
