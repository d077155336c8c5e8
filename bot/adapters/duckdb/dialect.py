"""Athena's SQL (Trino's) as DuckDB's: one SELECT over known tables, values bound, unknown functions refused."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.dialects.trino import Trino
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType  # type: ignore[attr-defined]  # sqlglot re-exports it without saying so

from bot.adapters.duckdb.columns import COLUMNS
from bot.adapters.duckdb.functions import MATCHES, NAMED, REWRITTEN, SAME, call, match, unsupported
from bot.adapters.duckdb.gathering import tell_apart_when_gathered
from bot.adapters.duckdb.twins import number_twins_alone
from bot.core.span import iso
from bot.errors import QueryFailed

_CATALOG = "awsdatacatalog"
# Stands for the nth `?` while sqlglot rearranges the statement.
_HOLE = "\x00parameter "
_NOW, _TODAY = "\x00now", "\x00today"


@dataclass(frozen=True, slots=True)
class Translated:
    """A statement in DuckDB's SQL, and the raw table's columns it may use (some more than it does).

    Of a STRUCT it may be fields alone, as `useridentity.arn`.
    """

    sql: str
    columns: tuple[str, ...]


def to_duckdb(
    sql: str, *, table: str, parameters: int, now: datetime, others: Sequence[str] = ()
) -> Translated:
    """The statement in DuckDB's SQL, with `$1` for the first of `parameters` values, and so on.

    `table` (`database.table`) is the raw one; it and `others` are what it may ask, each also by its last
    part alone; `now` is its present.
    Raises QueryFailed, naming what is not understood.
    """
    timeless = _translated(sql, (table, *others), parameters)
    spelled = timeless.sql.replace(_NOW, iso(now)).replace(_TODAY, iso(now)[:10])
    return Translated(spelled, timeless.columns)


@lru_cache(maxsize=128)
def _translated(sql: str, tables: tuple[str, ...], parameters: int) -> Translated:
    """With `_NOW` and `_TODAY` for the present: a question has the same text each time it is asked."""
    tree = _parse(_numbered(sql, parameters))
    _check_tables(tree, tables)
    columns = _columns(tree, tables[0])
    number_twins_alone(tree)
    for node in reversed(list(tree.dfs())):
        _rewrite(node)
    tell_apart_when_gathered(tree)
    _name_columns(tree)
    return Translated(tree.sql("duckdb"), columns)


def _numbered(sql: str, parameters: int) -> str:
    try:
        holes = [token for token in Trino().tokenize(sql) if token.token_type == TokenType.PLACEHOLDER]
    except SqlglotError as error:
        raise QueryFailed(f"The SQL can't be read: {error}.") from error
    if len(holes) != parameters:
        raise QueryFailed(f"The SQL has {len(holes)} parameters; {parameters} values came with it.")
    pieces, end = [], 0
    for number, hole in enumerate(holes, 1):
        pieces += [sql[end : hole.start], f"'{_HOLE}{number}'"]
        end = hole.end + 1
    return "".join([*pieces, sql[end:]])


def _parse(sql: str) -> exp.Query:
    try:
        statements = [tree for tree in sqlglot.parse(sql, read="athena") if tree]
    except SqlglotError as error:
        raise QueryFailed(f"The SQL can't be read: {_first_line(error)}.") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise QueryFailed("Only one SELECT can be asked at a time.")
    return statements[0]


def _first_line(error: Exception) -> str:
    # sqlglot underlines the place with terminal codes on the lines that follow.
    return str(error).partition("\n")[0].rstrip(". ")


def _check_tables(tree: exp.Query, tables: Sequence[str]) -> None:
    whole = {name: table.lower() for table in reversed(tables) for name in _names(table)}
    local = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for found in tree.find_all(exp.Table):
        said = [part.name.lower() for part in found.parts]
        if said[0] == _CATALOG and len(said) > 2:  # noqa: PLR2004 - catalog.database.table
            said.pop(0)
        if len(said) == 1 and said[0] in local:
            continue
        table = whole.get(".".join(said))
        if table is None:
            raise QueryFailed(f"There is no table {'.'.join(said)} here; there is {_listed(tables)}.")
        database = table.rpartition(".")[0]
        found.set("catalog", None)
        found.set("db", exp.to_identifier(database, quoted=True) if database else None)


def _names(table: str) -> tuple[str, str]:
    return table.lower(), table.lower().rpartition(".")[2]


def _listed(tables: Sequence[str]) -> str:
    *first, last = tables
    return f"{', '.join(first)} and {last}" if first else last


def _columns(tree: exp.Query, table: str) -> tuple[str, ...]:
    """Every column if a `*` stands over the raw table itself, else those whose names occur at all."""
    for star in tree.find_all(exp.Star):
        select = star.find_ancestor(exp.Select)
        if not isinstance(star.parent, exp.Count) and select and any(_is(t, table) for t in _sources(select)):
            return COLUMNS
    names = Counter(name.name.lower() for name in tree.find_all(exp.Identifier))
    chains = [_chain(column) for column in tree.find_all(exp.Column)]
    used = [one for column in COLUMNS if column in names for one in _narrowed(column, names[column], chains)]
    return tuple(used) or COLUMNS[:1]


def _chain(column: exp.Column) -> list[str]:
    """The names joined by dots, in small letters: a table's, a column's, its fields'."""
    names, top = [part.name.lower() for part in column.parts], column.parent
    while isinstance(top, exp.Dot) and isinstance(top.expression, exp.Identifier):
        names.append(top.expression.name.lower())
        top = top.parent
    return names


