"""What a person's statement reads: only `events` and `cloudtrail`, and which of their columns."""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlglot import exp

from bot.core.spoken import some
from bot.trail.events import STORED
from bot.trail.guard_words import nearest, refuse
from bot.trail.statement import EVENTS_NAME, RECORDS_NAME
from bot.trail.table import COLUMNS

_LISTED = 40  # what a line holds
OURS: Final = {EVENTS_NAME: STORED, RECORDS_NAME: tuple(COLUMNS)}
_TABLES = (
    "Read events (calls, by our own columns) or cloudtrail (the table's), like: SELECT event_name FROM events"
)


def settle_tables(tree: exp.Query, table: str) -> dict[str, tuple[str, ...]]:
    """Let every table be one of OURS or one that WITH names; give those of OURS that are read, with all columns.

    `table` (`database.table`) is another name of `cloudtrail`, and becomes it. Raises BadRequest.
    """
    taken = {*OURS, *table.lower().split(".")}
    for cte in tree.find_all(exp.CTE):
        if cte.alias.lower() in taken:
            refuse(f"{cte.alias} is a table's name; call your own WITH otherwise.")
    found = {}
    for one in tree.find_all(exp.Table):
        if name := _settled(one, table.lower()):
            found[name] = OURS[name]
    return found


def _settled(found: exp.Table, table: str) -> str | None:
    parts = [part.name.lower() for part in found.parts]
    said = ".".join(parts)
    plain = isinstance(found.this, exp.Identifier) and not {
        name for name, value in found.args.items() if value
    } - {"this", "db", "catalog", "alias", "joins"}
    if plain and len(parts) == 1 and said in _visible(found):
        return None
    name = RECORDS_NAME if parts == table.split(".") else said
    if not plain or name not in OURS:
        refuse(f"There is no table {said[:80] or found.sql('trino')[:80]} here.", _TABLES)
    found.set("db", None)
    found.set("this", exp.to_identifier(name))
    return name


def _visible(found: exp.Expr) -> set[str]:
    """The names that WITH gives at this place: those around it, and of its own list only the earlier ones."""
    names: set[str] = set()
    inner, outer = found, found.parent
    while outer is not None:
        ctes: list[exp.Expr] = []
        if isinstance(outer, exp.With):
            ctes = outer.expressions[: outer.expressions.index(inner)]
        elif (given := outer.args.get("with_")) is not None and given is not inner:
            ctes = given.expressions
        names |= {cte.alias.lower() for cte in ctes}
        inner, outer = outer, outer.parent
    return names


def used(tree: exp.Query, tables: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The columns that the statement uses of each table; a few too many where names are shared.

    Raises BadRequest for a name that is no column of what is read and that the statement does not make.
    """
    _check_names(tree, tables)
    named = {name for column in tree.find_all(exp.Column) for name in _parts(column)}
    named |= {one.name.lower() for join in tree.find_all(exp.Join) for one in join.args.get("using") or ()}
    whole = {name for star in tree.find_all(exp.Star) for name in _starred(star)}
    return {
        table: columns
        if table in whole
        else tuple(column for column in columns if column in named) or columns[:1]
        for table, columns in tables.items()
    }


def _parts(column: exp.Column) -> list[str]:
    return [part.name.lower() for part in column.parts]


def _starred(star: exp.Star) -> Iterator[str]:
    """The tables of ours that a `*` may stand for."""
    select = star.find_ancestor(exp.Select)
    if select is not None and not isinstance(star.parent, exp.Count):
        yield from (one.name.lower() for one in sources(select) if isinstance(one, exp.Table))


def sources(select: exp.Select) -> list[exp.Expr]:
    """What a SELECT reads, in order: tables, subqueries, UNNEST."""
    parts = [select.args.get("from_"), *(select.args.get("joins") or ())]
    found = [part.this for part in parts if part]
    return [*found, *(join.this for one in found for join in one.args.get("joins") or ())]


def _check_names(tree: exp.Query, tables: dict[str, tuple[str, ...]]) -> None:
    known = {column for columns in tables.values() for column in columns}
    made = _made(tree)
    of_alias = {
        one.alias_or_name.lower(): frozenset(OURS[one.name.lower()])
        for one in tree.find_all(exp.Table)
        if one.name.lower() in tables
    }
    for column in tree.find_all(exp.Column):
        first, *more = _parts(column)
        if more and first in of_alias and first not in known:
            _check_column(more[0], of_alias[first], first)
        elif first not in known and first not in made:
            _check_column(first, frozenset(known | made), " and ".join(tables) or "nothing")


def _check_column(name: str, known: frozenset[str], where: str) -> None:
    if name not in known and name != "*":
        refuse(f"There is no column {name[:80]} in {where}.{nearest(name, known)}", _hint(known))


def _hint(known: Iterable[str]) -> str:
    listed = sorted(known)
    return f"Columns: {some(listed, _LISTED)}" if listed else "Say FROM events."


def _made(tree: exp.Query) -> set[str]:
    """Every name that the statement itself gives: to a column, a table, a parameter of `->`."""
    names = {
        one.alias.lower()
        for one in tree.find_all(exp.Alias, exp.TableAlias, exp.Table, exp.CTE, exp.Subquery)
    }
    for alias in tree.find_all(exp.TableAlias):
        names |= {column.name.lower() for column in alias.columns}
        names.add(alias.name.lower())
    for function in tree.find_all(exp.Lambda):
        names |= {one.name.lower() for one in function.expressions}
    return (names | {one.name.lower() for one in tree.find_all(exp.Table)}) - {""}
