"""What a policy or a grant that somebody just wrote allows: to anyone, to other accounts, everything."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.core.severity import Severity
from bot.core.spoken import some
from bot.core.words import spaced
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.conditions import texts
from bot.sources.cloudtrail.rule import UNSEEN, Seen

_ACCOUNT = re.compile(r"(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::.*)?", re.DOTALL)
_ACCOUNT_DIGITS = 12
_ADMIN = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")


def opens(path: str, *, only: tuple[str, str | None] | None = None) -> Callable[[Call], Seen | None]:
    """A condition: the policy at this path allows anyone, or accounts other than its own.

    `only`: another parameter that must be there for the call to be about a policy, and its value if that
    matters; without it a policy that is missing is UNSEEN.
    """

    def look(call: Call) -> Seen | None:
        if only and (call.asked(only[0]) is None or only[1] not in (None, call.asked(only[0]))):
            return None
        document = _document(call.asked(path))
        if document is None:
            return UNSEEN
        statements = list(_allowed(document))
        anyone = [one for one in statements if "*" in _principals(one)]
        if bare := [one for one in anyone if not one.get("Condition")]:
            return Seen(f"Anyone may {_actions(bare)}", Severity.HIGH)
        if anyone:
            return Seen(f"Anyone may {_actions(anyone)}, under conditions", Severity.MEDIUM)
        return _strangers(call, statements)

    return look


def shared(*path: str) -> Callable[[Call], Seen | None]:
    """A copy of data given to everyone (`all`) or to other accounts, at this path of the parameters."""

    def look(call: Call) -> Seen | None:
        to = list(texts(call.asked(".".join(path))))
        if "all" in to:
            return Seen("Everyone may copy it")
        names = ", ".join(f"account {one}" if one.isdigit() else one for one in to[:5])
        return Seen(f"Shared with {names}", Severity.MEDIUM) if to else None

    return look


def lambda_for_strangers(call: Call) -> Seen | None:
    """A function that anyone or another account may call; AWS's own services are no strangers."""
    who = str(call.request_parameters.get("principal") or "")
    if who == "*":
        bounded = any(call.request_parameters.get(name) for name in ("sourceAccount", "principalOrgID"))
        return None if bounded else Seen("Anyone may call it", Severity.HIGH)
    account = _account_of(who)
    return Seen(f"Account {account} may call it") if account and account != call.account else None


def granted(call: Call) -> Seen | None:
    """The use of a key for another account; AWS's own services take grants all day."""
    account = _account_of(str(call.request_parameters.get("granteePrincipal") or ""))
    return Seen(f"Account {account} may use it") if account and account != call.account else None


def _account_of(principal: str) -> str | None:
    parts = principal.split(":")
    return next((part for part in parts if len(part) == _ACCOUNT_DIGITS and part.isdigit()), None)


def _strangers(call: Call, statements: list[Mapping[str, Any]]) -> Seen | None:
    accounts = {
        found[1] for one in statements for name in _principals(one) if (found := _ACCOUNT.fullmatch(name))
    }
    others = sorted(accounts - {call.account})
    return Seen(f"Allows account {', '.join(others[:5])}", Severity.MEDIUM) if others else None


def grants(call: Call) -> Seen | None:
    """An inline policy or a version of one: everything on everything is high, denials are no grant."""
    document = _document(call.asked("policyDocument"))
    if document is None:
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


def _document(held: Any) -> Mapping[str, Any] | None:
    """A policy stands as JSON or as JSON in text; None for what is neither."""
    if isinstance(held, str):
        try:
            held = json.loads(held)
        except (ValueError, RecursionError):
            return None
    return held if isinstance(held, dict) and held else None


def _allowed(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A policy's Allow statements, which stand as one or a list."""
    statements = document.get("Statement")
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
    return some([_spoken(name) for name in names], 4)


def _spoken(action: str) -> str:
    """`s3:GetObject` as `get object (s3)`."""
    service, _, name = action.rpartition(":")
    return f"{spaced(name).lower()} ({service})" if service else spaced(name).lower()


def _list(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
