"""A glance as samples: for each measure the values of its labels, and a number."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.core import measures
from bot.core.configuration.item import Place
from bot.core.glance import Bearer, Broken, Buckets, Depth, Glance, Look, Part
from bot.core.measures import Measure

Number = Decimal | float
Sample = tuple[tuple[str, ...], Number]
Found = tuple[Measure, list[Sample]]


def samples(glance: Glance) -> Iterator[Found]:
    """All of it; of what is not known there is none."""
    yield from _money(glance)
    yield from _problems(glance)
    yield from _buckets(glance.buckets or {})
    yield from _compliance(glance.compliance or {})
    yield from _queues(glance.queues or {})
    yield from _looks(glance.looks)


def _money(glance: Glance) -> Iterator[Found]:
    if spend := glance.spend:
        yield measures.MONTH_TO_DATE, _costs(spend.month_to_date, spend.currency)
        yield measures.YESTERDAY, _costs(spend.yesterday, spend.currency)
        yield measures.AS_OF, [((spend.source,), spend.as_of.timestamp())]
    if month_end := glance.forecast:
        yield measures.MONTH_END, [((month_end.currency,), month_end.amount)]
    if asked := glance.requests:
        # Days without any are in no list: what was read and holds nothing of today is none today.
        today = glance.looks["requests"].at.date() if "requests" in glance.looks else None
        yield measures.REQUESTS_TODAY, [((), dict(asked.by_day).get(today, 0))] if today else []
        yield measures.REQUESTS_LIMIT, [((), asked.most_a_day)]


def _costs(costs: Mapping[Bearer, Decimal] | None, currency: str) -> list[Sample]:
    return [((who.account, who.service, currency), amount) for who, amount in (costs or {}).items()]


def _problems(glance: Glance) -> Iterator[Found]:
    if problems := glance.problems:
        found = problems.open.items()
        yield measures.PROBLEMS, [((of.source, of.severity.value, of.standing), count) for of, count in found]
        yield measures.IN_STORM, [((), problems.in_storm)]
    yield (
        measures.FINDINGS,
        [
            ((*_place(place), severity.value), count)
            for place, by_severity in (glance.findings or {}).items()
            for severity, count in by_severity.items()
        ],
    )


def _buckets(found: Mapping[str, Buckets]) -> Iterator[Found]:
    yield measures.PUBLIC, [((account,), counts.public) for account, counts in found.items()]
    yield measures.UNKNOWN, [((account,), counts.unknown) for account, counts in found.items()]


def _compliance(found: Mapping[Place, Broken]) -> Iterator[Found]:
    yield measures.BROKEN, [(_place(place), counts.resources) for place, counts in found.items()]
    yield measures.RULES, [(_place(place), counts.rules) for place, counts in found.items()]


def _queues(found: Mapping[str, Depth]) -> Iterator[Found]:
    yield (
        measures.MESSAGES,
        [
            ((name, state), count)
            for name, depth in found.items()
            for state, count in (
                ("visible", depth.visible),
                ("in_flight", depth.in_flight),
                ("delayed", depth.delayed),
            )
        ],
    )
    yield measures.DEAD, [((name,), depth.dead) for name, depth in found.items() if depth.dead is not None]


def _looks(looks: Mapping[Part, Look]) -> Iterator[Found]:
    found = looks.items()
    yield measures.SUCCESS, [((part,), int(look.well)) for part, look in found]
    yield measures.REFRESHED, [((part,), look.at.timestamp()) for part, look in found]
    yield measures.REFRESH_SECONDS, [((part,), look.seconds) for part, look in found]
    yield measures.UNSEEN, [((part,), look.unseen) for part, look in found]


def _place(place: Place) -> tuple[str, str]:
    return place.account_id, place.region
