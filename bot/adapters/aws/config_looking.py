"""Looking for what is meant in one account and region, current and deleted."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.adapters.aws.config_pages import Pages
from bot.adapters.aws.config_probing import probe
from bot.adapters.aws.config_queries import expression, read_rows, resources
from bot.adapters.aws.config_refused import is_absence, is_nonsense, refusals
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.together import together
from bot.core import moment
from bot.core.configuration import names
from bot.core.configuration.item import Place, Resource
from bot.core.configuration.meant import Meant
from bot.errors import Upstream

_FEW = 2
"""So many candidates are tried before anything is searched: a name may be an id of five types."""


class Looking:
    """Looks for one thing; each step counts its requests and keeps what is refused."""

    hasty = False
    """Whether places are given up soon, because many are swept."""

    def __init__(self, ways: ConfigWays, pages: Pages, meant: Meant) -> None:
        self._ways, self.pages, self.meant = ways, pages, meant
        self.tally, self.refusals = Tally(), refusals()

    def types(self) -> tuple[str, ...]:
        """Which deleted resources are looked for by name."""
        return (self.meant.types or names.likely(self.meant.name)) if self.meant.name else ()

    def current(self, place: Place) -> list[Resource]:
        """Few candidates as they are (deleted ones too), else what the place has now by that text."""
        few = len(self.meant.exact) <= _FEW
        found = self.tried(place) if few else []
        if found or not self.meant.name:
            return found
        found = self._selected(place)
        # Where many places are swept, a name costs one request in each.
        return found or ([] if few or self.hasty else self.tried(place))

    def tried(self, place: Place) -> list[Resource]:
        """The candidates of which Config has a record there."""
        asked = self._ways.to(place, hasty=self.hasty)
        tries = [partial(probe, asked, self.pages, each, self.tally) for each in self.meant.exact]
        found = [each for each in self._asked(place, tries) if each]
        for each in found:
            self._ways.learn(place, each.place.account_id)
        return found

    def deleted(self, place: Place) -> list[Resource]:
        """By name alone, type by type: the one way to what is gone, and to what was made a moment ago."""
        listing = [partial(self._listed, place, kind) for kind in self.types()]
        return [each for found in self._asked(place, listing) for each in found]

    def _asked(self, place: Place, asks: Sequence[Callable[[], Any]]) -> list[Any]:
        where = self._ways.words(place)
        if len(asks) == 1:
            return [asks[0]()]
        return together([(where, ask) for ask in asks], self.refusals)

    def _selected(self, place: Place) -> list[Resource]:
        query = expression(self.meant)
        if not query:
            return []
        try:
            answer = self._ways.to(place, hasty=self.hasty).ask(
                "select_resource_config", self.tally, Expression=query, Limit=100
            )
        except Upstream as error:
            if not is_nonsense(error):
                self.refusals.add(self._ways.words(place), error)
            return []
        return resources(read_rows(answer), self.meant, place)

    def _listed(self, place: Place, kind: str) -> list[Resource]:
        try:
            answer = self._ways.to(place, hasty=self.hasty).ask(
                "list_discovered_resources",
                self.tally,
                resourceType=kind,
                resourceName=self.meant.name,
                includeDeletedResources=True,
                limit=100,
            )
        except Upstream as error:
            if is_absence(error) or is_nonsense(error):
                return []
            raise
        told = answer.get("resourceIdentifiers") or ()
        return [_identified(each, kind, place) for each in told if each.get("resourceId")]


def _identified(told: dict[str, Any], kind: str, place: Place) -> Resource:
    gone: datetime | None = moment.read(told.get("resourceDeletionTime"))
    name = str(told.get("resourceName") or "")
    return Resource(
        str(told.get("resourceType") or kind), str(told["resourceId"]), place, name, deleted_at=gone
    )
