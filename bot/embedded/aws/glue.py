"""Glue's partitions in pages; tables and partitions themselves stay moto's.

https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.glue.responses import GlueResponse

from bot.embedded.aws.errors import Refused

_PAGE, _LARGEST, _BATCH = 100, 1000, 100
_SCHEMA = ("Columns", "Parameters", "SortColumns", "BucketColumns")


class Glue(GlueResponse):
    """One request."""

    def get_partitions(self) -> ActionResult:
        """Give a page of a table's partitions, filtered by Expression; moto gives all at once."""
        asked = self.parameters
        found = self.glue_backend.get_partitions(
            asked["DatabaseName"], asked["TableName"], asked.get("Expression")
        )
        size, begin = int(asked.get("MaxResults") or _PAGE), int(asked.get("NextToken") or 0)
        if not 1 <= size <= _LARGEST:
            raise Refused("InvalidInputException", f"MaxResults must be between 1 and {_LARGEST}.")
        page = [one.as_dict() for one in found[begin : begin + size]]
        if asked.get("ExcludeColumnSchema"):
            page = [_without_schema(one) for one in page]
        answer: dict[str, Any] = {"Partitions": page}
        if len(found) > begin + size:
            answer["NextToken"] = str(begin + size)
        return ActionResult(answer)

    def batch_create_partition(self) -> ActionResult:
        """Add up to a hundred partitions; those that are there come back as errors."""
        count = len(self.parameters["PartitionInputList"])
        if count > _BATCH:
            raise Refused("InvalidInputException", f"{count} partitions are more than {_BATCH}.")
        return super().batch_create_partition()


def _without_schema(partition: dict[str, Any]) -> dict[str, Any]:
    storage = partition.get("StorageDescriptor", {})
    kept = {key: value for key, value in storage.items() if key not in _SCHEMA}
    return {**partition, "StorageDescriptor": kept}
