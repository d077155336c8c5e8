"""What a Parquet row group's statistics rule out, as Trino reads them.

A condition counts if it puts one plain column to literals: compared, IN, BETWEEN, IS NULL, IS NOT NULL, or
several such of the same column joined by OR. (Trino's tuple domains; an OR over two columns rules nothing out.)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlglot import exp

_NUMBERS = frozenset({"INT32", "INT64", "FLOAT", "DOUBLE"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A column of a row group: bytes as stored, the ends of its values (None: not told), NULLs among the values.

    `kind` is Parquet's physical type.
    """

    size: int
    least: str | None
    most: str | None
    nulls: int | None
    values: int
    kind: str


RowGroup = Mapping[str, Sequence[Chunk]]
"""The chunks by column; a list of texts has one, a struct as many as fields."""


def may_hold(condition: exp.Expr, group: RowGroup) -> bool:
    """Whether some row of the group may meet the condition, for all that the statistics tell."""
    condition = condition.unnest()
    columns = {column.name.lower() for column in condition.find_all(exp.Column)}
    if len(columns) != 1:
        return True
    chunks = group.get(columns.pop(), ())
    # Of a list or a struct the ends are those of its items.
    return len(chunks) != 1 or _may(condition, chunks[0])


def _may(condition: exp.Expr, chunk: Chunk) -> bool:
    condition = condition.unnest()
    match condition:
        case exp.And():
            return all(_may(part, chunk) for part in condition.flatten())
        case exp.Or():
            return any(_may(part, chunk) for part in condition.flatten())
        case exp.Is() if _is_null(condition):
            return chunk.nulls != 0
        case exp.Not() if _is_null(condition.this):
            return not _all_null(chunk)
        case _:
            ranges = _ranges(condition)
            return ranges is None or any(_overlaps(chunk, one) for one in ranges)


def _is_null(condition: exp.Expr) -> bool:
    return (
        isinstance(condition, exp.Is)
        and isinstance(condition.this, exp.Column)
        and isinstance(condition.expression, exp.Null)
    )


@dataclass(frozen=True, slots=True)
class _Range:
    """Values from `low` to `high`, the ends with it or not; None is no end."""

    low: exp.Expr | None = None
    high: exp.Expr | None = None
    closed: bool = True


_COMPARED: dict[type[exp.Expr], Callable[[exp.Expr], _Range]] = {
    exp.EQ: lambda value: _Range(value, value),
    exp.GTE: lambda value: _Range(low=value),
    exp.LTE: lambda value: _Range(high=value),
    exp.GT: lambda value: _Range(low=value, closed=False),
    exp.LT: lambda value: _Range(high=value, closed=False),
}
_EXCHANGED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.EQ,
    exp.GTE: exp.LTE,
    exp.LTE: exp.GTE,
    exp.GT: exp.LT,
    exp.LT: exp.GT,
}


def _ranges(condition: exp.Expr) -> list[_Range] | None:
    """The ranges that the condition leaves its column; None if they can't be told."""
    left, right = condition.args.get("this"), condition.args.get("expression")
    if isinstance(condition, exp.In) and isinstance(left, exp.Column):
        return [_Range(value, value) for value in condition.expressions] or None
    if isinstance(condition, exp.Between) and isinstance(left, exp.Column):
        return [_Range(condition.args["low"], condition.args["high"])]
    if type(condition) in _COMPARED and isinstance(left, exp.Column) and right:
        return [_COMPARED[type(condition)](right)]
    if type(condition) in _COMPARED and isinstance(right, exp.Column) and left:
        return [_COMPARED[_EXCHANGED[type(condition)]](left)]
    return None


def _overlaps(chunk: Chunk, wanted: _Range) -> bool:
    if _all_null(chunk):
        return False
    try:
        least, most = _value(chunk, chunk.least), _value(chunk, chunk.most)
        low, high = _said(chunk, wanted.low), _said(chunk, wanted.high)
    except (InvalidOperation, _Untold):
        return True
    if wanted.closed:
        return (low is None or most >= low) and (high is None or least <= high)
    return (low is None or most > low) and (high is None or least < high)


class _Untold(Exception):
    """The statistics do not say, or can't be compared with what the condition says."""


def _value(chunk: Chunk, text: str | None) -> Any:
    if text is None:
        raise _Untold
    # As texts compare in Parquet, byte by byte in UTF-8, so do they here, letter by letter.
    return Decimal(text) if chunk.kind in _NUMBERS else text


def _said(chunk: Chunk, value: exp.Expr | None) -> Any:
    if value is None:
        return None
    if not isinstance(value, exp.Literal) or value.is_string is (chunk.kind in _NUMBERS):
        raise _Untold
    return _value(chunk, value.this)


def _all_null(chunk: Chunk) -> bool:
    return chunk.nulls is not None and chunk.nulls == chunk.values
