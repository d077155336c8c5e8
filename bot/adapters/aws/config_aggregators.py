"""Where something is among many accounts and regions, as an aggregator knows it: the current state, and no history.

https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.config_looking import Looking
from bot.adapters.aws.config_queries import GLOBAL, expression, read_rows, resources
from bot.adapters.aws.config_ways import ConfigWays
from bot.core.configuration.item import Place, Resource
from bot.core.configuration.meant import Candidate, Meant
from bot.errors import AccessDenied, Upstream


class Aggregators:
    """The aggregators of the caller's own account and region."""

    def __init__(self, ways: ConfigWays, looking: Looking) -> None:
        self._ways, self._looking = ways, looking

    def names(self) -> list[str]:
        """Their names; none where they may not be listed, which is kept as refused."""
        home = self._ways.home()
        try:
            asked = self._ways.to(home)
            answer = asked.ask("describe_configuration_aggregators", self._looking.tally)
        except Upstream as error:
            self._looking.refusals.add(f"the aggregators of {self._ways.words(home)}", error)
            return []
        told = answer.get("ConfigurationAggregators") or ()
        return [
            str(each["ConfigurationAggregatorName"]) for each in told if "ConfigurationAggregatorName" in each
        ]

    def find(self, name: str) -> list[Resource]:
        """What this one shows of what is meant, each where its own recorder has it."""
        asked, looking = self._ways.to(self._ways.home()), self._looking
        try:
            found = self._selected(asked, name) if expression(looking.meant) else self._listed(asked, name)
        except AccessDenied as error:
            looking.refusals.add(f"the aggregator {name}", error)
            try:
                found = self._listed(asked, name)
            except Upstream as refused:
                looking.refusals.add(f"the aggregator {name}", refused)
                return []
        except Upstream as error:
            looking.refusals.add(f"the aggregator {name}", error)
            return []
        return [placed for each in found for placed in self._placed(each)]

    def _selected(self, asked: Asked, name: str) -> list[Resource]:
        answer = asked.ask(
            "select_aggregate_resource_config",
            self._looking.tally,
            Expression=expression(self._looking.meant),
            ConfigurationAggregatorName=name,
            Limit=100,
        )
        return resources(read_rows(answer), self._looking.meant)

    def _listed(self, asked: Asked, name: str) -> list[Resource]:
        return [
            each for kind, words in _filters(self._looking) for each in self._those(asked, name, kind, words)
        ]

    def _those(self, asked: Asked, name: str, kind: str, words: dict[str, str]) -> Iterator[Resource]:
        answer = asked.ask(
            "list_aggregate_discovered_resources",
            self._looking.tally,
            ConfigurationAggregatorName=name,
            ResourceType=kind,
            Filters=words,
        )
        for told in answer.get("ResourceIdentifiers") or ():
            place = Place(str(told.get("SourceAccountId") or ""), str(told.get("SourceRegion") or ""))
            yield Resource(
                kind, str(told.get("ResourceId") or ""), place, str(told.get("ResourceName") or "")
            )

    def _placed(self, found: Resource) -> list[Resource]:
        """IAM's rows don't say whose recorder has them: it is looked for."""
        if found.place.region != GLOBAL:
            return [found]
        account_id = found.place.account_id
        if not self._ways.leads_to(account_id):
            return [replace(found, place=Place(account_id, self._ways.global_regions()[-1]))]
        one = Looking(self._ways, self._looking.pages, Meant(found.id, (Candidate(found.type, found.id),)))
        one.tally, one.refusals = self._looking.tally, self._looking.refusals
        regions = dict.fromkeys((*self._ways.regions(account_id), *self._ways.global_regions()))
        return [each for region in regions for each in one.tried(Place(account_id, region))][:1]


def _filters(looking: Looking) -> Iterator[tuple[str, dict[str, str]]]:
    meant = looking.meant
    for candidate in meant.exact:
        yield candidate.type, {"ResourceId": candidate.id}
    if not meant.exact:
        for kind in looking.types():
            yield kind, {"ResourceName": meant.name}
