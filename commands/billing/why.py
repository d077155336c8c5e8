"""Why did a day cost what it cost: which service, where, what of it, and who made that?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.command import Reach, Request
from bot.core.billing.arrived import arrived
from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days
from bot.core.billing.jump import Rise, before, rises, rose, whole
from bot.core.receipts import added
from bot.core.regions import is_code
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError
from commands.billing.makers import Made, made
from commands.billing.receipts import caveats, estimated, not_over, receipt
from commands.billing.window import today

SERVICES = 2
"""So many services, those that rose most, are looked into."""
_PARTS = 3


class Why(Request):
    """One day of UTC."""

    day: date


@dataclass(frozen=True, slots=True)
class Risen:
    """A service that rose, by what of it (region, usage type) and where (account, region); empty where nobody would say."""

    service: Rise
    parts: tuple[Rise, ...]
    places: tuple[Rise, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The day against such days; `risen` what was looked into, `services` all of it, `regions` those never used before.

    Where its figures have not `arrived`, the day's amounts are no answer.
    """

    today: date
    costs: Costs
    day: Rise
    services: tuple[Rise, ...]
    risen: tuple[Risen, ...]
    regions: frozenset[str]
    made: Made
    caveats: tuple[Caveat, ...]
    receipt: Receipt
    day_is_over: bool = True
    arrived: bool = True


def why(request: Why, reach: Reach) -> Answer:
    """Ask down to the usage types of what rose most, then CloudTrail who made it; what can't be asked is a caveat."""
    ports, began = reach.ports, reach.ports.now()
    days = Days(before(request.day).start, request.day + DAY)
    costs = ports.bills.costs(days, ("service",), reach.progress)
    services = rises(costs, request.day)
    asked: list[Costs] = [costs]
    missing: list[Caveat] = []
    risen = [
        _into(each, days, reach, asked, missing) for each in [one for one in services if rose(one)][:SERVICES]
    ]
    regions = _firsts(request.day, days, reach, asked, missing) if risen else frozenset()
    found = made(request.day, {each.service.keys[0]: _where(each) for each in risen}, reach)
    over = not_over(days, today(reach))
    every = caveats([costs], estimated(costs, ports.now()), over, *missing, *found.caveats)
    paid = receipt(asked, (ports.now() - began).total_seconds())
    return Answer(
        today(reach),
        costs,
        whole(costs, request.day),
        services,
        tuple(risen),
        regions,
        found,
        every,
        added(paid, found.receipts),
        day_is_over=over is None,
        arrived=arrived(costs, request.day, today(reach)),
    )


def _into(rise: Rise, days: Days, reach: Reach, asked: list[Costs], missing: list[Caveat]) -> Risen:
    """What of a service rose, and where."""
    reach.progress(f"Looking into {rise.keys[0]}…")
    parts = _rises(("region", "usage-type"), rise.keys[0], days, reach, asked, missing)
    places = _rises(("account", "region"), rise.keys[0], days, reach, asked, missing) if parts else ()
    return Risen(rise, parts, places)


def _rises(
    by: tuple[str, ...], service: str, days: Days, reach: Reach, asked: list[Costs], missing: list[Caveat]
) -> tuple[Rise, ...]:
    try:
        costs = reach.ports.bills.costs(days, by, reach.progress, service=service)
    except NoroshiError as error:
        what = " and ".join(each.replace("-", " ") for each in by)
        missing.append(Caveat("parts-unknown", f"the {what} of {service}: {error.message.rstrip('.')}"))
        return ()
    asked.append(costs)
    return tuple(each for each in rises(costs, days.end - DAY) if each.more > 0)[:_PARTS]


def _firsts(day: date, days: Days, reach: Reach, asked: list[Costs], missing: list[Caveat]) -> frozenset[str]:
    """The regions that cost something on the day, and nothing in the four weeks before."""
    try:
        costs = reach.ports.bills.costs(days, ("region",), reach.progress)
    except NoroshiError as error:
        missing.append(
            Caveat(
                "regions-unknown", f"whether a region is used for the first time: {error.message.rstrip('.')}"
            )
        )
        return frozenset()
    asked.append(costs)
    return frozenset(
        each.keys[0] for each in rises(costs, day) if each.first and each.more > 0 and is_code(each.keys[0])
    )


def _where(risen: Risen) -> Sequence[tuple[str, str]]:
    """Where to look for who made it; "" is an account that nobody named: the bot's own."""
    if risen.places:
        return [(each.keys[0], each.keys[1]) for each in risen.places if is_code(each.keys[1])]
    return [("", each.keys[0]) for each in risen.parts if is_code(each.keys[0])]


def request_json(request: Why) -> Mapping[str, str]:
    """As the answer's JSON has it."""
    return {"day": request.day.isoformat()}
