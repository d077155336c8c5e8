"""The compact copy's table: the columns of `bot.trail.events` as Parquet, one registered partition a publish day.

No partition is projected: each day's place is a prefix of its own, known to Glue alone, so that a day is
swapped for a newer copy of itself in one call and files that nobody finished are never read.
Source: Athena user guide, Columnar storage formats (Parquet's SerDe and formats).
"""

import re
from typing import Any, Final

from bot.errors import BadRequest
from bot.trail.events import EVENTS, STORED
from bot.trail.table import glue_table

COMPACT_COLUMNS: Final = {name: EVENTS[name].kind for name in STORED}
"""Every column with its Hive type."""

COMPACT_PARTITIONS: Final = ("day",)
"""The publish day, as 2026/09/08."""

_FORMATS = "org.apache.hadoop.hive.ql.io.parquet"
PARQUET_INPUT: Final = f"{_FORMATS}.MapredParquetInputFormat"
PARQUET_OUTPUT: Final = f"{_FORMATS}.MapredParquetOutputFormat"
PARQUET_SERDE: Final = f"{_FORMATS}.serde.ParquetHiveSerDe"

_LOCATION = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\w./=-]*/")


def compact_name(table: str) -> str:
    """The compact copy's table, beside the raw one."""
    return f"{table}_compact"


def compact_storage(location: str) -> dict[str, Any]:
    """Glue's StorageDescriptor of the table, or of one of its partitions; `location` ends in a slash."""
    return {
        "Columns": [{"Name": name, "Type": kind} for name, kind in COMPACT_COLUMNS.items()],
        "Location": location,
        "InputFormat": PARQUET_INPUT,
        "OutputFormat": PARQUET_OUTPUT,
        "SerdeInfo": {
            "SerializationLibrary": PARQUET_SERDE,
            "Parameters": {"serialization.format": "1"},
        },
    }


def compact_input(table: str, location: str) -> dict[str, Any]:
    """Glue's TableInput for the copy of `table`; raises BadRequest for a location that is none."""
    return glue_table(
        compact_name(table),
        COMPACT_PARTITIONS,
        compact_storage(compact_location(location)),
        {"classification": "parquet"},
    )


def compact_ddl(database: str, table: str, location: str) -> str:
    """CREATE EXTERNAL TABLE for Athena's editor; raises BadRequest for a location that is none."""
    columns = ",\n".join(f"  {name} {kind}" for name, kind in COMPACT_COLUMNS.items())
    keys = ", ".join(f"{name} string" for name in COMPACT_PARTITIONS)
    return (
        f"CREATE EXTERNAL TABLE {database}.{compact_name(table)} (\n{columns})\nPARTITIONED BY ({keys})\n"
        f"STORED AS PARQUET\nLOCATION '{compact_location(location)}'\n"
        "TBLPROPERTIES ('classification'='parquet')"
    )


def compact_location(words: str) -> str:
    """`s3://BUCKET/prefix/`, with its slash at the end; raises BadRequest for anything else."""
    location = words if words.endswith("/") else f"{words}/"
    if not _LOCATION.fullmatch(location):
        raise BadRequest(
            f"{words[:80]!r} is no place for the compact copy.", "Write it like s3://BUCKET/noroshi-compact/."
        )
    return location
