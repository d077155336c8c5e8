"""Which of a statement's conditions narrows it to somebody, and why the others don't.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.public.keys import DOUBTED, LISTED, POINT_ACCOUNT, POINT_ARN, SOURCE_IP, judged
from bot.core.public.meaning import several, written

_OPERATOR: Final = re.compile(r"(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?", re.IGNORECASE)
_POSITIVE: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
_OPEN: Final = {
    "null": "it asks only whether the key is there, not for one value of it",
    "not": "it lets in everybody but those that it names",
}
_ABSENT_DOUBT: Final = "AWS doesn't say whether Null beside it makes up for passing requests without this key"


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of one operator; `saves` whether it makes the statement non-public, None where undecidable.

    `operator` and `key` as they are written, "" where the Condition can't be read; `why` in words.
    """

    operator: str
    key: str
    values: tuple[str, ...]
    saves: bool | None
    why: str


def conditions(said: object, *, through_access_point: bool = False) -> tuple[Condition, ...]:
    """Each condition of a statement's Condition; all of them must hold, so one that saves is enough.

    `through_access_point`: the policy is an access point's, or is asked what it lets in through one. Every
    request has an access point then, so that to name it narrows nothing.
    """
    if said is None:
        return ()
    if not isinstance(said, Mapping):
        return (Condition("", "", (), None, "the Condition can't be read"),)
    present = {key.lower() for operator, key, values in _each(said) if _asks_presence(operator, values)}
    return tuple(
        Condition(operator, key, _texts(values), *_judged(operator, key, values, present))
        if not (through_access_point and key.lower() in {POINT_ARN, POINT_ACCOUNT})
        else Condition(
            operator, key, _texts(values), saves=False, why="every request here has an access point"
        )
        for operator, key, values in _each(said)
    )


def _each(said: Mapping[object, object]) -> Iterator[tuple[str, str, object]]:
    for operator, tests in said.items():
        if not isinstance(tests, Mapping):
            yield str(operator), "", tests
            continue
        yield from ((str(operator), str(key), values) for key, values in tests.items())


def _judged(operator: str, key: str, values: object, present: set[str]) -> tuple[bool | None, str]:
    """Whether it saves, and why."""
    lowered, whole = key.lower(), _OPERATOR.fullmatch(operator)
    if not key or whole is None:
        return None, "this condition can't be read"
    if lowered not in LISTED and lowered not in DOUBTED:
        return False, "AWS doesn't count this key"
    return _tested(whole, lowered, values, present)


def _tested(operator: re.Match[str], key: str, values: object, present: set[str]) -> tuple[bool | None, str]:
    test = operator[2].lower()
    if test == "null" or "not" in test:
        return False, _OPEN["null" if test == "null" else "not"]
    if not _readable(values):
        return None, "its values can't be read"
    saves, why = judged(key, _texts(values))
    if saves is not False and test not in ({"ipaddress"} if key == SOURCE_IP else _POSITIVE):
        return None, f"AWS doesn't say what {operator[0]} means for this key"
    if saves is not False and _passes_absent(operator):
        return (None, _ABSENT_DOUBT) if key in present else (False, "a request without this key passes too")
    return saves, why


def _passes_absent(operator: re.Match[str]) -> bool:
    return bool(operator[3]) or (operator[1] or "").lower() == "forallvalues"


def _asks_presence(operator: str, values: object) -> bool:
    return operator.lower() == "null" and [text.lower() for text in _texts(values)] == ["false"]


def _texts(values: object) -> tuple[str, ...]:
    return tuple(written(one) for one in several(values))


def _readable(values: object) -> bool:
    every = several(values)
    # An account's number may stand without quotes.
    return bool(every) and all(
        isinstance(one, (str, int)) and not isinstance(one, bool) and one != "" for one in every
    )
