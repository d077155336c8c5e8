"""One record of each call without sorting all calls: nearly every call has one record, which is the first."""

from typing import Final

from sqlglot import exp

_KEY: Final = "call_number"
"""What `bot.trail.copies` numbers by; of other columns it can't be known that most values stand once."""
_TWINS: Final = "calls_told_twice"


def number_twins_alone(tree: exp.Query) -> None:
    """Let the SELECT of `bot.trail.copies.once` sort only what has a twin.

    That is `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY call_number …) AS copy FROM events) WHERE copy = 1
    OR call_number IS NULL`. The same rows for a third of the work less; calls without a number, which nothing else
    is known to be a copy of, all get the number 1. `events` is named three times for it, and DuckDB keeps its rows;
    Athena would read, and bill, it each time. Of rows beside those that are known to stand there are few, which are
    all put in order.
    """
    for select in list(tree.find_all(exp.Select)):
        numbered = select.args["from_"].this.this if _takes_from_a_query(select) else None
        if isinstance(numbered, exp.Select) and _numbers_calls(numbered) and select == _first(numbered):
            if isinstance(select.parent, exp.SetOperation):
                select.replace(_in_order(numbered))
            else:
                _keep_rows(tree, numbered.args["from_"].this.name)
                select.replace(_in_two(numbered))


def _takes_from_a_query(select: exp.Select) -> bool:
    return isinstance(select.args.get("from_"), exp.From) and isinstance(
        select.args["from_"].this, exp.Subquery
    )


def _keep_rows(tree: exp.Query, events: str) -> None:
    for cte in tree.find_all(exp.CTE):
        if cte.alias == events:
            cte.set("materialized", True)


def _numbers_calls(select: exp.Select) -> bool:
    if {name for name, value in select.args.items() if value} != {"expressions", "from_"}:
        return False
    match select.expressions:
        case [exp.Star(), exp.Alias(this=exp.Window(this=exp.RowNumber()) as window)] if window.args.get(
            "order"
        ):
            by = window.args.get("partition_by") or ()
            return [column.name for column in by] == [_KEY] and isinstance(
                select.args["from_"].this, exp.Table
            )
    return False


def _first(numbered: exp.Select) -> exp.Select:
    """What `once` asks of its numbered rows."""
    number = exp.column(numbered.expressions[1].alias)
    either = exp.or_(number.eq(exp.Literal.number(1)), exp.column(_KEY).is_(exp.null()))
    return exp.select("*").from_(numbered.subquery()).where(either)


def _in_two(numbered: exp.Select) -> exp.Query:
    """Those that have no twin, all of them the first, and the first of the others."""
    one, events = exp.Literal.number(1), numbered.args["from_"].this
    alone = _joined(numbered, "anti")
    alone.expressions[1].set("this", one)
    others = _in_order(_joined(numbered, "semi"))
    twins = exp.select(_KEY).from_(events.copy()).group_by(_KEY).having("count(*) > 1")
    return exp.union(alone, others, distinct=False).with_(_TWINS, as_=twins, materialized=True)


def _joined(numbered: exp.Select, kind: str) -> exp.Select:
    events = numbered.args["from_"].this
    same = exp.column(_KEY, table=events.alias_or_name).eq(exp.column(_KEY, table=_TWINS))
    return numbered.copy().join(exp.to_table(_TWINS), on=same, join_type=kind, copy=False)


def _in_order(numbered: exp.Select) -> exp.Select:
    """The first of each: whose number another than its own comes before, where all are in one order.

    A partition for each call, two or three records large, costs more.
    """
    one, rows = exp.Literal.number(1), numbered.copy()
    number, order = rows.expressions[1].alias, rows.expressions[1].this.args["order"].expressions
    before = exp.Window(
        this=exp.Lag(this=exp.column(_KEY)), order=exp.Order(expressions=[exp.column(_KEY), *order])
    )
    rows.expressions[1].set("this", before)
    changes = exp.NullSafeNEQ(this=exp.column(number), expression=exp.column(_KEY))
    unknown = exp.column(_KEY).is_(exp.null())
    first = exp.select(exp.Star(replace=[exp.alias_(one, number)])).from_(rows.subquery())
    return first.where(exp.or_(changes, unknown))
