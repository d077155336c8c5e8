"""What a charge is by each dimension, and which group it belongs to.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GroupDefinition.html
"""

from collections.abc import Callable, Sequence

from bot.embedded.aws.costs.asking import invalid
from bot.embedded.aws.costs.billing import Json
from bot.embedded.incident.spend import Charge

Values = Callable[[Charge], str]
_MACHINES = ("BoxUsage:", "SpotUsage:", "InstanceUsage:")
_MOST = 2


def _instance_type(charge: Charge) -> str:
    is_machine = any(each in charge.usage_type for each in _MACHINES)
    return charge.usage_type.rpartition(":")[2] if is_machine else "NoInstanceType"


DIMENSIONS: dict[str, Values] = {
    "INSTANCE_TYPE": _instance_type,
    "LINKED_ACCOUNT": lambda charge: charge.account_id,
    "OPERATION": lambda charge: charge.operation,
    "RECORD_TYPE": lambda charge: charge.record,
    "REGION": lambda charge: charge.region,
    "SERVICE": lambda charge: charge.service,
    "USAGE_TYPE": lambda charge: charge.usage_type,
}


def dimension(key: object) -> Values:
    """How to read it; raises for what the stand-in's charges don't know."""
    if key not in DIMENSIONS:
        raise invalid(f"The AWS stand-in knows no dimension {key}: {', '.join(DIMENSIONS)}")
    return DIMENSIONS[str(key)]


def tag(charge: Charge, key: str) -> str | None:
    """The value of a tag; None without it. `team` is the only one that is activated."""
    return charge.team if key == "team" else None


def groups(definitions: Sequence[Json]) -> Callable[[Charge], tuple[str, ...]]:
    """The keys of a charge's group, a key a definition: `team$web` for tags, `team$` where there is none."""
    if len(definitions) > _MOST:
        raise invalid(f"Failed to validate: at most {_MOST} GroupBy definitions are allowed")
    readings = [_reading(each) for each in definitions]
    return lambda charge: tuple(read(charge) for read in readings)


def _reading(definition: Json) -> Values:
    kind, key = definition.get("Type", "DIMENSION"), str(definition.get("Key", ""))
    if kind == "DIMENSION":
        return dimension(key)
    if kind == "TAG":
        return lambda charge: f"{key}${tag(charge, key) or ''}"
    raise invalid(f"The AWS stand-in groups by DIMENSION and TAG, not by {kind}")
