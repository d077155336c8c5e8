"""What of a glance is shown to people, small enough to be kept: sums where the glance has every place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, get_args

from bot.core.glance import (
    Advised,
    Broken,
    Buckets,
    Depth,
    Glance,
    Look,
    MonthEnd,
    OpenProblem,
    Part,
    Problems,
    RecentPress,
    Spend,
    Standing,
    Waiting,
)
from bot.core.severity import Severity

Counts = tuple[tuple[Severity, int], ...]
"""The worst first; every severity has a number, if only zero."""
_QUEUES = 50
Sums = TypeVar("Sums", Buckets, Broken, Advised)


@dataclass(frozen=True, slots=True)
class Money:
    """What this month has cost so far, in all and by day; `so_far` is None until the figures reach into it."""

    so_far: Decimal | None
    currency: str
    as_of: datetime
    by_day: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Alerts:
    """The bot's own record: how many problems are open, by what became of them, and what stands out of it."""

    new: Counts
    acknowledged: Counts
    muted: Counts
    in_storm: int = 0
    worst: tuple[OpenProblem, ...] = ()
    deaf: tuple[OpenProblem, ...] = ()
    deaf_in_all: int = 0
    waiting: tuple[Waiting, ...] = ()
    pressed: tuple[RecentPress, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Every part as it was last seen; None where it could not be, and `looks` says when and why.

    `off` says in words why a part is never looked at; `wanted` is when somebody last asked for a fresh look.
    """

    spend: Money | None = None
    forecast: MonthEnd | None = None
    problems: Alerts | None = None
    open_findings: Counts | None = None
    buckets: Buckets | None = None
    compliance: Broken | None = None
    advice: Advised | None = None
    queues: Mapping[str, Depth] | None = None
    looks: Mapping[Part, Look] = field(default_factory=dict)
    off: Mapping[Part, str] = field(default_factory=dict)
    wanted: datetime | None = None


SHOWN: tuple[Part, ...] = tuple(
    part for part in get_args(Part) if part in {each.name for each in fields(Overview)}
)
"""The parts that people are shown."""


def overview(glance: Glance) -> Overview:
    """The glance in short. Of accounts and places there is only the sum: how many were not seen, their look says."""
    return Overview(
        spend=_money(glance.spend) if glance.spend else None,
        forecast=glance.forecast,
        problems=_alerts(glance.problems) if glance.problems else None,
        open_findings=None if glance.open_findings is None else _counts([glance.open_findings]),
        buckets=_summed(Buckets, glance.buckets),
        compliance=_summed(Broken, glance.compliance),
        advice=_summed(Advised, glance.advice),
        queues=None if glance.queues is None else dict(sorted(glance.queues.items())[:_QUEUES]),
        looks={part: look for part, look in glance.looks.items() if part in SHOWN},
    )


def fresher(one: Overview, other: Overview) -> Overview:
    """Each part as it was seen last by either; of two looks at one moment, `one`'s counts."""
    newer = [part for part in SHOWN if _is_newer(other.looks.get(part), one.looks.get(part))]
    seen: dict[str, Any] = {part: getattr(other, part) for part in newer}
    looks = {**one.looks, **{part: other.looks[part] for part in newer}}
    asked = [at for at in (one.wanted, other.wanted) if at]
    return replace(one, **seen, looks=looks, wanted=max(asked, default=None))


def without(seen: Overview, off: Mapping[Part, str]) -> Overview:
    """The same where these parts are never looked at (any more), for these reasons."""
    forgotten: dict[str, Any] = dict.fromkeys(off)
    looks = {part: look for part, look in seen.looks.items() if part not in off}
    return replace(seen, **forgotten, looks=looks, off=dict(off))


def _is_newer(look: Look | None, than: Look | None) -> bool:
    return look is not None and (than is None or look.at > than.at)


def _money(spend: Spend) -> Money:
    month = spend.month_to_date
    so_far = None if month is None else sum(month.values(), Decimal())
    return Money(so_far, spend.currency, spend.as_of, spend.by_day)


def _alerts(problems: Problems) -> Alerts:
    standing: dict[Standing, dict[Severity, int]] = {each: {} for each in get_args(Standing)}
    for kind, count in problems.open.items():
        of = standing[kind.standing]
        of[kind.severity] = of.get(kind.severity, 0) + count
    return Alerts(
        **{each: _counts([of]) for each, of in standing.items()},
        in_storm=problems.in_storm,
        worst=problems.worst,
        deaf=problems.deaf,
        deaf_in_all=problems.deaf_in_all,
        waiting=problems.waiting,
        pressed=problems.pressed,
    )


def _counts(found: Iterable[Mapping[Severity, int]]) -> Counts:
    each = list(found)
    return tuple((severity, sum(of.get(severity, 0) for of in each)) for severity in Severity)


def _summed(kind: type[Sums], found: Mapping[Any, Sums] | None) -> Sums | None:
    """Field by field. Where no place at all was seen, nothing is known: a sum of none is not zero."""
    if not found:
        return None
    names = [each.name for each in fields(kind)]
    return kind(*(sum(getattr(one, name) for one in found.values()) for name in names))
