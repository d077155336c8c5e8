"""Which charges a Filter takes.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Expression.html
"""

from collections.abc import Callable

from bot.embedded.aws.costs.asking import invalid
from bot.embedded.aws.costs.billing import Json
from bot.embedded.aws.costs.dimensions import dimension, tag
from bot.embedded.incident.spend import Charge

Takes = Callable[[Charge], bool]
Reads = Callable[[Charge], str | None]
_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "EQUALS": str.__eq__,
    "STARTS_WITH": str.startswith,
    "ENDS_WITH": str.endswith,
    "CONTAINS": str.__contains__,
}
_OPTIONS = {*_COMPARED, "ABSENT", "CASE_SENSITIVE", "CASE_INSENSITIVE"}
_FEWEST = 2


def takes(expression: Json | None) -> Takes:
    """Whether a charge is meant; None means all. Raises for what is no Expression."""
    if expression is None:
        return lambda _: True
    if len(expression) != 1:
        raise invalid("Expression must have exactly one root operator")
    ((kind, inner),) = expression.items()
    match kind:
        case "And" | "Or":
            return _several(kind, inner)
        case "Not":
            refused = takes(inner)
            return lambda charge: not refused(charge)
        case "Dimensions":
            return _named(dimension(inner.get("Key")), inner)
        case "Tags":
            key = str(inner.get("Key", ""))
            return _named(lambda charge: tag(charge, key), inner)
    raise invalid(f"The AWS stand-in filters by Dimensions and Tags, not by {kind}")


def _several(kind: str, inner: list[Json]) -> Takes:
    if len(inner) < _FEWEST:
        raise invalid(f"Expression with {kind} must have at least {_FEWEST} operands")
    parts, whole = [takes(each) for each in inner], all if kind == "And" else any
    return lambda charge: whole(part(charge) for part in parts)


def _named(read: Reads, asked: Json) -> Takes:
    options, values = set(asked.get("MatchOptions") or ()), [str(each) for each in asked.get("Values") or ()]
    if options - _OPTIONS:
        raise invalid(f"The AWS stand-in knows no match option {', '.join(sorted(options - _OPTIONS))}")
    if "ABSENT" in options:
        return lambda charge: not read(charge)
    if not values:
        raise invalid("Values must not be empty")
    compare = next((_COMPARED[each] for each in sorted(options) if each in _COMPARED), str.__eq__)
    fold = str.casefold if "CASE_INSENSITIVE" in options else str
    wanted = [fold(each) for each in values]

    # An empty value means: without the tag.
    return lambda charge: any(compare(fold(read(charge) or ""), each) for each in wanted)
