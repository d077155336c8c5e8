"""What Config's rules say of resources.

https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByResource.html
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.adapters.aws.config_asked import Asked, Tally
from bot.adapters.aws.config_ways import Ways
from bot.core import moment
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Place, Resource
from bot.ports import Evaluations, Progress


class Rules:
    """One question."""

    def __init__(self, ways: Ways, progress: Progress) -> None:
        self._ways, self._progress = ways, progress
        self._tally = Tally()

    def evaluations(self, places: Sequence[Place], resource: Resource | None, rule: str) -> Evaluations:
        """What rules say of the resource."""
        del places
        if resource is None:
            return Evaluations(())
        asked = self._ways.to(resource.place)
        words = {"ResourceType": resource.type, "ResourceId": resource.id}
        told = [
            read_evaluation(each, resource.place)
            for page in pages(asked, "get_compliance_details_by_resource", self._tally, **words)
            for each in page.get("EvaluationResults") or ()
        ]
        found = tuple(each for each in told if rule in {"", each.rule.name})
        return Evaluations(found, api_calls=self._tally.calls)


def pages(asked: Asked, operation: str, tally: Tally, **words: Any) -> Iterator[Mapping[str, Any]]:
    """All pages of an answer."""
    token = ""
    seen = {""}
    while True:
        page = asked.ask(operation, tally, **words, **({"NextToken": token} if token else {}))
        yield page
        token = str(page.get("NextToken") or "")
        if token in seen:
            return
        seen.add(token)


def read_evaluation(told: Mapping[str, Any], place: Place) -> Evaluation:
    """Read one verdict."""
    qualifier = (told.get("EvaluationResultIdentifier") or {}).get("EvaluationResultQualifier") or {}
    return Evaluation(
        rule=Rule(str(qualifier.get("ConfigRuleName") or ""), place),
        resource_type=str(qualifier.get("ResourceType") or ""),
        resource_id=str(qualifier.get("ResourceId") or ""),
        compliance=str(told.get("ComplianceType") or ""),
        since=moment.read(told.get("ResultRecordedTime")),
        since_at_least=True,
        annotation=str(told.get("Annotation") or ""),
    )
