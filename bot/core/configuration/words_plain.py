"""Any change in words: where it is, and what became of what."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.configuration import fields
from bot.core.configuration.change import Change, Key, Whole
from bot.core.configuration.values import HIDDEN, became, said
from bot.core.spoken import folded, short
from bot.core.text import Added, Line, Removed

_FOLDED = {"name", "value", "status", "state"}
"""A last step that says no more than the one before: `state: running → stopped`."""
_SCALING = {"desiredcapacity", "desiredcount"}
_SUMMARY = 60
_ITEMS = "items"
"""CloudFront's and others' lists stand in an object of this one field and their number."""
_VAGUE = {"rule", "member", "element"}
"""One of these says too little without what it is in."""


def plain(change: Change) -> Line:
    """`instance type: t3.micro → t3.large`, `+ security group sg-1 (web)`, `code changed`."""
    last = change.path[-1].lower()
    if last == "codesha256" and change.kind == "changed":
        return ("code changed",)
    if change.kind == "changed":
        return _changed(change)
    value = change.after if change.kind == "added" else change.before
    told = _element(change.path, value) if isinstance(change.path[-1], Key) else _field(change.path, value)
    return (Added(f"+ {told}"),) if change.kind == "added" else (Removed(f"− {told}"),)


def _changed(change: Change) -> Line:
    label = _labelled(change.path)
    if change.after == HIDDEN:
        return (f"{label.removesuffix(':')} changed {HIDDEN}",)
    if change.path[-1].lower() in _SCALING:
        label = f"scaling: {label.removesuffix(':')}"
    return (f"{label} ", *became(change.before, change.after))


def place(path: Sequence[str]) -> list[str]:
    """The steps in words: a field with the key after it is one of them (`network interface eni-1`)."""
    found: list[str] = []
    for n, step in enumerate(path):
        following = path[n + 1] if n + 1 < len(path) else ""
        if isinstance(step, Key):
            _add(found, _kind(path[:n]), step)
        elif not isinstance(following, Key) and not fields.leads_on(step) and following.lower() != _ITEMS:
            found.append(folded(fields.words(step), _SUMMARY))
    return found


def _kind(leading: Sequence[str]) -> str:
    """What one is of the set that the steps lead to."""
    steps = leading[:-1] if leading[-1:] and leading[-1].lower() == _ITEMS else leading
    field = steps[-1] if steps else ""
    return "" if isinstance(field, Key) or fields.leads_on(field) else fields.one(field)


def _set(leading: Sequence[str]) -> str:
    """What one of a set is whose key says nothing; with what it is in, where its own word says too little."""
    kind, context = _kind(leading), place(leading[:-1])
    return f"{context[-1]} {kind}" if kind in _VAGUE and context else kind


def _add(found: list[str], kind: str, key: str) -> None:
    vague = found.pop() if kind in _VAGUE and found else ""
    named = folded(short(key), 80)
    found.append(
        " ".join(part for part in (vague, "" if named.startswith(f"{kind}-") else kind, named) if part)
    )


def _labelled(path: Sequence[str]) -> str:
    """`Block Public Access: blockPublicAcls`, `state:`, `environment STAGE:`; a colon is in it once."""
    *context, last = place(path) or [path[-1]]
    if not context or isinstance(path[-1], Key):
        return f"{', '.join((*context, last))}:"
    if path[-1].lower() in _FOLDED:
        return f"{', '.join(context)}:"
    return f"{', '.join(context)}: {last}"


def _field(path: Sequence[str], value: Any) -> str:
    *context, last = place(path) or [fields.words(path[-1])]
    if value == {}:  # that it is there says it all: `default action: allow`
        return f"{', '.join(context)}: {last}" if context else last
    return f"{', '.join((*context, last))}: {said(value)}"


def _element(path: Sequence[str], value: Any) -> str:
    """`security group sg-1 (web)`, `environment STAGE: dev`, `transition: days 30, …` where it has no name."""
    *context, named = place(path) or [path[-1]]
    if isinstance(value, Whole):
        named, more = _set(path[:-1]), said(value)
    elif isinstance(value, Mapping):
        named = named.removesuffix(folded(short(path[-1]), 80)) + _named(path[-1], value)
        more = _summary(path[-1], value)
    else:
        more = "" if value is True or str(value) == path[-1] else said(value)
    return ", ".join((*context, named)) + (f": {more}" if more else "")


def _named(key: str, value: Mapping[str, Any]) -> str:
    """`sg-1 (web)`; for an ARN the name alone, where there is one."""
    names = [
        inner for name, inner in value.items() if name.lower().endswith("name") and isinstance(inner, str)
    ]
    name = next((one for one in names if one and one != key), "")
    if not name:
        return folded(short(key), 80)
    return folded(name, 80) if key.startswith("arn:") else f"{folded(key, 80)} ({folded(name, 60)})"


def _summary(key: str, value: Mapping[str, Any]) -> str:
    """A little of what else it says."""
    rest = {
        name: inner
        for name, inner in value.items()
        if inner != key
        and not name.lower().endswith(("name", "time", "date"))
        and not isinstance(inner, Mapping | list)
    }
    return said(rest, _SUMMARY) if rest else ""
