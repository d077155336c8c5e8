"""Disk snapshots: whose they are, and who may make disks of them.

https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.embedded.aws.config.recordings import Place

EVERYBODY = "all"


@dataclass(frozen=True)
class Snapshot:
    """A snapshot; `shared` are the accounts that may use it, or `all`."""

    id: str
    place: Place
    made: datetime
    volume_id: str = "vol-ffffffff"
    size: int = 8
    description: str = ""
    encrypted: bool = False
    shared: tuple[str, ...] = ()


class Snapshots:
    """All of them; `blocked` says in which places sharing with everybody is blocked, and how."""

    def __init__(self) -> None:
        self._all: dict[str, Snapshot] = {}
        self.blocked: dict[Place, str] = {}

    def put(self, snapshot: Snapshot) -> None:
        """Make it, or change who may use it; raises ValueError for an encrypted one that everybody may."""
        if snapshot.encrypted and EVERYBODY in snapshot.shared:
            raise ValueError("encrypted snapshots cannot be public")
        self._all[snapshot.id] = snapshot

    def drop(self, snapshot_id: str) -> None:
        """Delete it; raises KeyError for none."""
        del self._all[snapshot_id]

    def block(self, place: Place) -> str:
        """Whether sharing with everybody is blocked there: `unblocked` unless somebody did."""
        return self.blocked.get(place, "unblocked")

    def seen_from(self, place: Place) -> list[Snapshot]:
        """Those that an account sees in a region: its own, those shared with it, and everybody's public ones."""
        account_id, region = place
        return [
            each for each in self._all.values() if each.place[1] == region and self._sees(account_id, each)
        ]

    def _sees(self, account_id: str, snapshot: Snapshot) -> bool:
        if account_id == snapshot.place[0] or account_id in snapshot.shared:
            return True
        return EVERYBODY in snapshot.shared and self.block(snapshot.place) != "block-all-sharing"


def owned_by(snapshot: Snapshot, owners: Sequence[str], caller: str) -> bool:
    """Whether it is of one of these; `self` is the caller, none is any."""
    return not owners or snapshot.place[0] in {caller if each == "self" else each for each in owners}


def restorable_by(snapshot: Snapshot, accounts: Sequence[str], caller: str) -> bool:
    """Whether one of these may use it: `all` is everybody, `self` the caller, to whom its own belong."""
    wanted = {caller if each == "self" else each for each in accounts}
    return not wanted or bool(wanted & {*snapshot.shared, snapshot.place[0]})
