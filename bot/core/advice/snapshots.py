"""Snapshots of disks and databases that everybody may restore (reference: checks ePs02jT06w and rSs93HQwa1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.advice.opinion import Flagged
from bot.core.advice.told import Told, joined, over, unknown
from bot.core.public.meaning import Unread


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot of a disk or a database; `public`: whether everybody may restore it."""

    id: str
    kind: Literal["disk", "database", "cluster"]
    public: bool | Unread


@dataclass(frozen=True, slots=True)
class Disks:
    """One region's public snapshots of disks.

    `block` is the region's block of public access (`block-all-sharing`, `block-new-sharing`, `unblocked`), "" where
    nothing is public.
    """

    public: tuple[str, ...]
    block: str | Unread = ""


def public_disks(regions: Mapping[str, Disks | Unread]) -> Told:
    """Amazon EBS Public Snapshots: red; yellow where the region's block keeps everybody out all the same."""
    return over(regions, _disks)


def _disks(region: str, found: Disks) -> Told:
    blocked = found.block == "block-all-sharing"
    why = "everybody with an AWS account may restore it"
    if blocked:
        why = "shared with everybody; the region’s block keeps them out until it is taken off"
    flagged = tuple(Flagged(one, region, "warning" if blocked else "error", why) for one in found.public)
    where = f"whether {region} blocks public snapshots"
    unread = ((where, found.block),) if isinstance(found.block, Unread) and found.public else ()
    return Told(flagged, None, unread)  # how many are private nobody counts


def public_copies(regions: Mapping[str, tuple[Snapshot | Unread, ...] | Unread]) -> Told:
    """Amazon RDS Public Snapshots, of clusters too: red.

    An `Unread` among a region's snapshots is a kind of them that could not be listed.
    """
    return over(regions, lambda region, found: joined(_copy(region, one) for one in found))


def _copy(region: str, one: Snapshot | Unread) -> Told:
    if isinstance(one, Unread):
        return unknown(region, one)
    if isinstance(one.public, Unread):
        return Told(looked_at=1, unread=((one.id, one.public),))
    why = f"everybody with an AWS account may restore this {one.kind}"
    return Told((Flagged(one.id, region, "error", why),) if one.public else (), 1)
