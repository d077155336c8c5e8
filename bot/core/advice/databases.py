"""Databases that the internet gets at.

Trusted Advisor's check Amazon RDS Security Group Access Risk (nNauJisYIT) looks at DB security groups, which only
EC2-Classic had: they are gone, and nothing can be flagged by it any more. Ours has its name and its meaning for the
VPC's groups that databases stand in today: red where one lets everybody in to the database's own port, yellow where
the database has no public address.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.advice.groups import Door, Group, Groups, entrance, ports
from bot.core.advice.opinion import Flagged
from bot.core.advice.told import Told, joined, over, unknown
from bot.core.public.meaning import Unread
from bot.core.spoken import some


@dataclass(frozen=True, slots=True)
class Database:
    """A DB instance; `port` None where it has none yet, `public` whether its name leads to a public address."""

    id: str
    port: int | None
    public: bool
    groups: tuple[str, ...]


def access_risk(
    databases: Mapping[str, tuple[Database, ...] | Unread], groups: Mapping[str, Groups | Unread]
) -> Told:
    """Amazon RDS Security Group Access Risk, as said above."""

    def look(region: str, found: tuple[Database, ...]) -> Told:
        known = groups.get(region, Unread("nobody asked for its security groups"))
        if not found:
            return Told()
        if isinstance(known, Unread):
            return unknown(region, known)
        return joined(_database(region, one, known) for one in found)

    return over(databases, look)


def _database(region: str, database: Database, known: Groups) -> Told:
    by_id = {one.id: one for one in known.groups}
    opened: list[str] = []
    unread: list[tuple[str, Unread]] = []
    for name in database.groups:
        if name not in by_id:
            unread.append((f"{database.id} ({name})", Unread("that security group was not found")))
            continue
        for door in _reaching(by_id[name], database.port):
            through = entrance(door, known.lists)
            if isinstance(through, Unread):
                unread.append((f"{database.id} ({door.peer})", through))
            elif through is not None:
                opened.append(f"{name}{f' {through}' if through else ''}")
    if not opened:
        return Told(looked_at=1, unread=tuple(unread))
    at = f"port {database.port}" if database.port is not None else "its port"
    address = "it has a public address" if database.public else "it has no public address"
    why = f"{some(list(dict.fromkeys(opened)))} lets the internet in to {at}; {address}"
    return Told((Flagged(database.id, region, "error" if database.public else "warning", why),), 1)


def _reaching(group: Group, port: int | None) -> list[Door]:
    opened = [(door, ports(door)) for door in group.doors]
    return [door for door, reached in opened if reached is not None and (port is None or port in reached)]
