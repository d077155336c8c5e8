"""The CloudTrail table in Glue's words, partitions projected: what `CREATE EXTERNAL TABLE` makes of our DDL.

https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
"""

from collections.abc import Sequence
from typing import Any

from bot.trail.table import COLUMNS, INPUT_FORMAT, OUTPUT_FORMAT, PARTITIONS, SERDE, projection


def table_input(
    name: str, bucket: str, accounts: Sequence[str], regions: Sequence[str], *, first_day: str = "2024/01/01"
) -> dict[str, Any]:
    """Glue's TableInput for the trail files of `bucket`."""
    location = f"s3://{bucket}/AWSLogs/"
    return {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": key, "Type": "string"} for key in PARTITIONS],
        "StorageDescriptor": {
            "Columns": [{"Name": column, "Type": shape} for column, shape in COLUMNS.items()],
            "Location": location,
            "InputFormat": INPUT_FORMAT,
            "OutputFormat": OUTPUT_FORMAT,
            "SerdeInfo": {"SerializationLibrary": SERDE},
        },
        "Parameters": {"EXTERNAL": "TRUE"} | projection(location, accounts, regions, first_day),
    }
