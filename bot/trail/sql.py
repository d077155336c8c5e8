"""A person's own statement as a question: bounded in time, in rows, and in what it reads.

Loads sqlglot, as `bot.trail.guard` does.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from bot.core.span import Span
from bot.ports import Relation, TrailQuery
from bot.trail.guard import guard, written
from bot.trail.guard_names import OURS, settle_tables, sources, used
from bot.trail.guard_words import refuse
from bot.trail.statement import EVENTS_NAME, RECORDS_NAME


@dataclass(frozen=True, slots=True)
class Own:
    """The query, the names of its columns, and how many rows it may give.

    `cut` is true where that number is not the statement's own: as many rows may mean that there are more.
    """

    query: TrailQuery
    columns: tuple[str, ...]
    most: int
    cut: bool


def own(text: str, span: Span, table: str, limit: int) -> Own:
    """The statement over the span's calls, of at most `limit` rows; `table` is the engine's `database.table`.

    Raises BadRequest for what is not taken (see `bot.trail.guard`), before anybody is asked.
    """
    tree = guard(text)
    tables = settle_tables(tree, table)
    if not tables:
        refuse("The statement reads none of our tables.")
    read = used(tree, tables)
    columns = _told_apart(tree)
    most, cut = _limited(tree, limit)
    relation = Relation(columns=read.get(EVENTS_NAME, ()), records=read.get(RECORDS_NAME, ()))
    return Own(TrailQuery(written(tree), (), span, relation=relation), columns, most, cut)


def _limited(tree: exp.Query, limit: int) -> tuple[int, bool]:
    """Set or lower the outer LIMIT; give it, and whether it is ours."""
    given, cut = tree.args.get("limit"), True
    if given is not None:
        said = given.expression
        if not (isinstance(said, exp.Literal) and not said.is_string and said.name.isdecimal()):
            refuse("LIMIT takes a plain number.")
        if len(said.name) <= len(str(limit)) and int(said.name) <= limit:
            limit, cut = int(said.name), False
    tree.set("limit", exp.Limit(expression=exp.Literal.number(limit)))
    return limit, cut


def _told_apart(tree: exp.Query) -> tuple[str, ...]:
    """The names of the outer columns, each once: rows are told by name. What is called the same is numbered."""
    select = _first(tree)
    if any(one.is_star for one in select.selects):
        names = [*_names(select)]
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            refuse(
                f"Two columns are called {twice[0]}.",
                "Name the columns instead of *, with AS for the second.",
            )
        return tuple(names)
    return tuple(_numbered(select))


def _numbered(select: exp.Select) -> Iterator[str]:
    taken = {_name(column, place) for place, column in enumerate(select.selects)}
    seen: set[str] = set()
    for place, column in enumerate(select.selects):
        name = _name(column, place)
        if name in seen:
            number = 2
            while f"{name}_{number}" in taken:
                number += 1
            name = f"{name}_{number}"
            taken.add(name)
            plain = column.this if isinstance(column, exp.Alias) else column
            column.replace(exp.alias_(plain.copy(), name, quoted=True))
        seen.add(name)
        yield name


def _first(tree: exp.Expr | None) -> exp.Select:
    """The SELECT that names the columns: of a UNION, the first."""
    while isinstance(tree, exp.SetOperation | exp.Subquery):
        tree = tree.this
    if not isinstance(tree, exp.Select):
        refuse("The outer statement is to be a SELECT.")
    return tree


def _name(column: exp.Expr, place: int) -> str:
    """What Athena calls it: its alias, its own name, or `_col` with its place."""
    named = isinstance(column, exp.Alias | exp.Column | exp.Dot)
    return (column.alias_or_name if named else f"_col{place}").lower()


def _names(select: exp.Select) -> Iterator[str]:
    for place, column in enumerate(select.selects):
        if not column.is_star:
            yield _name(column, place)
            continue
        of = column.table.lower() if isinstance(column, exp.Column) else ""
        for source in sources(select):
            if not of or source.alias_or_name.lower() == of:
                yield from _columns(source)


def _columns(source: exp.Expr) -> Iterator[str]:
    if source.alias_column_names:
        yield from (name.lower() for name in source.alias_column_names)
    elif isinstance(source, exp.Subquery):
        yield from _names(_first(source))
    elif isinstance(source, exp.Table):
        yield from _of_table(source)
    else:
        refuse("I can't tell what * stands for here.", "Name the columns instead of *.")


def _of_table(source: exp.Table) -> Iterator[str]:
    name = source.name.lower()
    cte = next((one for one in source.root().find_all(exp.CTE) if one.alias.lower() == name), None)
    if cte is None:
        yield from OURS[name]
    elif cte.alias_column_names:
        yield from (one.lower() for one in cte.alias_column_names)
    else:
        yield from _names(_first(cte.this))
