"""ListFindings' criteria and order, over findings in their camelCase form.

Attributes are JSON paths (`service.archived`), compared as GuardDuty does: texts, numbers, and times
as milliseconds (https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListFindings.html).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from bot.embedded.aws.errors import BadRequest

Finding = Mapping[str, Any]

_OPERATORS: dict[str, Callable[[list[Any], Any], bool]] = {
    "Equals": lambda found, wanted: any(_text(each) in wanted for each in found),
    "NotEquals": lambda found, wanted: not any(_text(each) in wanted for each in found),
    "GreaterThan": lambda found, wanted: any(_number(each) > wanted for each in found),
    "GreaterThanOrEqual": lambda found, wanted: any(_number(each) >= wanted for each in found),
    "LessThan": lambda found, wanted: any(_number(each) < wanted for each in found),
    "LessThanOrEqual": lambda found, wanted: any(_number(each) <= wanted for each in found),
    "Matches": lambda found, wanted: any(fnmatchcase(_text(each), one) for each in found for one in wanted),
    "NotMatches": lambda found, wanted: (
        not any(fnmatchcase(_text(each), one) for each in found for one in wanted)
    ),
}
_OLD = {"Eq": "Equals", "Neq": "NotEquals", "Gt": "GreaterThan", "Gte": "GreaterThanOrEqual"}
_OLD |= {"Lt": "LessThan", "Lte": "LessThanOrEqual"}


def meets(finding: Finding, criteria: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether every condition of every attribute holds; raises BadRequest for an operator nobody knows."""
    return all(
        _operator(name)(list(values(finding, path)), wanted)
        for path, conditions in criteria.items()
        for name, wanted in conditions.items()
    )


def in_order(found: Iterable[Finding], attribute: str | None, *, descending: bool) -> list[Finding]:
    """Sorted by an attribute; without one, newest update last. Findings that lack it stand last."""
    path = attribute or "updatedAt"
    every = list(found)
    having = [each for each in every if any(True for _ in values(each, path))]
    ordered = sorted(having, key=lambda each: _comparable(next(values(each, path))), reverse=descending)
    return ordered + [each for each in every if each not in having]


def values(finding: Any, path: str) -> Iterator[Any]:
    """Every value under a dotted path; lists on the way are looked into."""
    if isinstance(finding, list):
        for each in finding:
            yield from values(each, path)
        return
    head, _, rest = path.partition(".")
    if not isinstance(finding, Mapping) or head not in finding:
        return
    if rest:
        yield from values(finding[head], rest)
    elif isinstance(finding[head], list):
        yield from finding[head]
    else:
        yield finding[head]


def _operator(name: str) -> Callable[[list[Any], Any], bool]:
    known = _OPERATORS.get(_OLD.get(name, name))
    if known is None:
        raise BadRequest(f"The request is rejected because the operator {name} is not valid.")
    return known


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float:
    if isinstance(value, str):
        return datetime.fromisoformat(value).timestamp() * 1000
    return float(value)


def _comparable(value: Any) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))