def _narrowed(column: str, occurs: int, chains: Sequence[list[str]]) -> list[str]:
    """The column by itself, or by the fields it is asked for wherever its name occurs."""
    asked = [chain[chain.index(column) :] for chain in chains if column in chain[:-1]]
    return sorted({".".join(chain) for chain in asked}) if len(asked) == occurs else [column]


def _is(found: exp.Table, table: str) -> bool:
    return bool(found.db) and ".".join(part.name.lower() for part in found.parts) == table.lower()


def _sources(select: exp.Select) -> list[exp.Table]:
    parts = [select.args.get("from_"), *(select.args.get("joins") or ())]
    return [part.this for part in parts if part and isinstance(part.this, exp.Table)]


def _rewrite(node: exp.Expr) -> None:
    match node:
        case exp.Literal() if node.is_string and node.this.startswith(_HOLE):
            node.replace(exp.Parameter(this=exp.Literal.number(node.this.removeprefix(_HOLE))))
        case exp.CurrentTimestamp():
            node.replace(_moment(_NOW, "timestamptz"))
        case exp.CurrentDate():
            node.replace(_moment(_TODAY, "date"))
        case exp.Anonymous() if node.name.lower() in NAMED:
            node.replace(call(node.name.lower(), *node.expressions))
        case exp.Anonymous() if node.name.lower() in MATCHES:
            node.replace(match(node.name.lower(), node))
        case _ if rewrite := REWRITTEN.get(type(node)):
            new = rewrite(node)
            if new is not node:
                node.replace(new)
        case exp.Func() if type(node) not in SAME:
            raise unsupported(f"the function {node.sql('trino').partition('(')[0].lower()}")


def _moment(text: str, kind: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), kind)


def _name_columns(tree: exp.Query) -> None:
    """A field bears its own name, what is nameless `_col0`, `_col1`, … by its place, as in Athena."""
    select = tree
    while isinstance(select, exp.SetOperation):
        select = select.this
    for place, column in enumerate(select.selects):
        if not (column.is_star or isinstance(column, exp.Alias | exp.Column)):
            name = column.name if isinstance(column, exp.Dot) else f"_col{place}"
            column.replace(exp.alias_(column.copy(), name))
