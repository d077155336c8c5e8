"""The SQL of advanced queries: a SELECT of properties without a table, and what of SQL Config refuses.

https://docs.aws.amazon.com/config/latest/developerguide/query-components.html and, for what is refused,
https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html#query-limitations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bot.embedded.aws.config.conditions import condition, path_of, refused
from bot.embedded.aws.config.documents import SCALARS, Document, Path, picked, values
from bot.embedded.aws.errors import Refused

MOST = 4096

_PARTS = frozenset({"expressions", "where", "order", "group"})
_NAMES = {"from_": "FROM", "joins": "JOIN", "distinct": "DISTINCT", "having": "HAVING", "with_": "WITH"}


@dataclass(frozen=True, slots=True)
class Expression:
    """One query: the properties to tell, in order; whom it is about; and how they are sorted."""

    fields: tuple[Path, ...]
    holds: Callable[[Document], bool]
    order: tuple[tuple[Path, bool], ...] = ()
    """Each with whether the greatest comes first."""

    def rows(self, documents: list[Document]) -> list[Document]:
        """What the query tells of those that it is about."""
        found = [each for each in documents if self.holds(each)]
        for path, descending in reversed(self.order):
            found.sort(key=lambda each: _rank(each, path), reverse=descending)
        return [picked(each, self.fields) for each in found]


def parse(text: str) -> Expression:
    """Read an expression; raises InvalidExpressionException as Config does, ValidationException when too long."""
    if not 1 <= len(text) <= MOST:
        raise Refused(
            "ValidationException",
            "1 validation error detected: Value at 'expression' failed to satisfy constraint: "
            f"Member must have length less than or equal to {MOST}",
        )
    select = _select(text)
    if select.args.get("group") or select.find(exp.AggFunc):
        raise refused("The AWS stand-in, unlike Config, does not count or group")
    where, order = select.args.get("where"), select.args.get("order")
    fields = tuple(path for each in select.expressions for path in _field(each))
    sorted_by = tuple((path_of(each.this), bool(each.args.get("desc"))) for each in order or ())
    return Expression(fields, condition(where.this) if where else _everything, sorted_by)


def _select(text: str) -> exp.Select:
    try:
        statements = sqlglot.parse(text)
    except SqlglotError as error:
        raise refused("The expression can't be parsed") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise refused("It has to be one SELECT")
    select = statements[0]
    for part, value in select.args.items():
        if value and part not in _PARTS:
            raise refused(f"{_NAMES.get(part, part.upper())} is not supported")
    return select


def _field(node: exp.Expr) -> tuple[Path, ...]:
    if isinstance(node, exp.Alias):
        raise refused("AS is not supported")
    if isinstance(node, exp.Star):
        return tuple((name,) for name in SCALARS)
    return (path_of(node),)


def _everything(_document: Document) -> bool:
    return True


def _rank(of: Document, path: Path) -> tuple[int, Any]:
    found = values(of, path)
    if not found:
        return 2, ""
    first = found[0]
    return (0, float(first)) if isinstance(first, int | float) else (1, str(first))
