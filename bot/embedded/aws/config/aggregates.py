"""Config's calls over an aggregator: the current state of many accounts and regions, and no history."""

from collections.abc import Iterator, Mapping
from typing import Any

from moto.core.responses import ActionResult

from bot.embedded.aws.config.aggregator import Aggregator
from bot.embedded.aws.config.asked import MOST, Request, known_type, limit, paged
from bot.embedded.aws.config.items import as_item
from bot.embedded.aws.config.queries import answered
from bot.embedded.aws.config.recordings import Item, Place, is_current
from bot.embedded.aws.config.rules import Evaluation
from bot.embedded.aws.config.summed import MOST_RESOURCES, evaluated, summed
from bot.embedded.aws.errors import Refused

_RESULTS_TO_A_PAGE = 50


class Aggregates(Request):
    """What the aggregators of the caller's account and region show."""

    def describe_configuration_aggregators(self) -> ActionResult:
        """All of them, or those named."""
        asked = self.asked()
        known = {each.name: each for each in self.recordings.aggregators(self.place)}
        names = asked.get("ConfigurationAggregatorNames") or list(known)
        told = [self._aggregator(name).described(self.place) for name in names]
        page, more = paged(asked, told, limit(asked, MOST))
        return ActionResult({"ConfigurationAggregators": page, "NextToken": more})

    def select_aggregate_resource_config(self) -> ActionResult:
        """An advanced query over everything that it shows."""
        asked = self.asked()
        shown = (item for _, item in self._shown(asked))
        return ActionResult(answered(asked, shown))

    def list_aggregate_discovered_resources(self) -> ActionResult:
        """The resources of a type; each says whose recorder has it."""
        asked = self.asked()
        kind, wanted = known_type(asked["ResourceType"]), asked.get("Filters") or {}
        found = [
            _identifier(place, item)
            for place, item in self._shown(asked)
            if item["resourceType"] == kind and _is_wanted(place, item, wanted)
        ]
        page, more = paged(asked, found, limit(asked, MOST))
        return ActionResult({"ResourceIdentifiers": page, "NextToken": more})

    def get_aggregate_resource_config(self) -> ActionResult:
        """The current item of one resource, by where it is recorded, type and id."""
        asked = self.asked()
        wanted = asked["ResourceIdentifier"]
        known_type(wanted["ResourceType"])
        key = [wanted[name] for name in ("SourceAccountId", "SourceRegion", "ResourceType", "ResourceId")]
        for place, item in self._shown(asked):
            if [*place, item["resourceType"], item["resourceId"]] == key:
                return ActionResult({"ConfigurationItem": as_item(item)})
        raise Refused(
            "ResourceNotDiscoveredException",
            f"Resource {key[3]} of resourceType:{key[2]} is unknown or has not been discovered",
        )

    def describe_aggregate_compliance_by_config_rules(self) -> ActionResult:
        """One word for each rule of each account and region that has something to say of a resource."""
        asked = self.asked()
        wanted = asked.get("Filters") or {}
        told = [
            {
                "ConfigRuleName": rule.name,
                "Compliance": summed(results, MOST_RESOURCES),
                "AccountId": place[0],
                "AwsRegion": place[1],
            }
            for place in self._aggregator(asked["ConfigurationAggregatorName"]).places
            for rule in self.recordings.rules(place)
            if (results := evaluated([rule], self._current(place)))
        ]
        kept = [each for each in told if _is_asked_for(each, wanted)]
        page, more = paged(asked, kept, limit(asked, _RESULTS_TO_A_PAGE))
        return ActionResult({"AggregateComplianceByConfigRules": page, "NextToken": more})

    def get_aggregate_compliance_details_by_config_rule(self) -> ActionResult:
        """What one rule of one account and region says of each resource there; nothing where there is no such rule."""
        asked = self.asked()
        place = (asked["AccountId"], asked["AwsRegion"])
        shown = place in self._aggregator(asked["ConfigurationAggregatorName"]).places
        rules = self.recordings.rules(place) if shown else ()
        results = evaluated(
            [each for each in rules if each.name == asked["ConfigRuleName"]], self._current(place)
        )
        told = [_told(each, place) for each in results]
        wanted = asked.get("ComplianceType")
        kept = [each for each in told if wanted in {None, each["ComplianceType"]}]
        page, more = paged(asked, kept, limit(asked, _RESULTS_TO_A_PAGE))
        return ActionResult({"AggregateEvaluationResults": page, "NextToken": more})

    def _aggregator(self, name: str) -> Aggregator:
        for each in self.recordings.aggregators(self.place):
            if each.name == name:
                return each
        raise Refused(
            "NoSuchConfigurationAggregatorException",
            f"The configuration aggregator does not exist. Check the configuration aggregator name: {name}",
        )

    def _shown(self, asked: Mapping[str, Any]) -> Iterator[tuple[Place, Item]]:
        for place in self._aggregator(asked["ConfigurationAggregatorName"]).places:
            yield from ((place, item) for item in self._current(place))

    def _current(self, place: Place) -> list[Item]:
        return [item for item in self.recordings.latest(place) if is_current(item)]


def _identifier(place: Place, item: Item) -> dict[str, Any]:
    account_id, region = place
    found = {
        "SourceAccountId": account_id,
        "SourceRegion": region,
        "ResourceId": item["resourceId"],
        "ResourceType": item["resourceType"],
        "ResourceName": item.get("resourceName"),
    }
    return {name: value for name, value in found.items() if value}


def _is_wanted(place: Place, item: Item, wanted: Mapping[str, str]) -> bool:
    held = {
        "AccountId": place[0],
        "Region": place[1],
        "ResourceId": item["resourceId"],
        "ResourceName": item.get("resourceName"),
    }
    return all(held[name] == value for name, value in wanted.items())


def _is_asked_for(told: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    held = {**told, "ComplianceType": told["Compliance"]["ComplianceType"]}
    return all(held[name] == value for name, value in wanted.items())


def _told(of: Evaluation, place: Place) -> dict[str, Any]:
    return of.told() | {"AccountId": place[0], "AwsRegion": place[1]}
