"""The conditions of advanced queries: `=`, IN, BETWEEN and LIKE on a property, joined by AND, OR and NOT.

A property within a list matches if that of any element does:
https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html#array-property-query-behavior
"""

import re
from collections.abc import Callable
from typing import Any

from sqlglot import exp

from bot.embedded.aws.config.documents import PROPERTIES, Document, Path, values
from bot.embedded.aws.errors import Refused

Holds = Callable[[Document], bool]
Matches = Callable[[Any], bool]

_SHORTEST = 3  # characters before the % of a LIKE


def refused(why: str) -> Refused:
    """Config's refusal of an expression."""
    return Refused("InvalidExpressionException", f"The query expression is invalid. {why}.")


def condition(node: exp.Expr) -> Holds:
    """What a condition asks of a document; raises InvalidExpressionException for what Config has none for."""
    match node:
        case exp.Paren():
            return condition(node.this)
        case exp.And():
            left, right = condition(node.left), condition(node.right)
            return lambda document: left(document) and right(document)
        case exp.Or():
            left, right = condition(node.left), condition(node.right)
            return lambda document: left(document) or right(document)
        case exp.Not():
            inner = condition(node.this)
            return lambda document: not inner(document)
    path, matches = path_of(node.this), _predicate(node)
    return lambda document: any(matches(value) for value in values(document, path))


def path_of(node: exp.Expr) -> Path:
    """The property that stands there; raises for anything else, and for one that no item has."""
    parts = node.parts if isinstance(node, exp.Column | exp.Dot) else ()
    if not parts or not all(isinstance(each, exp.Identifier) and not each.quoted for each in parts):
        raise refused(f"{node.sql()} is not a property")
    path = tuple(each.name for each in parts)
    if path[0] not in PROPERTIES:
        raise refused(f"{'.'.join(path)} is not a valid property")
    return path


def _predicate(node: exp.Expr) -> Matches:
    match node:
        case exp.EQ():
            wanted = _literal(node.expression)
            return lambda value: _is(value, wanted)
        case exp.In() if node.expressions:
            many = [_literal(each) for each in node.expressions]
            return lambda value: any(_is(value, each) for each in many)
        case exp.Between() if not node.args.get("symmetric"):
            low, high = _literal(node.args["low"]), _literal(node.args["high"])
            return lambda value: _between(low, value, high)
        case exp.Like():
            pattern = _pattern(_literal(node.expression))
            return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None
    raise refused(f"{node.sql()} is not supported")


def _literal(node: exp.Expr) -> Any:
    """Text in single quotes, a number, or true and false."""
    match node:
        case exp.Literal(is_string=True):
            return node.name
        case exp.Literal():
            return float(node.name)
        case exp.Neg(this=exp.Literal(is_string=False)):
            return -float(node.this.name)
        case exp.Boolean():
            return bool(node.this)
    raise refused(f"{node.sql()} is not a value; NULL is not supported, and text stands in single quotes")


def _is(value: Any, wanted: Any) -> bool:
    return (
        type(value) is not bool and value == wanted if _is_number(wanted) else _text(value) == _text(wanted)
    )


def _between(low: Any, value: Any, high: Any) -> bool:
    if _is_number(low) and _is_number(high):
        return _is_number(value) and bool(low <= value <= high)
    return _text(low) <= _text(value) <= _text(high)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pattern(like: Any) -> re.Pattern[str]:
    """`_` is any character, and `%` anything: at the end alone, behind three characters at least."""
    text = _text(like)
    begin = text.removesuffix("%")
    if "%" in begin or (begin != text and len(begin) < _SHORTEST):
        raise refused(f"A wildcard stands at the end, behind {_SHORTEST} characters at least")
    letters = ("." if each == "_" else re.escape(each) for each in begin)
    return re.compile("".join(letters) + (".*" if begin != text else ""), re.DOTALL)
