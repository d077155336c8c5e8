"""What rules say of resources, evaluated, and put into one word."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.embedded.aws.config.rules import Evaluation, Item, Rule

MOST_RULES, MOST_RESOURCES = 25, 100
"""Beyond these Config stops counting what breaks."""
_NOBODY_SAID = "INSUFFICIENT_DATA"


def evaluated(rules: Sequence[Rule], items: Iterable[Item]) -> list[Evaluation]:
    """What each rule says of each of the items that it is about."""
    return [Evaluation(rule, item) for item in items for rule in rules if rule.evaluates(item)]


def summed(results: Sequence[Evaluation], cap: int) -> dict[str, Any]:
    """One word for all of them, and how many of them break, counted up to a cap."""
    broken = sum(each.compliance == "NON_COMPLIANT" for each in results)
    if not broken:
        return {"ComplianceType": "COMPLIANT" if results else _NOBODY_SAID}
    count = {"CappedCount": min(broken, cap), "CapExceeded": broken > cap}
    return {"ComplianceType": "NON_COMPLIANT", "ComplianceContributorCount": count}
