"""A statement as Athena takes it: parameters pasted as literals; a query, or an UNLOAD of one.

Queries are Trino's SQL in Athena, so sqlglot's trino dialect reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType  # type: ignore[attr-defined] # it is compiled; its stub forgets

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.unloading import Unload, split_unload

DIALECT = "trino"


class Malformed(Exception):
    """Athena would not start the query."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A query's text and tree, and where an UNLOAD writes its rows."""

    sql: str
    query: exp.Query
    unload: Unload | None = None


def parse(sql: str) -> Statement:
    """The statement; raises Malformed for what is no SQL, Failure for statements other than queries and UNLOAD."""
    try:
        inner, unload = split_unload(sql)
        statements = [each for each in sqlglot.parse(inner, read=DIALECT) if each is not None]
    except SqlglotError as error:
        raise Malformed(str(error).splitlines()[0]) from error
    if len(statements) != 1:
        raise Malformed(f"Only one sql statement is allowed. Got: {len(statements)}")
    if not isinstance(statements[0], exp.Query):
        raise Failure("NOT_SUPPORTED: The stand-in runs SELECT and UNLOAD only")
    return Statement(inner, statements[0], unload)


def paste(sql: str, parameters: Sequence[str]) -> str:
    """Put each parameter, which is the text of a literal, in the place of its `?`.

    Raises Failure when their number is wrong or one is no literal.
    """
    places = [
        token for token in sqlglot.tokenize(sql, read=DIALECT) if token.token_type is TokenType.PLACEHOLDER
    ]
    if len(places) != len(parameters):
        raise Failure(
            f"INVALID_PARAMETER_USAGE: Incorrect number of parameters: "
            f"expected {len(places)} but found {len(parameters)}"
        )
    for place, parameter in zip(reversed(places), reversed(parameters), strict=True):
        sql = sql[: place.start] + _literal(parameter) + sql[place.end + 1 :]
    return sql


def _literal(parameter: str) -> str:
    try:
        value = sqlglot.parse_one(parameter, read=DIALECT)
    except SqlglotError as error:
        raise Failure(f"SYNTAX_ERROR: the execution parameter {parameter[:80]} is no literal") from error
    plain = value.this if isinstance(value, exp.Neg) else value
    if not isinstance(plain, exp.Literal | exp.Boolean | exp.Null):
        raise Failure(f"SYNTAX_ERROR: the execution parameter {parameter[:80]} is no literal")
    return value.sql(DIALECT, comments=False)
