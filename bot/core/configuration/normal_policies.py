"""Policy documents by statement, each in one form: what may be a text or a list is a sorted list.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Mapping
from typing import Any

from bot.core.configuration.canonical import canonical, digest, keyed
from bot.core.configuration.change import Whole
from bot.core.spoken import folded

_LISTS = ("Action", "NotAction", "Resource", "NotResource")
_PRINCIPALS = ("Principal", "NotPrincipal")


def is_policy(value: Mapping[str, Any]) -> bool:
    """Whether it is a policy document: statements that say what they allow or deny."""
    held = value.get("Statement")
    statements = held if isinstance(held, list) else [held]
    return bool(statements) and all(isinstance(one, Mapping) and "Effect" in one for one in statements)


def policy(value: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its statements by Sid, those without one by their own text."""
    held = value["Statement"]
    statements = [statement(one) for one in (held if isinstance(held, list) else [held])]
    rest = {name: inner for name, inner in value.items() if name != "Statement" and inner is not None}
    return rest | {"Statement": keyed((_key(one), one) for one in statements)}


def statement(value: Mapping[str, Any]) -> Whole:
    """One statement; the order of actions, resources and principals means nothing, and it has none here."""
    return Whole({name: _part(name, inner) for name, inner in value.items() if inner is not None})


def _key(one: Mapping[str, Any]) -> str:
    """`Images`, or `Allow s3:GetObject 0f1e2d3c` for a statement without a Sid."""
    sid = one.get("Sid")
    if isinstance(sid, str) and sid:
        return sid
    acts = [str(act) for name in ("Action", "NotAction") for act in one.get(name, ())]
    return f"{folded(' '.join((str(one['Effect']), *acts)), 60)} {digest(one)}"


def _part(name: str, value: Any) -> Any:
    if name in _LISTS:
        return _sorted(value)
    if name in _PRINCIPALS and isinstance(value, Mapping):
        return {kind: _sorted(named) for kind, named in value.items()}
    if name == "Condition" and isinstance(value, Mapping):
        return {operator: _condition(tests) for operator, tests in value.items()}
    return value


def _condition(tests: Any) -> Any:
    if not isinstance(tests, Mapping):
        return tests
    return {name: _sorted(wanted) for name, wanted in tests.items()}


def _sorted(value: Any) -> list[Any]:
    return sorted(value if isinstance(value, list) else [value], key=canonical)
