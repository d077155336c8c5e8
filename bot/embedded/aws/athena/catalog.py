"""Glue's tables as Athena reads them: kind, columns, and the places that a scan's conditions leave over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.glue.models import FakeTable, glue_backends

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import Partition, places, split_location, values
from bot.embedded.aws.athena.pruning import choose, narrow
from bot.embedded.aws.athena.scans import CATALOG, Scan, TableName

_CLOUDTRAIL = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
_KINDS = {_CLOUDTRAIL: "cloudtrail", _PARQUET: "parquet"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `kind` is `cloudtrail` or `parquet`, `columns` have Hive's types, `keys` are its partition columns.

    `registered` are the partitions in the catalog, in its order.
    """

    name: TableName
    kind: str
    columns: Mapping[str, str]
    keys: tuple[str, ...]
    location: str
    properties: Mapping[str, str]
    registered: tuple[Partition, ...]

    def places(self, scan: Scan, now: datetime) -> Iterator[Partition]:
        """Where the scan has to look; raises Failure as Athena would."""
        if not self.keys:
            yield Partition((), *split_location(self.location))
        elif self.properties.get("projection.enabled") == "true":
            left = narrow(scan, self.keys, values(self.properties, self.keys, now))
            yield from choose(scan, self.keys, places(self.properties, self.keys, left))
        else:
            yield from choose(scan, self.keys, self.registered)


def find_table(name: TableName, place: tuple[str, str]) -> Table:
    """The table of an (account, region); raises Failure when it is not there or the stand-in can't read it."""
    account, region = place
    try:
        found: FakeTable = glue_backends[account][region].get_table(*name)
    except JsonRESTError as error:
        full = ".".join((CATALOG, *name))
        raise Failure(f"TABLE_NOT_FOUND: line 1:1: Table '{full}' does not exist") from error
    told: dict[str, Any] = found.as_dict()
    storage = told["StorageDescriptor"]
    kind = _KINDS.get(str(storage.get("InputFormat")))
    if kind is None:
        raise Failure(f"NOT_SUPPORTED: The stand-in reads CloudTrail and Parquet tables, {name[1]} is none")
    return Table(
        name,
        kind,
        {str(column["Name"]).lower(): str(column["Type"]) for column in storage.get("Columns") or ()},
        tuple(str(key["Name"]).lower() for key in told.get("PartitionKeys") or ()),
        str(storage.get("Location", "")),
        told.get("Parameters") or {},
        tuple(_registered(found)),
    )


def _registered(table: FakeTable) -> Iterator[Partition]:
    for partition in list(table.partitions.values()):
        told = partition.as_dict()
        location = told.get("StorageDescriptor", {}).get("Location")
        if location is None:
            raise Failure("HIVE_INVALID_METADATA: A partition of the table has no location")
        yield Partition(tuple(map(str, told["Values"])), *split_location(location))
