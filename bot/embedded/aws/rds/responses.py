"""RDS's API for databases and their snapshots.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from moto.core.responses import ActionResult, BaseResponse

from bot.embedded.aws.config.recordings import Place, Recordings
from bot.embedded.aws.errors import Refused
from bot.embedded.aws.rds.databases import databases
from bot.embedded.aws.rds.snapshots import Snapshot, Snapshots

_FEWEST, _PAGE = 20, 100
Json = dict[str, Any]


class _Names(NamedTuple):
    """What an API calls it."""

    snapshot: str
    database: str
    missing: str


_OF_INSTANCES = _Names("DBSnapshot", "DBInstance", "DBSnapshotNotFoundFault")
_OF_CLUSTERS = _Names("DBClusterSnapshot", "DBCluster", "DBClusterSnapshotNotFoundFault")


class Rds(BaseResponse):
    """One request; a subclass carries the stand-in's snapshots, and what Config recorded."""

    snapshots: ClassVar[Snapshots]
    recordings: ClassVar[Recordings]

    def __init__(self) -> None:
        super().__init__(service_name="rds")

    def describe_db_instances(self) -> ActionResult:
        """Databases, as Config recorded them last."""
        asked = self._asked()
        wanted, found = asked.get("DBInstanceIdentifier"), databases(self.recordings, self._place())
        told = [
            each for each in found if wanted in {None, each["DBInstanceIdentifier"], each["DBInstanceArn"]}
        ]
        if wanted and not told:
            raise Refused("DBInstanceNotFound", f"DBInstance {wanted} not found.")
        return _page("DBInstances", told, asked)

    def describe_db_snapshots(self) -> ActionResult:
        """Snapshots of databases: one's own, and others' where their kind is asked for."""
        return self._described(_OF_INSTANCES, clusters=False)

    def describe_db_cluster_snapshots(self) -> ActionResult:
        """Snapshots of clusters."""
        return self._described(_OF_CLUSTERS, clusters=True)

    def describe_db_snapshot_attributes(self) -> ActionResult:
        """Who may restore a snapshot of one's own."""
        return self._attributes(_OF_INSTANCES, clusters=False)

    def describe_db_cluster_snapshot_attributes(self) -> ActionResult:
        """Who may restore a cluster's."""
        return self._attributes(_OF_CLUSTERS, clusters=True)

    def _described(self, names: _Names, *, clusters: bool) -> ActionResult:
        asked = self._asked()
        found = self._kinds(asked, clusters=clusters)
        if wanted := asked.get(f"{names.snapshot}Identifier"):
            found = [each for each in found if wanted in {each.id, each.arn}]
            if not found:
                raise _missing(names, wanted)
        of = asked.get(f"{names.database}Identifier")
        told = [_snapshot(names, each) for each in found if of in (None, each.of)]
        return _page(f"{names.snapshot}s", told, asked)

    def _kinds(self, asked: Mapping[str, Any], *, clusters: bool) -> list[Snapshot]:
        """Without a kind, one's own of all kinds; `IncludePublic` adds those of the whole world."""
        place, kind = self._place(), asked.get("SnapshotType")
        own = self.snapshots.own(place, clusters=clusters)
        shared = self.snapshots.shared_with(place, clusters=clusters)
        public = self.snapshots.public(place, clusters=clusters)
        if kind in {"shared", "public"}:
            return shared if kind == "shared" else public
        found = [each for each in own if kind in (None, each.kind)]
        found += shared if asked.get("IncludeShared") else []
        found += public if asked.get("IncludePublic") else []
        return list(dict.fromkeys(found))

    def _attributes(self, names: _Names, *, clusters: bool) -> ActionResult:
        wanted = self._asked()[f"{names.snapshot}Identifier"]
        for each in self.snapshots.own(self._place(), clusters=clusters):
            if wanted in {each.id, each.arn}:
                restore = {"AttributeName": "restore", "AttributeValues": list(each.shared)}
                told = {f"{names.snapshot}Identifier": each.id, f"{names.snapshot}Attributes": [restore]}
                return ActionResult({f"{names.snapshot}AttributesResult": told})
        raise _missing(names, wanted)

    def _asked(self) -> Json:
        self.parse_parameters(self.normalized_request)
        return dict(self.params)

    def _place(self) -> Place:
        return self.current_account, self.region


def _snapshot(names: _Names, snapshot: Snapshot) -> Json:
    encrypted = "StorageEncrypted" if snapshot.is_cluster else "Encrypted"
    return {
        f"{names.snapshot}Identifier": snapshot.id,
        f"{names.snapshot}Arn": snapshot.arn,
        f"{names.database}Identifier": snapshot.of,
        "SnapshotCreateTime": snapshot.made,
        "SnapshotType": snapshot.kind,
        "Status": "available",
        "Engine": snapshot.engine,
        "AllocatedStorage": 100,
        "PercentProgress": 100,
        encrypted: snapshot.encrypted,
    }


def _missing(names: _Names, wanted: str) -> Refused:
    return Refused(names.missing, f"{names.snapshot} {wanted} not found.")


def _page(name: str, found: Sequence[Json], asked: Mapping[str, Any]) -> ActionResult:
    size, given = int(asked.get("MaxRecords") or _PAGE), str(asked.get("Marker") or "0")
    if not _FEWEST <= size <= _PAGE or not given.isdecimal():
        raise Refused("InvalidParameterValue", f"Invalid value for MaxRecords or Marker: {size}, {given}")
    begin = int(given)
    more = {"Marker": str(begin + size)} if begin + size < len(found) else {}
    return ActionResult({name: list(found[begin : begin + size]), **more})
