"""A statement as Athena reads it: parameters pasted as literals, tables named, partitions chosen.

Queries are Trino's SQL in Athena, so sqlglot's trino dialect reads them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType  # type: ignore[attr-defined] # it is compiled; its stub forgets

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import Partition

DIALECT = "trino"
_VERBATIM = frozenset({"eventid", "eventname", "eventsource", "recipientaccountid", "sourceipaddress"})
_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+")  # what no JSON writer escapes


class Malformed(Exception):
    """Athena would not start the query."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a table: its name, and the conditions that touch nothing but one table's columns."""

    database: str
    table: str
    conditions: tuple[exp.Expression, ...]


def parse(sql: str) -> exp.Query:
    """The statement; raises Malformed for what is no SQL, Failure for statements other than queries."""
    try:
        statements = [each for each in sqlglot.parse(sql, read=DIALECT) if each is not None]
    except SqlglotError as error:
        raise Malformed(str(error).splitlines()[0]) from error
    if len(statements) != 1:
        raise Malformed(f"Only one sql statement is allowed. Got: {len(statements)}")
    if not isinstance(statements[0], exp.Query):
        raise Failure("NOT_SUPPORTED: The stand-in runs SELECT only")
    return statements[0]


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


def scans(query: exp.Query, database: str) -> tuple[Scan, ...]:
    """Every reading of a table (not of a WITH's name) in the statement; `database` is the default one."""
    named = {cte.alias_or_name.lower() for cte in query.find_all(exp.CTE)}
    return tuple(
        Scan(table.db or database, table.name, _conditions(table))
        for table in query.find_all(exp.Table)
        if table.db or table.name.lower() not in named
    )


def _conditions(table: exp.Table) -> tuple[exp.Expression, ...]:
    select = table.find_ancestor(exp.Select)
    where = select.args.get("where") if select else None
    if where is None:
        return ()
    names = {table.name.lower(), table.alias_or_name.lower()}
    if select and not select.args.get("joins"):
        names.add("")  # with one table alone, a bare column can only be its own
    parts = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return tuple(
        part
        for part in (each.unnest() for each in parts)
        if isinstance(part, exp.Expression)
        and not part.find(exp.Query)
        and all(column.table.lower() in names for column in part.find_all(exp.Column))
    )


def needles(scans: tuple[Scan, ...]) -> tuple[str, ...]:
    """Texts of which every record that the statement can select holds one verbatim; none if there is no telling.

    Found in a condition such as `eventsource IN ('s3.amazonaws.com')`; it spares the reading of other
    records, never their bytes, which are billed all the same.
    """
    for condition in scans[0].conditions if len(scans) == 1 else ():
        match condition:
            case exp.EQ(args={"this": exp.Column() as column, "expression": exp.Literal() as value}):
                wanted: list[object] = [value]
            case exp.In(args={"this": exp.Column() as column, "expressions": list(wanted)}):
                pass
            case _:
                continue
        texts = tuple(str(each.this) for each in wanted if isinstance(each, exp.Literal) and each.is_string)
        plain = len(texts) == len(wanted) and all(_PLAIN.fullmatch(text) for text in texts)
        if plain and texts and column.name.lower() in _VERBATIM:
            return texts
    return ()


def narrow(scan: Scan, keys: tuple[str, ...], values: list[list[str]]) -> list[list[str]]:
    """The values of each partition column that survive the conditions on that column alone."""
    return [
        [value for (value,) in _surviving(scan, (key,), [(value,) for value in column])]
        for key, column in zip(keys, values, strict=True)
    ]


def choose(scan: Scan, keys: tuple[str, ...], partitions: Iterable[Partition]) -> list[Partition]:
    """The partitions that survive those of the scan's conditions that touch partition columns alone."""
    found = {partition.values: partition for partition in partitions}
    return [found[values] for values in _surviving(scan, keys, list(found))]


def _surviving(scan: Scan, keys: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    touching = [part for part in scan.conditions if _touches_only(part, keys)]
    if not (touching and rows):
        return rows
    names = ", ".join(f'"{key}"' for key in keys)
    where = " AND ".join(f"({_bare(part).sql('duckdb')})" for part in touching)
    lists = ", ".join(f"unnest(${n + 1}::VARCHAR[])" for n in range(len(keys)))
    asked = f"SELECT row FROM (SELECT unnest(range({len(rows)})), {lists}) AS t(row, {names}) WHERE {where} ORDER BY row"
    with duckdb.connect() as connection:
        try:
            left = connection.execute(asked, [list(column) for column in zip(*rows, strict=True)]).fetchall()
        except duckdb.Error as error:
            raise Failure(f"SYNTAX_ERROR: {error}") from error
    return [rows[row] for (row,) in left]


def _touches_only(part: exp.Expression, keys: tuple[str, ...]) -> bool:
    columns = {column.name.lower() for column in part.find_all(exp.Column)}
    return bool(columns) and columns <= set(keys)


def _bare(part: exp.Expression) -> exp.Expression:
    return part.transform(
        lambda node: exp.column(node.name.lower(), quoted=True) if isinstance(node, exp.Column) else node
    )
