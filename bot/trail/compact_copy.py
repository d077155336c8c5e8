"""The SELECT that the compact copy is made by: every record of some publish days, lifted and sorted."""

from bot.ports import Relation
from bot.trail.events import SORTED_BY, STORED
from bot.trail.lifting import lifted
from bot.trail.sources import PROJECTED, Layout, Part
from bot.trail.statement import Statement


def copying(raw: Part, layout: Layout = PROJECTED, relation: Relation | None = None) -> Statement:
    """All that the raw table holds of the part's days, as the compact form's columns, in its order.

    Of the relation, only its accounts and regions count, where they are partitions: a day may be copied in shares.
    Nothing is left out and nothing is counted once that was delivered twice: the copy answers what the raw
    table would. Athena's UNLOAD keeps the order within each file (docs: UNLOAD); CREATE TABLE AS and INSERT
    do not.
    """
    rows = lifted(STORED, raw, layout, relation)
    names = ", ".join(STORED)
    return Statement(
        f"SELECT {names} FROM (\n    {rows.sql})\nORDER BY {', '.join(SORTED_BY)}", rows.parameters
    )
