"""What EventBridge is asked to send of all calls: the table by its names, root's calls, strong machines."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.sources.cloudtrail.call import CONSOLE
from bot.sources.cloudtrail.rule import Rule
from bot.sources.cloudtrail.rules import ENDS, RULES
from bot.sources.cloudtrail.rules.ends import End
from bot.sources.cloudtrail.rules.spending import FAMILIES, RUN

_LONGEST = 1800
"""Characters of a detail: AWS allows 2,048 for the whole pattern (docs: Amazon EventBridge quotas)."""


def details() -> tuple[Mapping[str, Any], ...]:
    """The narrowing parts, each a rule of its own; what fits two of them comes twice and is one occurrence."""
    # Every machine that starts would come otherwise, most of them of no interest.
    strong = [{"prefix": family} for family in FAMILIES]
    asked = {"requestParameters": {"instanceType": strong}}
    started = {"responseElements": {"instancesSet": {"items": {"instanceType": strong}}}}
    run = {"eventSource": [RUN.event_source], "eventName": [RUN.event_name], "$or": [asked, started]}
    itself = ({"exists": False}, CONSOLE)
    root = {"$or": [{"userIdentity": {"type": ["Root"], "invokedBy": [by]}} for by in itself]}
    return (*_table(), run, root)


def _table() -> Iterable[Mapping[str, Any]]:
    """As few as hold all names: services in the table's order, one more as long as it fits."""
    names: dict[str, set[str]] = {}
    rows: tuple[Rule | End, ...] = (*RULES, *ENDS)
    for row in rows:
        if row is not RUN:
            names.setdefault(row.event_source, set()).add(row.event_name)
    held: list[str] = []
    for service in names:
        if held and len(json.dumps(_of([*held, service], names), separators=(",", ":"))) > _LONGEST:
            yield _of(held, names)
            held = []
        held.append(service)
    yield _of(held, names)


def _of(services: list[str], names: Mapping[str, set[str]]) -> dict[str, Any]:
    return {
        "eventSource": sorted(services),
        "eventName": sorted(name for service in services for name in names[service]),
    }
