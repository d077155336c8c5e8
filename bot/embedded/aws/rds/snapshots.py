"""Snapshots of databases and of database clusters, and who may restore them.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.embedded.aws.config.recordings import Place

EVERYBODY = "all"
Kind = Literal["manual", "automated"]


@dataclass(frozen=True)
class Snapshot:
    """A snapshot of a database, or of a cluster; `shared` are the accounts that may restore it, or `all`."""

    id: str
    of: str
    place: Place
    made: datetime
    kind: Kind = "manual"
    engine: str = "postgres"
    encrypted: bool = False
    shared: tuple[str, ...] = ()
    is_cluster: bool = False

    @property
    def arn(self) -> str:
        """As RDS names it."""
        what = "cluster-snapshot" if self.is_cluster else "snapshot"
        return f"arn:aws:rds:{self.place[1]}:{self.place[0]}:{what}:{self.id}"


class Snapshots:
    """All of them, by ARN."""

    def __init__(self) -> None:
        self._all: dict[str, Snapshot] = {}

    def put(self, snapshot: Snapshot) -> None:
        """Make it, or change who may restore it; raises ValueError for what RDS would not share so."""
        if snapshot.shared and (
            snapshot.kind == "automated" or (snapshot.encrypted and EVERYBODY in snapshot.shared)
        ):
            raise ValueError("automated snapshots are not shared, and encrypted ones not with everybody")
        self._all[snapshot.arn] = snapshot

    def own(self, place: Place, *, clusters: bool) -> list[Snapshot]:
        """Those of an account in a region."""
        return [each for each in self._in(place[1], clusters=clusters) if each.place == place]

    def shared_with(self, place: Place, *, clusters: bool) -> list[Snapshot]:
        """Those of others that this account may restore by name."""
        every = self._in(place[1], clusters=clusters)
        return [each for each in every if each.place != place and place[0] in each.shared]

    def public(self, place: Place, *, clusters: bool) -> list[Snapshot]:
        """Those of a region that everybody may restore, whosever they are."""
        return [each for each in self._in(place[1], clusters=clusters) if EVERYBODY in each.shared]

    def _in(self, region: str, *, clusters: bool) -> list[Snapshot]:
        return [each for each in self._all.values() if (each.place[1], each.is_cluster) == (region, clusters)]
