"""Whether two values of a bucket's setting say the same: S3 gives some back in words of its own.

A principal given as an account's id comes back as its root's ARN; one value and a list of one, and lists in any order,
are one to AWS (IAM user guide: Grammar of the IAM JSON policy language; AWS JSON policy elements: Principal).
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from bot.core.configuration.canonical import canonical

Setting = Literal["block", "acl", "policy"]
_ROOT = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root")
_PRINCIPALS = ("Principal", "NotPrincipal")


def same(setting: Setting, one: str | None, other: str | None) -> bool:
    """Each as JSON, None where there is none; what can't be read is the same as its own text only."""
    if one == other:
        return True
    try:
        return bool(_MEANING[setting](one) == _MEANING[setting](other))
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def on(block: str | None) -> frozenset[str]:
    """The flags that are on; no block, and one with nothing on, let the same through."""
    said = json.loads(block) if block else {}
    return frozenset(name for name, is_on in said.items() if is_on)


def grant(one: Any) -> tuple[str, str]:
    """To whom (an id, a group's address) and what; names and mail addresses only decorate it."""
    whom = one["Grantee"]
    return str(whom.get("ID") or whom.get("URI") or canonical(whom)), str(one["Permission"])


def _acl(text: str | None) -> Any:
    held = json.loads(text or "{}")
    owner = (held.get("Owner") or {}).get("ID")
    return owner, frozenset(map(grant, held["Grants"]))


def _policy(text: str | None) -> Any:
    if text is None:
        return None
    held = json.loads(text)
    statements = held["Statement"] if isinstance(held["Statement"], list) else [held["Statement"]]
    rest = {name: value for name, value in held.items() if name != "Statement"}
    return rest, sorted(canonical(_statement(one)) for one in statements)


def _statement(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _flat(value, named=name in _PRINCIPALS) for name, value in one.items()}


def _flat(value: Any, *, named: bool) -> Any:
    if isinstance(value, Mapping):
        return {name: _flat(each, named=named) for name, each in value.items()}
    said = {_said(each) for each in (value if isinstance(value, list) else [value])}
    return sorted(_ROOT.sub(r"\1", each) if named else each for each in said)


def _said(value: Any) -> str:
    # In a condition, true and "true" are one.
    return value if isinstance(value, str) else canonical(value)


_MEANING: dict[Setting, Callable[[str | None], Any]] = {"block": on, "acl": _acl, "policy": _policy}
