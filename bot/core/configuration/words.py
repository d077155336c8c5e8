"""A change as a person on call reads it, and its path as JSON says it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.configuration import kinds, words_policies, words_relations, words_rules
from bot.core.configuration.change import Change, Key
from bot.core.configuration.values import became, masked, said
from bot.core.configuration.words_plain import place, plain
from bot.core.spoken import folded
from bot.core.text import Added, Line, Piece, Removed

_FIELD = re.compile(r"[A-Za-z_]\w*")
_LONGEST = 600
_GRANTEES = {
    "AllUsers": "everybody",
    "AuthenticatedUsers": "everybody with an AWS account",
    "LogDelivery": "log delivery",
}


def path(change: Change) -> str:
    """`configuration.ipPermissions[tcp 22][0.0.0.0/0]`: AWS's field names, keys of sets in brackets.

    The resource itself, made or deleted, is `resource`.
    """
    first, *rest = change.path or ("resource",)
    return first + "".join(_step(step) for step in rest)


def line(change: Change, resource_type: str) -> Line:
    """`+ inbound tcp 22 from 0.0.0.0/0`, `tags: team finance → ops`, `instance type: t3.micro → t3.large`."""
    if not change.path:
        return (
            f"the {kinds.words(resource_type)} was {'made again' if change.kind == 'added' else 'deleted'}",
        )
    held = replace(change, before=masked(change.before, change.path), after=masked(change.after, change.path))
    return tuple(_cut(piece) for piece in _special(held) or plain(held))


def lines(changes: Iterable[Change], resource_type: str) -> tuple[Line, ...]:
    """A line a change; a relationship that only repeats another change has none."""
    told = tuple(changes)
    others = {step for one in told if one.path[:1] != ("relationships",) for step in _mentioned(one)}
    return tuple(
        line(one, resource_type)
        for one in told
        if one.path[:1] != ("relationships",) or not others & set(_mentioned(one))
    )


def _cut(piece: Piece) -> Piece:
    """Names are short wherever AWS gave them; whatever else stands where a name should is no reason for a long line."""
    match piece:
        case str() if len(piece) > _LONGEST or "\n" in piece:
            return folded(piece, _LONGEST)
        case Added() | Removed() if len(piece.text) > _LONGEST or "\n" in piece.text:
            return replace(piece, text=folded(piece.text, _LONGEST))
        case _:
            return piece


def _special(change: Change) -> Line | None:
    """The words of what has its own; None for all else."""
    names = [step.lower() for step in change.path]
    among = names[-2] if len(names) > 1 else ""
    if names == ["configuration"] and isinstance(change.before, str) != isinstance(change.after, str):
        return _unreadable(change)
    if names[0] == "tags":
        return _tag(change)
    if names[0] == "relationships":
        return words_relations.line(change)
    for name, field, told in _OWN:
        if name in (among, names[1] if len(names) > 1 else "") and _has(change, field):
            return told(change)
    if among == "statement" and _has(change, "Effect"):
        return words_policies.statement(change, _policy(change.path[:-2]))
    return _document(change)


def _unreadable(change: Change) -> Line:
    """What Config gave as the configuration, and is no JSON."""
    if isinstance(change.after, str):
        return ("configuration can’t be read and stands as it came: ", Added(said(change.after)))
    return ("configuration can be read again",)


def _document(change: Change) -> Line | None:
    """A whole policy that came or went, by itself or with its name."""
    side = change.after if change.kind == "added" else change.before
    named = [side.get(name) for name in ("policyDocument", "document")] if isinstance(side, Mapping) else []
    held = next((one for one in named if one), side)
    if change.kind == "changed" or not words_policies.is_document(held):
        return None
    return words_policies.document(replace(change, before=held, after=held), _policy(change.path))


def _has(change: Change, field: str) -> bool:
    """Whether all that it tells of are objects with this field."""
    sides = [
        side for side, kind in ((change.before, "added"), (change.after, "removed")) if change.kind != kind
    ]
    return all(isinstance(side, Mapping) and field in side for side in sides)


def _policy(leading: tuple[str, ...]) -> str:
    """`policy`, `who may assume it`, `inline policy backup`."""
    steps = [
        step
        for step in leading
        if isinstance(step, Key) or step.lower() not in ("document", "policydocument")
    ]
    return ", ".join(place(steps)) or "policy"


def _tag(change: Change) -> Line:
    name = folded(change.path[-1], 80)
    if change.kind == "added":
        return (Added(f"+ tag {name}: {said(change.after)}"),)
    if change.kind == "removed":
        return (Removed(f"− tag {name}: {said(change.before)}"),)
    return (f"tags: {name} ", *became(change.before, change.after))


def _grant(change: Change) -> Line:
    held = change.before if change.kind == "removed" else change.after
    grantee = held.get("grantee")
    named = grantee.get("displayName") or grantee.get("id") if isinstance(grantee, Mapping) else grantee
    told = f"access list (ACL): {said(held.get('permission'))} to {_GRANTEES.get(str(named), said(named))}"
    return (Removed(f"− {told}"),) if change.kind == "removed" else (Added(f"+ {told}"),)


def _mentioned(change: Change) -> Iterable[str]:
    """With a sign before them, the ids and names that it adds or takes away."""
    sign = {"added": "+", "removed": "−", "changed": "±"}[change.kind]
    sides = [(sign, change.after if change.kind == "added" else change.before)]
    if change.kind == "changed":
        sides = [("−", change.before), ("+", change.after)]
    for mark, side in sides:
        values = side.values() if isinstance(side, Mapping) else [side]
        yield from (f"{mark} {one}" for one in values if isinstance(one, str) and "-" in one)


def _step(step: str) -> str:
    if not isinstance(step, Key) and _FIELD.fullmatch(step):
        return f".{step}"
    return f"[{json.dumps(step, ensure_ascii=False)}]" if set(step) & set('[]"') else f"[{step}]"


_OWN = (
    ("ippermissions", "ipProtocol", words_rules.rule),
    ("ippermissionsegress", "ipProtocol", words_rules.rule),
    ("routes", "destinationCidrBlock", words_rules.route),
    ("routes", "destinationIpv6CidrBlock", words_rules.route),
    ("routes", "destinationPrefixListId", words_rules.route),
    ("entries", "ruleNumber", words_rules.entry),
    ("grantlist", "permission", _grant),
)
