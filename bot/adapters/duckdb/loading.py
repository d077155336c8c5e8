"""The SELECT by which DuckDB reads lines of JSON (that `shapes` made) as the CloudTrail table's records."""

from collections.abc import Sequence

from bot.adapters.duckdb.columns import load_expressions, load_types
from bot.adapters.duckdb.records import NOT_EVENTS

# DuckDB holds two buffers of this size for each thread while it reads; rows are seldom near it.
_LONGEST_ROW = 16 * 2**20
# As `records.is_event` has it.
_IS_EVENT = (
    '"eventName" IS NOT NULL AND "eventSource" IS NOT NULL AND "insightDetails" IS NULL'
    f""" AND coalesce("eventCategory", '') NOT IN {NOT_EVENTS}"""
)


def loading(columns: Sequence[str], files: Sequence[str], longest: int) -> tuple[str, list[object]]:
    """The SELECT and its parameters: at least these columns (see `load_types`) of every event in the files.

    `longest` is the longest line's length. DuckDB raises InvalidInputException for a line that it can't read.
    """
    wanted = {"eventtime", *columns}
    sql = (
        f"SELECT {load_expressions(wanted)} FROM read_json(?, columns = ?,"
        f" format = 'newline_delimited', records = true, maximum_object_size = ?) WHERE {_IS_EVENT}"
    )
    types = load_types(wanted) | dict.fromkeys(
        ("eventName", "eventSource", "eventCategory", "insightDetails"), "VARCHAR"
    )
    return sql, [list(files), types, max(_LONGEST_ROW, longest + 1)]
