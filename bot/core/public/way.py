"""One way into a bucket: whether it is public, by what, and what stops it."""

from dataclasses import dataclass
from typing import Literal

from bot.core.public.block import OPEN, Stop
from bot.core.public.meaning import Access, Judgement, Opening, Unread, ordered

Via = Literal["policy", "acl", "access-point", "multi-region-access-point"]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a verdict hangs on: the part, in words, and why it is not known."""

    part: str
    unread: Unread


@dataclass(frozen=True, slots=True)
class Way:
    """A way in and its verdict; `name` is the access point's.

    `access` is () where it is public and nobody knows for what. `stopped_by` is set where it would be public, or
    may be, but for that (`RestrictPublicBuckets of the account's block`). `missing` only where it is unknown.
    """

    via: Via
    judgement: Judgement
    why: str
    access: tuple[Access, ...] = ()
    name: str = ""
    openings: tuple[Opening, ...] = ()
    stopped_by: str = ""
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a way would be if nothing stopped it."""

    judgement: Judgement
    why: str
    openings: tuple[Opening, ...] = ()
    missing: tuple[Missing, ...] = ()
    access: tuple[Access, ...] | None = None


def way(via: Via, found: Found, stop: Stop = OPEN, name: str = "") -> Way:
    """The verdict of a way that something may stop."""
    access = (
        ordered(a for one in found.openings for a in one.access) if found.access is None else found.access
    )
    if found.judgement == "not-public":
        return Way(via, "not-public", found.why, name=name)
    if stop.closes:
        why = f"{found.why}; {stop.by} stops it"
        return Way(via, "not-public", why, access, name, found.openings, stopped_by=stop.by)
    if found.judgement == "public" and stop.closes is False:
        return Way(via, "public", found.why, access, name, found.openings)
    missing = (*found.missing, *(Missing(part, unread) for part, unread in stop.missing))
    return Way(via, "unknown", found.why, access, name, found.openings, missing=missing)
