"""Calls that spend: machines that AI and mining want. Who stole a key starts them where nobody looks."""

from collections.abc import Iterator
from typing import Any

from bot.core.severity import Severity
from bot.core.spoken import some
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import Rule, Seen

# The GPU and accelerator families; no other family begins so (docs: Amazon EC2 instance types).
FAMILIES = ("p", "g", "trn", "inf", "dl", "vt")
_DEEPEST = 8


def accelerated(call: Call) -> Seen | None:
    """Machines of such a family, asked for or started; which and how many."""
    kinds = dict.fromkeys((*_kinds(call.request_parameters), *_kinds(call.response_elements)))
    strong = [kind for kind in kinds if _is_strong(kind)]
    if not strong:
        return None
    started = [one for one in _items(call.response_elements) if _is_strong(str(one.get("instanceType")))]
    ids = [str(one["instanceId"]) for one in started if one.get("instanceId")]
    return Seen(f"{some(strong)}{f': {some(ids)}' if ids else ''}")


def _is_strong(kind: str) -> bool:
    family = next((name for name in sorted(FAMILIES, key=len, reverse=True) if kind.startswith(name)), "")
    return bool(family) and kind.removeprefix(family).removeprefix("r")[:1].isdigit()


def _kinds(node: Any, depth: int = 0) -> Iterator[str]:
    """Every `instanceType` inside."""
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and isinstance(node.get("instanceType"), str):
        yield node["instanceType"]
    for value in inside if depth < _DEEPEST else ():
        yield from _kinds(value, depth + 1)


def _items(response: Any) -> list[dict[str, Any]]:
    held = response.get("instancesSet")
    items = held.get("items") if isinstance(held, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


RUN = Rule("ec2.amazonaws.com", "RunInstances", Severity.MEDIUM, "start GPU machines", when=accelerated)
SPENDING: tuple[Rule, ...] = (
    RUN,
    Rule(
        "ec2.amazonaws.com", "RequestSpotInstances", Severity.MEDIUM, "ask for GPU machines", when=accelerated
    ),
)
