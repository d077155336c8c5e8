"""Says what a question asked for and its table does not have: accounts and regions that it was not made for."""

from collections.abc import Iterator

from bot.adapters.aws.glue import Reach
from bot.core.view import Caveat
from bot.ports import Relation

OUTSIDE = "outside-the-table"


def outside(reach: Reach, relation: Relation | None) -> tuple[Caveat, ...]:
    """One for the accounts, one for the regions; blind where none of those asked for is in the table.

    A table that does not name its accounts or regions (partitioned by hand) may have any of them.
    """
    return tuple(_each(reach, relation)) if relation else ()


def _each(reach: Reach, relation: Relation) -> Iterator[Caveat]:
    asked = (
        ("account", relation.accounts, reach.accounts),
        ("region", relation.regions, reach.regions),
    )
    for word, names, held in asked:
        missing = [name for name in names if held and name not in held]
        if missing:
            several = "s" if len(missing) > 1 else ""
            said = f"calls of {word}{several} {', '.join(missing)}: the table was not made for {'them' if several else 'it'}"
            way = f"noroshi setup trail makes it for every {word} that the trail records"
            yield Caveat(OUTSIDE, f"{said} ({way})", "blind" if len(missing) == len(names) else "note")
