"""What a few questions say in words before their table: who made a key, how logins went."""

from collections.abc import Iterator

from bot.core.principal import describe
from bot.core.text import Line, Strong, When
from commands.trail.calls import Answer

_BY_HAND = frozenset({"IAMUser", "Root"})
"""Federated logins always say MFAUsed No: theirs is told by the identity provider alone (docs: sign-in events)."""


def notes(name: str, answer: Answer) -> tuple[Line, ...]:
    """The lines for this question's answer."""
    return tuple({"key": _key, "logins": _logins}.get(name, _none)(answer))


def _none(_answer: Answer) -> Iterator[Line]:
    return iter(())


def _key(answer: Answer) -> Iterator[Line]:
    """Who made the key, and who changed it, where the window has it."""
    for call, facts in zip(answer.calls, answer.facts, strict=True):
        key = facts.get("made_key")
        if key and key != call.access_key and call.time and not call.error_code:
            yield (
                "Made by ",
                Strong(str(describe(call.principal))),
                ", ",
                When(call.time),
                f" ({call.action})",
            )
        elif facts.get("named_key") and facts["named_key"] != call.access_key and call.time:
            yield (f"{call.action} by ", Strong(str(describe(call.principal))), ", ", When(call.time))


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
