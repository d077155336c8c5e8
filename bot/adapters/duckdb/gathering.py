"""Gathering values that differ: each `array_agg(DISTINCT …)` gets a plan of its own in DuckDB, joined to all others."""

from sqlglot import exp


def tell_apart_when_gathered(tree: exp.Query) -> None:
    """Let `array_sort(array_agg(DISTINCT x) FILTER (WHERE x IS NOT NULL))` gather every x first.

    The same arrays, where DuckDB's functions are known already. For the few kinds of calls that an answer counts
    that takes a tenth of the whole question less.
    """
    for node in tree.find_all(exp.ArraySort):
        match node.this:
            case exp.Filter(
                this=exp.ArrayAgg(this=exp.Distinct(expressions=[one])) as gathered,
                expression=exp.Where(this=exp.Not(this=exp.Is(this=same, expression=exp.Null()))),
            ) if one == same:
                gathered.set("this", one)
                node.set("this", exp.Anonymous(this="list_distinct", expressions=[node.this]))
