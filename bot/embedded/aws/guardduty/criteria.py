"""Findings' criteria and order, over findings in their camelCase form.

Attributes are JSON paths (`service.archived`), compared as GuardDuty does: texts with case, whole numbers, and times
as milliseconds (https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Condition.html).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.attributes import Finding, is_attribute, number, text, values

Criteria = Mapping[str, Mapping[str, Any]]

_MOST = {"Equals": 50, "NotEquals": 50, "Matches": 5, "NotMatches": 5}
_OF_FILTERS = {"Matches", "NotMatches"}
_OLD = {"Eq": "Equals", "Neq": "NotEquals", "Gt": "GreaterThan", "Gte": "GreaterThanOrEqual"}
_OLD |= {"Lt": "LessThan", "Lte": "LessThanOrEqual"}


def _is_any(found: list[Any], wanted: list[str]) -> bool:
    return any(_same(each, one) for each in found for one in wanted)


def _fits_any(found: list[Any], wanted: list[str]) -> bool:
    return any(_wildcard(one).fullmatch(text(each)) for each in found for one in wanted)


def _any_number(found: list[Any], holds: Callable[[float], bool]) -> bool:
    return any(holds(value) for each in found if (value := number(each)) is not None)


_OPERATORS: dict[str, Callable[[list[Any], Any], bool]] = {
    "Equals": _is_any,
    "NotEquals": lambda found, wanted: not _is_any(found, wanted),
    "GreaterThan": lambda found, wanted: _any_number(found, lambda value: value > wanted),
    "GreaterThanOrEqual": lambda found, wanted: _any_number(found, lambda value: value >= wanted),
    "LessThan": lambda found, wanted: _any_number(found, lambda value: value < wanted),
    "LessThanOrEqual": lambda found, wanted: _any_number(found, lambda value: value <= wanted),
    "Matches": _fits_any,
    "NotMatches": lambda found, wanted: not _fits_any(found, wanted),
}


def checked(criteria: Criteria, *, of_filter: bool = False) -> Criteria:
    """The criteria, if GuardDuty takes them; raises BadRequest. Wildcards are for filters alone."""
    for path, conditions in criteria.items():
        if not is_attribute(path):
            raise _invalid(f"{path} is not an attribute of findings")
        for name, wanted in conditions.items():
            operator = _OLD.get(name, name)
            if operator not in _OPERATORS or (operator in _OF_FILTERS and not of_filter):
                raise _invalid(f"the operator {name} is not valid here")
            if isinstance(wanted, list) and len(wanted) > _MOST[operator]:
                raise _invalid(f"{name} has more than {_MOST[operator]} values")
            if not isinstance(wanted, list) and not isinstance(wanted, int):
                raise _invalid(f"{name} takes whole numbers")
    return criteria


def meets(finding: Finding, criteria: Criteria) -> bool:
    """Whether every condition of every attribute holds; of several values, and of a list's members, one is enough."""
    return all(
        _OPERATORS[_OLD.get(name, name)](list(values(finding, path)), wanted)
        for path, conditions in criteria.items()
        for name, wanted in conditions.items()
    )


def in_order(found: Iterable[Finding], attribute: str | None, *, descending: bool) -> list[Finding]:
    """Sorted by an attribute; without one, newest update last. Findings that lack it stand last."""
    path = attribute or "updatedAt"
    if not is_attribute(path):
        raise _invalid("the parameter sortCriteria has an invalid value")
    every = [(next(iter(values(each, path)), None), each) for each in found]
    having = [each for each in every if each[0] is not None]
    ordered = sorted(having, key=lambda each: _comparable(each[0]), reverse=descending)
    return [each for _, each in ordered] + [each for value, each in every if value is None]


def _same(value: Any, wanted: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value) == number(wanted, of_text=True)
    return text(value) == wanted


def _wildcard(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _comparable(value: Any) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))


def _invalid(why: str) -> BadRequest:
    return BadRequest(f"The request is rejected because {why}.")
