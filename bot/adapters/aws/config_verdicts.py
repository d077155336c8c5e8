"""Rules and their verdicts as Config's compliance calls write them.

https://docs.aws.amazon.com/config/latest/APIReference/API_EvaluationResult.html and API_ConfigRule.html
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.pace import Tally
from bot.core import moment
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Place

_AT_ONCE = 25
_LINKED = re.compile(r":config-rule/aws-service-rule/([a-z0-9.-]+)/")

Told = Mapping[str, Any]


def pages(asked: Asked, operation: str, tally: Tally, **words: Any) -> Iterator[Told]:
    """All pages of an answer; a token that comes again ends it, as a recorded answer's does."""
    seen = {""}
    token = ""
    while True:
        page = asked.ask(operation, tally, **words, **({"NextToken": token} if token else {}))
        yield page
        token = str(page.get("NextToken") or "")
        if token in seen:
            return
        seen.add(token)


def read_evaluation(told: Told, place: Place) -> Evaluation:
    """One verdict, since its own evaluation at least."""
    identifier = told.get("EvaluationResultIdentifier") or {}
    qualifier = identifier.get("EvaluationResultQualifier") or {}
    return Evaluation(
        rule=Rule(_text(qualifier.get("ConfigRuleName")), place),
        resource_type=_text(qualifier.get("ResourceType")),
        resource_id=_text(qualifier.get("ResourceId")),
        compliance=_text(told.get("ComplianceType")),
        since=moment.read(told.get("ResultRecordedTime") or told.get("ConfigRuleInvokedTime")),
        since_at_least=True,
        annotation=_text(told.get("Annotation")),
    )


def described(asked: Asked, names: Sequence[str], tally: Tally) -> list[Rule]:
    """What Config has to say of these rules, 25 at once."""
    found = []
    for begin in range(0, len(names), _AT_ONCE):
        words = {"ConfigRuleNames": list(names[begin : begin + _AT_ONCE])}
        for page in pages(asked, "describe_config_rules", tally, **words):
            found += [read_rule(told, asked.place) for told in page.get("ConfigRules") or ()]
    return found


def read_rule(told: Told, place: Place) -> Rule:
    """One rule; a service's own says so by who made it, or by its ARN."""
    source = told.get("Source") or {}
    managed = source.get("SourceIdentifier") if source.get("Owner") == "AWS" else ""
    linked = _LINKED.search(_text(told.get("ConfigRuleArn")))
    return Rule(
        name=_text(told.get("ConfigRuleName")),
        place=place,
        description=_text(told.get("Description")),
        managed=_text(managed),
        parameters=_text(told.get("InputParameters")).replace("{}", ""),
        made_by=_text(told.get("CreatedBy")) or (linked[1] if linked else ""),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
