"""Looks at the CloudTrail table in Glue before Athena is asked to read it.

A table without the partitions that a query is bounded by would be read whole: every query over it
would cost the whole trail, so it is refused instead.
"""

from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.errors import NotConfigured

PARTITIONS = frozenset({"account", "region", "day"})
"""The partition keys that `bot.trail` bounds its queries by."""

_SETUP = "Make it with noroshi setup, or name yours in NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE."


def check_table(client: Any, database: str, table: str) -> None:
    """Pass when the table exists and is partitioned by account, region and day.

    `client` is Glue's. Raises NotConfigured that tells what there is and what is needed, AccessDenied
    (glue:GetTable), Upstream.
    """
    name = f"{database}.{table}"
    with asking("glue:GetTable", f"for the table {name}"):
        try:
            found = client.get_table(DatabaseName=database, Name=table)["Table"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "EntityNotFoundException":
                raise
            region = client.meta.region_name
            raise NotConfigured(f"There is no table {name} in Glue ({region}).", _SETUP) from error
    keys = {str(key["Name"]).lower() for key in found.get("PartitionKeys", [])}
    if missing := PARTITIONS - keys:
        raise NotConfigured(
            f"The table {name} is partitioned by {_list(keys)}; it lacks {_list(missing)}, so every "
            "question would read the whole trail.",
            _SETUP,
        )


def _list(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
