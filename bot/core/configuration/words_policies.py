"""Changes of policies, in words: `policy: statement Images now allows s3:GetObject to everybody`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.configuration.change import Change
from bot.core.configuration.values import became, said
from bot.core.configuration.words_conditions import condition
from bot.core.spoken import folded, some
from bot.core.text import Added, Line, Piece, Removed

_ACCOUNT = re.compile(r"(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?")
_ACTS = ("Action", "NotAction")
_WHOM = ("Principal", "NotPrincipal")
_WHERE = ("Resource", "NotResource")
_LONGEST = 160


def statement(change: Change, where: str) -> Line:
    """One statement that came, went or became another; `where` names the policy (`policy`, `inline policy backup`)."""
    if change.kind == "added":
        return (Added(f"+ {where}: {_named(change.after)}{_sentence(change.after)}"),)
    if change.kind == "removed":
        return (Removed(f"− {where}: {_named(change.before)}{_sentence(change.before)}"),)
    return (f"{where}: {_named(change.after)}", *_became(change.before, change.after))


def is_document(value: object) -> bool:
    """Whether it is a policy in normal form: statements by key."""
    held = value.get("Statement") if isinstance(value, Mapping) else None
    return isinstance(held, Mapping) and all(
        isinstance(one, Mapping) and "Effect" in one for one in held.values()
    )


def document(change: Change, where: str) -> Line:
    """A whole policy that came or went: its first statements."""
    held = change.after if change.kind == "added" else change.before
    told = some([f"{_named(one)}{_sentence(one)}" for one in held["Statement"].values()], 2)
    return (Added(f"+ {where}: {told}") if change.kind == "added" else Removed(f"− {where}: {told}"),)


def _named(held: Mapping[str, Any]) -> str:
    return f"statement {said(held['Sid'], 60)} " if held.get("Sid") else ""


def _sentence(held: Mapping[str, Any]) -> str:
    """`allows s3:GetObject to everybody on arn:aws:s3:::images/* if aws:SourceIp`."""
    where = f" on {_all(held, _WHERE)}" if any(name in held for name in _WHERE) else ""
    tests = _tests(held)
    return f"{_effect(held)} {_all(held, _ACTS)}{_to(held)}{where}{f' if {some(tests)}' if tests else ''}"


def _effect(held: Mapping[str, Any]) -> str:
    return "denies" if held.get("Effect") == "Deny" else "allows"


def _became(before: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    parts: list[Line] = []
    if before.get("Effect") != after.get("Effect"):
        parts.append((f"now {_effect(after)} ", Added(_all(after, _ACTS)), _to(after)))
    for names, front, back in (
        (_ACTS, f"{_effect(after)} ", _to(after)),
        (_WHOM, f"{_effect(after)} {_all(after, _ACTS)} to ", ""),
        (_WHERE, f"{_effect(after)} it on ", ""),
    ):
        parts.extend(_changed(before, after, names, front, back))
    if before.get("Condition") != after.get("Condition"):
        parts.append(_conditions(before, after))
    known = {"Effect", "Condition", "Sid", *_ACTS, *_WHOM, *_WHERE}
    rest = sorted(
        name for name in {**before, **after} if before.get(name) != after.get(name) and name not in known
    )
    parts.extend((f"{name} ", *became(before.get(name), after.get(name))) for name in rest)
    return _joined(parts)


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str], front: str, back: str
) -> Iterable[Line]:
    """One part; where all but some was meant before and is now, the exceptions: a new one is no longer meant."""
    old, new = _exceptions(before, names), _exceptions(after, names)
    if not (old and new):
        yield from _sides(_list(before, names), _list(after, names), front, back)
        return
    yield from _sides(new, old, front, back)
    yield from _sides(_stated(before, names), _stated(after, names), front, back)


def _sides(before: list[str], after: list[str], front: str, back: str) -> Iterable[Line]:
    """What is new of a part, and what is gone."""
    added, removed = (
        [one for one in these if one not in those] for these, those in ((after, before), (before, after))
    )
    if added:
        yield (f"now {front}", Added(some(added)), back)
    if removed:
        yield (f"no longer {front}", Removed(some(removed)), back)


def _conditions(before: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    old, new = _tests(before), _tests(after)
    if not new:
        return ("now without the condition ", Removed(some(old)))
    if not old:
        return ("now only if ", Added(some(new)))
    return ("condition ", *became(some(old), some(new)))


def _tests(held: Mapping[str, Any]) -> list[str]:
    """`aws:SourceIp in 10.0.0.0/8`, in AWS's names."""
    tested = held.get("Condition")
    if not isinstance(tested, Mapping):
        return [said(tested)] if tested else []
    return [
        condition(str(operator), str(name), wanted if isinstance(wanted, list) else [wanted])
        for operator, tests in tested.items()
        for name, wanted in (tests.items() if isinstance(tests, Mapping) else ())
    ]


def _to(held: Mapping[str, Any]) -> str:
    return f" to {_all(held, _WHOM)}" if any(name in held for name in _WHOM) else ""


def _all(held: Mapping[str, Any], names: Iterable[str]) -> str:
    return some(_list(held, names)) or "nothing"


def _list(held: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The part's elements in words; its opposite (`NotAction`) as one: `everything but …`, `everybody but …`."""
    found, excepted = _stated(held, names), _exceptions(held, names)
    everything = "everybody" if names is _WHOM else "everything"
    return [*found, f"{everything} but {some(excepted)}"] if excepted else found


def _stated(held: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    found = [one for name in names if name[:3] != "Not" for one in _elements(name, held.get(name))]
    return list(dict.fromkeys(found))


def _exceptions(held: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    found = [one for name in names if name[:3] == "Not" for one in _elements(name, held.get(name))]
    return list(dict.fromkeys(found))


def _elements(name: str, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [_whom(kind, str(one)) for kind, ones in value.items() for one in ones]
    values = value if isinstance(value, list) else [value] if value is not None else []
    return [
        _whom("AWS", str(one)) if name in _WHOM else "everything" if one == "*" else _cut(str(one))
        for one in values
    ]


def _whom(kind: str, named: str) -> str:
    if named == "*":
        return "everybody"
    account = _ACCOUNT.fullmatch(named) if kind == "AWS" else None
    return f"account {account[1]}" if account else _cut(named)


def _cut(text: str) -> str:
    return folded(text, _LONGEST)


def _joined(parts: list[Line]) -> Line:
    pieces: list[Piece] = []
    for n, part in enumerate(parts):
        pieces.extend(("; ", *part) if n else part)
    return tuple(piece for piece in pieces if piece)
