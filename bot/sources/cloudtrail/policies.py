"""What a policy that somebody just wrote allows, as far as an alert needs it: to anyone, to others, everything."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.core.severity import Severity
from bot.core.words import spaced
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import UNSEEN, Seen

_ACCOUNT = re.compile(r"(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::.*)?", re.DOTALL)
_ADMIN = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")


def opens(parameter: str) -> Callable[[Call], Seen | None]:
    """A condition: this parameter's policy allows anyone, or accounts other than its own."""

    def look(call: Call) -> Seen | None:
        statements = list(_allowed(call.request_parameters.get(parameter)))
        if not call.request_parameters.get(parameter):
            return UNSEEN
        anyone = [one for one in statements if "*" in _principals(one)]
        if bare := [one for one in anyone if not one.get("Condition")]:
            return Seen(f"Anyone may {_actions(bare)}", Severity.HIGH)
        if anyone:
            return Seen(f"Anyone may {_actions(anyone)}, under conditions", Severity.MEDIUM)
        return _strangers(call, statements)

    return look


def _strangers(call: Call, statements: list[Mapping[str, Any]]) -> Seen | None:
    accounts = {
        found[1] for one in statements for name in _principals(one) if (found := _ACCOUNT.fullmatch(name))
    }
    others = sorted(accounts - {call.account})
    return Seen(f"Allows account {', '.join(others[:5])}", Severity.MEDIUM) if others else None


def grants(call: Call) -> Seen | None:
    """An inline policy or a version of one: everything on everything is high, denials are no grant."""
    document = call.request_parameters.get("policyDocument")
    if not document:
        return Seen("CloudTrail's record does not show the policy itself")
    statements = list(_allowed(document))
    if any("*" in _list(one.get("Action")) and "*" in _list(one.get("Resource")) for one in statements):
        return Seen("It allows everything on everything", Severity.HIGH)
    return Seen(f"It allows {_actions(statements)}") if statements else None


def attached(call: Call) -> Seen | None:
    """A managed policy: AWS's own administrator policies are high, and so is its mark of a leaked key."""
    policy = str(call.request_parameters.get("policyArn") or "").rpartition("/")[2]
    if policy.startswith("AWSCompromisedKeyQuarantine"):
        return Seen(f"{policy} is what AWS attaches when it found the user's key in public", Severity.HIGH)
    if policy in _ADMIN:
        return Seen(f"The policy is {policy}", Severity.HIGH)
    return Seen(f"The policy is {policy}" if policy else "")


def _allowed(document: Any) -> Iterator[Mapping[str, Any]]:
    """A policy's Allow statements; it stands as JSON or as JSON in text, its statements as one or a list."""
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            return
    statements = document.get("Statement") if isinstance(document, dict) else None
    for one in statements if isinstance(statements, list) else [statements]:
        if isinstance(one, dict) and one.get("Effect") == "Allow":
            yield one


def _principals(statement: Mapping[str, Any]) -> list[str]:
    principal = statement.get("Principal")
    return _list(principal.get("AWS")) if isinstance(principal, dict) else _list(principal)


def _actions(statements: list[Mapping[str, Any]]) -> str:
    names = sorted({name for one in statements for name in _list(one.get("Action"))})
    if not names or "*" in names:
        return "do everything" if names else "do what the policy does not deny"
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""  # noqa: PLR2004 - a line's worth
    return ", ".join(map(_spoken, names[:4])) + more


def _spoken(action: str) -> str:
    """`s3:GetObject` as `get object (s3)`."""
    service, _, name = action.rpartition(":")
    return f"{spaced(name).lower()} ({service})" if service else spaced(name).lower()


def _list(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
