"""Which tables a statement reads, how often, what of them, and the conditions on each reading.

A query reads a WITH's tables once for each time that it names the WITH: Trino puts the WITH's query in its
place (https://trino.io/docs/current/sql/select.html#with-clause).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify

from bot.embedded.aws.athena.statement import DIALECT

CATALOG = "awsdatacatalog"

TableName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a table: its name, and the conditions that touch nothing but this table's columns.

    `columns` are those it needs, in small letters (None: there is no telling, so all); `times` how often it
    is read so.
    """

    database: str
    table: str
    conditions: tuple[exp.Expr, ...]
    columns: frozenset[str] | None = None
    times: int = 1

    @property
    def name(self) -> TableName:
        """(database, table)."""
        return self.database, self.table


def tables(query: exp.Query, database: str) -> frozenset[TableName]:
    """The tables (not a WITH's names) that the statement names, in small letters; `database` is the default one."""
    return frozenset(((table.db or database).lower(), table.name.lower()) for table in _tables(query))


def scans(
    query: exp.Query, database: str, schema: Mapping[TableName, Sequence[str]] | None = None
) -> tuple[Scan, ...]:
    """Every reading that the answer needs; `schema` has the tables' columns, in small letters."""
    told = _pruned(query, database, schema or {})
    query = query if told is None else told
    found = [
        Scan(
            (table.db or database).lower(),
            table.name.lower(),
            _conditions(table),
            None if told is None else _columns(table),
            _times(query, table),
        )
        for table in _tables(query)
    ]
    return tuple(scan for scan in found if scan.times)


def _tables(query: exp.Query) -> Iterator[exp.Table]:
    named = {cte.alias_or_name.lower() for cte in query.find_all(exp.CTE)}
    return (table for table in query.find_all(exp.Table) if table.db or table.name.lower() not in named)


def _pruned(query: exp.Query, database: str, schema: Mapping[TableName, Sequence[str]]) -> exp.Query | None:
    """The query with every column's table beside it and without what nobody asks for; None if it can't be told."""
    nested: dict[str, dict[str, dict[str, str]]] = {}
    for (db, name), columns in schema.items():
        nested.setdefault(db, {})[name] = dict.fromkeys(columns, "unknown")
    query = query.copy()
    for table in query.find_all(exp.Table):
        if table.catalog.lower() == CATALOG:
            table.set("catalog", None)
    try:
        qualified = qualify(
            query,
            schema=dict(nested),
            db=database.lower(),
            dialect=DIALECT,
            validate_qualify_columns=False,
            quote_identifiers=False,
        )
        pruned = pushdown_projections(qualified)
    except SqlglotError:
        return None
    whole = all(column.table or _is_no_tables(column) for column in pruned.find_all(exp.Column))
    return pruned if nested and whole and isinstance(pruned, exp.Query) else None


def _is_no_tables(column: exp.Column) -> bool:
    """Whether the name is that of a lambda's item, or orders rows by one of the query's own columns."""
    order = column.find_ancestor(exp.Order)
    query = order.parent if order else None
    if isinstance(query, exp.Query) and column.name in query.named_selects:
        return True
    maker = column.find_ancestor(exp.Lambda)
    while maker:
        if column.parts[0].name in {name.name for name in maker.expressions}:
            return True
        maker = maker.find_ancestor(exp.Lambda)
    return False


def _times(query: exp.Query, table: exp.Table) -> int:
    """How often the table is read: as often as the WITH that it stands in is named, and that one's WITH."""
    cte = table.find_ancestor(exp.CTE)
    if cte is None:
        return 1
    name = cte.alias_or_name.lower()
    naming = [
        each
        for each in query.find_all(exp.Table)
        if not each.db and each.name.lower() == name and each.find_ancestor(exp.CTE) is not cte
    ]
    return sum(_times(query, each) for each in naming)


def _columns(table: exp.Table) -> frozenset[str]:
    select = table.find_ancestor(exp.Select)
    alias = table.alias_or_name
    every = select.find_all(exp.Column) if select else ()
    return frozenset(column.name.lower() for column in every if column.table == alias)


def _conditions(table: exp.Table) -> tuple[exp.Expr, ...]:
    select = table.find_ancestor(exp.Select)
    where = select.args.get("where") if select else None
    if where is None:
        return ()
    names = {table.alias_or_name.lower()}
    if select and not select.args.get("joins"):
        names |= {"", table.name.lower()}  # with one table alone, a bare column can only be its own
    parts = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return tuple(
        part
        for part in _each(parts)
        if not part.find(exp.Query)
        and all(column.table.lower() in names for column in part.find_all(exp.Column))
    )


def _each(parts: Iterable[exp.Expr]) -> Iterator[exp.Expr]:
    for part in parts:
        plain = part.unnest()
        if isinstance(plain, exp.And):
            yield from _each(plain.flatten())
        else:
            yield plain
