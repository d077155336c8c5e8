"""What a few questions say in words before their table: who made a key, how logins went."""

from collections.abc import Iterator

from bot.core.principal import describe
from bot.core.text import Code, Line, Strong, When
from bot.trail.calls import Answer

_BY_HAND = frozenset({"IAMUser", "Root"})
"""Federated logins always say MFAUsed No: theirs is told by the identity provider alone (docs: sign-in events)."""


def notes(name: str, subject: str, answer: Answer) -> tuple[Line, ...]:
    """The lines for this question's answer; `subject` is what it is about."""
    if name == "key":
        return tuple(_key(subject, answer))
    return tuple(_logins(answer)) if name == "logins" else ()


def _key(subject: str, answer: Answer) -> Iterator[Line]:
    """Who made the key and who changed it, and which keys it made itself, where the window has it."""
    for call, facts in zip(answer.calls, answer.facts, strict=True):
        if call.error_code or not call.time:
            continue
        who, made = Strong(str(describe(call.principal))), facts.get("made_key")
        if made == subject:
            yield ("Made by ", who, ", ", When(call.time), f" ({call.action})")
        elif made:
            yield ("It made key ", Code(made), ", ", When(call.time), f" ({call.action})")
        elif facts.get("named_key") == subject:
            yield (f"{call.action} by ", who, ", ", When(call.time))


def _logins(answer: Answer) -> Iterator[Line]:
    rows = list(zip(answer.calls, answer.facts, strict=True))
    failed = sum(facts.get("login") == "Failure" for _, facts in rows)
    bare = sum(
        facts.get("login") == "Success"
        and facts.get("login_mfa") != "Yes"
        and call.principal_type in _BY_HAND
        for call, facts in rows
    )
    yield (
        f"{failed:,} failed · {bare:,} without MFA (users and root; what a provider asked for is not told)",
    )
