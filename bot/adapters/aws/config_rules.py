"""What Config's rules say of resources: of one, of all that one rule breaks, or of everything that is not compliant.

https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.adapters.aws.config_refused import refusals
from bot.adapters.aws.config_since import Since
from bot.adapters.aws.config_verdicts import described, pages, read_evaluation
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.errors import code
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.together import together
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Place, Resource
from bot.errors import NotFound, Upstream
from bot.ports import Evaluations, Progress

_BROKEN = ["NON_COMPLIANT"]
_NO_RULE = "NoSuchConfigRuleException"

Named = tuple[Place, str]


class Rules:
    """One question."""

    def __init__(self, ways: ConfigWays, progress: Progress) -> None:
        self._ways, self._progress = ways, progress
        self._tally, self._refusals = Tally(), refusals()
        self._known: dict[Named, Rule] = {}

    def evaluations(self, places: Sequence[Place], resource: Resource | None, rule: str) -> Evaluations:
        """Ask it; raises NotFound for a rule that no place has, and the refusal where nobody answered."""
        if resource is not None:
            found = self._of(resource, rule)
            rules = self._described({(each.rule.place, each.rule.name) for each in found})
        else:
            named = self._named(places or (self._ways.home(),), rule)
            found = self._broken(named)
            rules = self._described(named)
        known = {(each.place, each.name): each for each in rules}
        told = tuple(
            replace(each, rule=known.get((each.rule.place, each.rule.name), each.rule)) for each in found
        )
        caveats = self._refusals.caveats("note" if told or resource else "blind")
        return Evaluations(told, rules, caveats, self._tally.calls)

    def _of(self, resource: Resource, rule: str) -> list[Evaluation]:
        """Every rule's word on one resource, with since when it says so."""
        self._progress(f"Asking the rules of {self._ways.words(resource.place)}…")
        words = {"ResourceType": resource.type, "ResourceId": resource.id}
        asked = self._ways.to(resource.place)
        found = [
            read_evaluation(told, resource.place)
            for page in pages(asked, "get_compliance_details_by_resource", self._tally, **words)
            for told in page.get("EvaluationResults") or ()
        ]
        wanted = [each for each in found if rule in {"", each.rule.name}]
        return Since(asked, resource, self._tally, self._refusals).told(wanted) if wanted else []

    def _named(self, places: Sequence[Place], rule: str) -> list[Named]:
        """The rules to ask: the one that is named, or those that something breaks."""
        self._progress(f"Asking the rules of {'; '.join(map(self._ways.words, places))}…")
        ask = partial(self._has, rule=rule) if rule else self._breaking
        asked = [(self._ways.words(place), partial(ask, place)) for place in places]
        named = [(place, name) for answer in together(asked, self._refusals) for place, name in answer]
        self._refusals.raise_if_alone(self._tally)
        if rule and not named and not self._refusals.said:
            where = "; ".join(map(self._ways.words, places))
            raise NotFound(
                f"AWS Config has no rule {rule} in {where}.",
                "Rules are told apart by case: /config compliance names those that something breaks.",
            )
        return named

    def _has(self, place: Place, rule: str) -> list[Named]:
        asked = self._ways.to(place)
        try:
            found = described(asked, [rule], self._tally)
        except Upstream as error:
            if code(error) != _NO_RULE:
                raise
            self._tally.answer()
            return []
        self._known |= {(place, each.name): each for each in found}
        return [(place, rule)] if found else []

    def _breaking(self, place: Place) -> list[Named]:
        operation = "describe_compliance_by_config_rule"
        found = pages(self._ways.to(place), operation, self._tally, ComplianceTypes=_BROKEN)
        rows = [row for page in found for row in page.get("ComplianceByConfigRules") or ()]
        return [(place, str(row["ConfigRuleName"])) for row in rows if row.get("ConfigRuleName")]

    def _broken(self, named: Sequence[Named]) -> list[Evaluation]:
        if len(named) > 1:
            self._progress(f"Asking {len(named)} rules what breaks them…")
        asked = [(self._ways.words(place), partial(self._details, place, name)) for place, name in named]
        return [each for answer in together(asked, self._refusals) for each in answer]

    def _details(self, place: Place, rule: str) -> list[Evaluation]:
        operation = "get_compliance_details_by_config_rule"
        words = {"ConfigRuleName": rule, "ComplianceTypes": _BROKEN, "Limit": 100}
        found = pages(self._ways.to(place), operation, self._tally, **words)
        rows: Iterable[Mapping[str, object]] = (
            row for page in found for row in page.get("EvaluationResults") or ()
        )
        return [read_evaluation(row, place) for row in rows]

    def _described(self, named: Iterable[Named]) -> tuple[Rule, ...]:
        """The rules in their own words; where that is refused by their names alone."""
        ordered = sorted(set(named), key=lambda each: (each[0].account_id, each[0].region, each[1]))
        by_place: dict[Place, list[str]] = {}
        for place, name in ordered:
            if (place, name) not in self._known:
                by_place.setdefault(place, []).append(name)
        asked = [
            (self._ways.words(place), partial(described, self._ways.to(place), names, self._tally))
            for place, names in by_place.items()
        ]
        told = [each for rules in together(asked, self._refusals) for each in rules]
        self._known |= {(each.place, each.name): each for each in told}
        return tuple(self._known.get((place, name), Rule(name, place)) for place, name in ordered)
