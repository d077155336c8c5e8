"""Config's compliance calls, answered by evaluating each rule on the newest item of every resource."""

from collections.abc import Mapping, Sequence
from typing import Any

from moto.core.responses import ActionResult

from bot.embedded.aws.config.asked import Request, limit, paged
from bot.embedded.aws.config.recordings import Item, Place, is_deleted, resource_of
from bot.embedded.aws.config.rules import Evaluation, Rule
from bot.embedded.aws.config.summed import MOST_RESOURCES, MOST_RULES, evaluated, summed
from bot.embedded.aws.errors import Refused

_RULES_TO_A_PAGE = 25
_RESULTS_TO_A_PAGE = 10


class Compliance(Request):
    """Rules, and what they say."""

    def describe_config_rules(self) -> ActionResult:
        """Describe all rules, or those named."""
        asked = self.asked()
        told = [_described(rule, self.place) for rule in self._named(asked)]
        page, more = paged(asked, told, _RULES_TO_A_PAGE)
        return ActionResult({"ConfigRules": page, "NextToken": more})

    def describe_compliance_by_config_rule(self) -> ActionResult:
        """One word for each rule, and how many resources break it."""
        asked = self.asked()
        told = [
            {"ConfigRuleName": rule.name, "Compliance": summed(self._evaluations([rule]), MOST_RESOURCES)}
            for rule in self._named(asked)
        ]
        page, more = paged(asked, _only(told, asked), _RULES_TO_A_PAGE)
        return ActionResult({"ComplianceByConfigRules": page, "NextToken": more})

    def describe_compliance_by_resource(self) -> ActionResult:
        """One word for each resource, and how many rules it breaks; all that a rule evaluates unless one is named."""
        asked = self.asked()
        kind, resource_id = asked.get("ResourceType"), asked.get("ResourceId")
        if resource_id and not kind:
            raise Refused("InvalidParameterValueException", "A resource id needs a resource type.")
        rules = self.recordings.rules(self.place)
        told = [
            {
                "ResourceType": item["resourceType"],
                "ResourceId": item["resourceId"],
                "Compliance": summed(results, MOST_RULES),
            }
            for item in self._living()
            if kind in {None, item["resourceType"]} and resource_id in {None, item["resourceId"]}
            # Who asks for a resource by its id learns that no rule is about it.
            if (results := evaluated(rules, [item])) or resource_id
        ]
        page, more = paged(asked, _only(told, asked), limit(asked, _RESULTS_TO_A_PAGE))
        return ActionResult({"ComplianceByResources": page, "NextToken": more})

    def get_compliance_details_by_config_rule(self) -> ActionResult:
        """What one rule says of each resource."""
        asked = self.asked()
        rules = self._named({"ConfigRuleNames": [asked["ConfigRuleName"]]})
        told = [each.told() for each in self._evaluations(rules)]
        page, more = paged(asked, _only(told, asked), limit(asked, _RESULTS_TO_A_PAGE))
        return ActionResult({"EvaluationResults": page, "NextToken": more})

    def get_compliance_details_by_resource(self) -> ActionResult:
        """What each rule says of one resource."""
        asked = self.asked()
        if asked.get("ResourceEvaluationId") or not (asked.get("ResourceType") and asked.get("ResourceId")):
            raise Refused("InvalidParameterValueException", "Give a resource type and a resource id.")
        resource = (asked["ResourceType"], asked["ResourceId"])
        evaluations = self._evaluations(self.recordings.rules(self.place))
        told = [each.told() for each in evaluations if resource_of(each.item) == resource]
        page, more = paged(asked, _only(told, asked), _RULES_TO_A_PAGE)
        return ActionResult({"EvaluationResults": page, "NextToken": more})

    def _living(self) -> list[Item]:
        return [item for item in self.recordings.latest(self.place) if not is_deleted(item)]

    def _evaluations(self, rules: Sequence[Rule]) -> list[Evaluation]:
        return evaluated(rules, self._living())

    def _named(self, asked: Mapping[str, Any]) -> list[Rule]:
        known = {rule.name: rule for rule in self.recordings.rules(self.place)}
        names = asked.get("ConfigRuleNames") or list(known)
        if unknown := sorted(set(names) - known.keys()):
            raise Refused(
                "NoSuchConfigRuleException",
                f"The ConfigRule '{unknown[0]}' provided in the request is invalid. "
                "Please check the configRule name.",
            )
        return [known[name] for name in names]


def _only(told: list[dict[str, Any]], asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    wanted = asked.get("ComplianceTypes")
    return [
        each for each in told if not wanted or (each.get("Compliance") or each)["ComplianceType"] in wanted
    ]


def _described(rule: Rule, place: Place) -> dict[str, Any]:
    return {
        "ConfigRuleName": rule.name,
        "ConfigRuleArn": rule.arn(place),
        "ConfigRuleId": rule.ident(place),
        "Description": rule.description,
        "Scope": {"ComplianceResourceTypes": [rule.resource_type]},
        "Source": {"Owner": "AWS", "SourceIdentifier": rule.identifier},
        "InputParameters": "{}",
        "ConfigRuleState": "ACTIVE",
        "EvaluationModes": [{"Mode": "DETECTIVE"}],
    }
