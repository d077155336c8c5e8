"""What our own checks need of RDS: databases, and snapshots that everybody may restore, in one region.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshotAttributes.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from bot.adapters.aws.errors import code
from bot.adapters.aws.s3_asked import unread
from bot.adapters.aws.service_asked import ServiceAsked
from bot.core.advice.databases import Database
from bot.core.advice.snapshots import Snapshot
from bot.core.public.meaning import Unread
from bot.errors import AccessDenied, Throttled, Upstream

_MANUAL: Final = "manual"
"""Only these can be shared."""
_GONE: Final = frozenset({"DBSnapshotNotFound", "DBSnapshotNotFoundFault", "DBClusterSnapshotNotFoundFault"})


class _Kind(NamedTuple):
    """How RDS speaks of snapshots: of a database, or of a cluster."""

    kind: Literal["database", "cluster"]
    listing: str
    lists: str
    names: str
    asking: str
    holds: str
    attributes: str


_KINDS: Final = (
    _Kind(
        "database",
        "describe_db_snapshots",
        "DBSnapshots",
        "DBSnapshotIdentifier",
        "describe_db_snapshot_attributes",
        "DBSnapshotAttributesResult",
        "DBSnapshotAttributes",
    ),
    _Kind(
        "cluster",
        "describe_db_cluster_snapshots",
        "DBClusterSnapshots",
        "DBClusterSnapshotIdentifier",
        "describe_db_cluster_snapshot_attributes",
        "DBClusterSnapshotAttributesResult",
        "DBClusterSnapshotAttributes",
    ),
)


def databases(rds: ServiceAsked) -> tuple[Database, ...]:
    """Every DB instance; raises where they can't be listed."""
    return tuple(map(_database, rds.pages("describe_db_instances", "DBInstances")))


def copies(rds: ServiceAsked) -> tuple[Snapshot | Unread, ...]:
    """Every snapshot made by hand; a kind that can't be listed is one `Unread`. Raises where neither can be."""
    found: list[Snapshot | Unread] = []
    refused: list[Upstream] = []
    for kind in _KINDS:
        try:
            told = rds.pages(kind.listing, kind.lists, SnapshotType=_MANUAL)
        except Upstream as error:
            refused.append(error)
            found.append(unread(error))
        else:
            found += _asked(rds, kind, told)
    if len(refused) == len(_KINDS):
        raise refused[0]
    return tuple(found)


def _asked(rds: ServiceAsked, kind: _Kind, told: Iterable[Mapping[str, Any]]) -> list[Snapshot | Unread]:
    """An encrypted snapshot can't be public, and is not asked about; where one is refused, so are the others."""
    found: list[Snapshot | Unread] = []
    refused: Unread | None = None
    for each in told:
        name = str(each[kind.names])
        encrypted = bool(each.get("Encrypted") or each.get("StorageEncrypted"))
        try:
            public = False if encrypted else refused or _public(rds, kind, name)
        except Upstream as error:
            if code(error) in _GONE:
                continue
            public = unread(error)
            refused = public if isinstance(error, AccessDenied | Throttled) else None
        found.append(Snapshot(name, kind.kind, public))
    return found


def _public(rds: ServiceAsked, kind: _Kind, name: str) -> bool:
    held = rds.ask(kind.asking, kind.holds, **{kind.names: name})[kind.holds]
    attributes = held.get(kind.attributes) or ()
    return any(
        each.get("AttributeName") == "restore" and "all" in (each.get("AttributeValues") or ())
        for each in attributes
    )


def _database(told: Mapping[str, Any]) -> Database:
    endpoint = told.get("Endpoint") or {}
    port = endpoint.get("Port") or told.get("DbInstancePort") or None
    groups = tuple(str(each["VpcSecurityGroupId"]) for each in told.get("VpcSecurityGroups") or ())
    return Database(str(told["DBInstanceIdentifier"]), port, bool(told.get("PubliclyAccessible")), groups)
