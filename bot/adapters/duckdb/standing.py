"""Which records of one bucket's calls stand, told when the day is made, for all questions about that bucket alone.

A call is delivered to several accounts at about one time, so its records are in the log files of one day, or of two
that follow one another. Of what was made well within a day all records are in its copy, unless some come astray, days
late: that is known of the copy that has them (see `bot.adapters.duckdb.day_copy`).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

import duckdb

from bot.adapters.duckdb.day_copy import Holds
from bot.adapters.duckdb.parquet import identifier
from bot.trail.copies import ORDER

DELIVERED: Final = timedelta(minutes=30)
"""A call made so long before midnight may be delivered behind it: twice the 15 minutes that CloudTrail says."""

ASTRAY: Final = """call_number IS NOT NULL AND ("at" < ? OR "at" >= ?)"""
"""Whether a row is of no time when its day's files are filled, given `around` the day."""

_COPIES: Final = "copies"


def around(day: date) -> list[str]:
    """The ends of the time whose calls are delivered on the day."""
    begin = datetime.combine(day, time())
    return [(begin - DELIVERED).isoformat(), (begin + timedelta(days=1)).isoformat()]


def told_apart(database: duckdb.DuckDBPyConnection, table: str, rows: str, day: date) -> Mapping[Holds, str]:
    """SELECTs of those of a day's rows for which `rows` holds, all with one `from_bucket`, by what they hold.

    Of calls that are in no other day's copy there are the records that stand, and the others; all else is to be told
    apart when it is asked. The SELECTs are good until it is called again.
    """
    begin = datetime.combine(day, time())
    end = begin + timedelta(days=1) - DELIVERED
    within = f"""call_number IS NOT NULL AND "at" >= '{begin.isoformat()}' AND "at" < '{end.isoformat()}'"""
    copies = _find_copies(database, table, f"{rows} AND {within}")
    chosen = f"SELECT {table}.* FROM {table}"
    parts: dict[Holds, str] = {
        "standing": f"{chosen} ANTI JOIN {_COPIES} ON {table}.rowid = row WHERE {rows} AND {within}",
        "any": f"{chosen} WHERE {rows} AND NOT coalesce({within}, false)",
    }
    if copies:
        parts["copies"] = f"{chosen} SEMI JOIN {_COPIES} ON {table}.rowid = row WHERE {rows}"
    return parts


def _find_copies(database: duckdb.DuckDBPyConnection, table: str, rows: str) -> int:
    """Make a table of where another record stands for the same call, which few calls have; gives how many those are."""
    twice = f"SELECT call_number FROM {table} WHERE {rows} GROUP BY call_number HAVING count(*) > 1"
    order = ", ".join(map(identifier, ORDER))
    number = f"row_number() OVER (PARTITION BY call_number ORDER BY arn IS NULL, {order})"
    [[count]] = database.execute(
        f"CREATE OR REPLACE TABLE {_COPIES} AS SELECT row FROM (SELECT rowid AS row, {number} AS place FROM {table}"
        f" WHERE {rows} AND call_number IN ({twice})) WHERE place > 1"
    ).fetchall()
    return int(count)
