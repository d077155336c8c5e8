"""What a check of our own saw of an account, and the opinion that it makes.

What could not be read is kept beside what was flagged: where nothing is flagged and something was not read, nobody
can tell.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.core.advice.opinion import Check, Flagged, Opinion, Status
from bot.core.public.meaning import Unread
from bot.core.spoken import some

WORST: tuple[Status, ...] = ("error", "warning", "not_available", "ok")
"""Red, yellow, grey, green."""

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Told:
    """What was flagged, of how many; `unread` is what is not known, each with where ("" for the account itself).

    `looked_at` is None where only what is flagged was asked for. `at` is of when the facts are, where they are older
    than the question.
    """

    flagged: tuple[Flagged, ...] = ()
    looked_at: int | None = 0
    unread: tuple[tuple[str, Unread], ...] = ()
    at: datetime | None = None


def unknown(where: str, unread: Unread) -> Told:
    """Nothing is known there."""
    return Told(unread=((where, unread),))


def joined(told: Iterable[Told]) -> Told:
    """All of it as one."""
    every = tuple(told)
    return Told(
        tuple(one for each in every for one in each.flagged),
        None if any(each.looked_at is None for each in every) else sum(each.looked_at or 0 for each in every),
        tuple(one for each in every for one in each.unread),
    )


def over(regions: Mapping[str, Facts | Unread], look: Callable[[str, Facts], Told]) -> Told:
    """What is seen in each region; those that could not be read are told as such."""
    return joined(
        unknown(region, facts) if isinstance(facts, Unread) else look(region, facts)
        for region, facts in regions.items()
    )


def opinion(check: Check, told: Told, account_id: str, asked_at: datetime) -> Opinion:
    """The check's opinion: the worst of what it flags; never green where something was not read."""
    colour = worst(one.status for one in told.flagged)
    if colour == "ok" and told.unread:
        colour = "not_available"
    return Opinion(
        check,
        "own",
        account_id,
        colour,
        tuple(sorted(told.flagged, key=lambda one: (WORST.index(one.status), one.region, one.resource))),
        told.at or asked_at,
        told.looked_at if told.looked_at or not told.unread else None,
        because(told.unread),
    )


def worst(colours: Iterable[Status]) -> Status:
    """The worst of several, green where there is none."""
    return min(colours, key=WORST.index, default="ok")


def because(unread: Sequence[tuple[str, Unread]]) -> tuple[str, ...]:
    """`eu-west-1 and us-east-1: AWS refused (ec2:DescribeSecurityGroups)`: each reason once, with where it holds."""
    reasons: dict[str, list[str]] = {}
    for where, one in unread:
        action = f" ({one.action})" if one.action else ""
        reasons.setdefault(f"{one.why}{action}", []).append(where)
    return tuple(
        f"{places}: {why}" if (places := some(list(dict.fromkeys(filter(None, named))))) else why
        for why, named in reasons.items()
    )
