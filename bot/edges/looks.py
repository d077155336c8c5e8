"""What a glance is made of: each part asked of its port, and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import product
from typing import TypeVar, get_args

import structlog

from bot.core.billing.costs import CREDITS, Costs
from bot.core.billing.days import DAY, Days, month_to_date
from bot.core.billing.sums import charged
from bot.core.configuration.item import Place
from bot.core.glance import Bearer, Broken, Buckets, Kind, MonthEnd, Problems, Spend, Standing
from bot.core.problem import Problem
from bot.core.severity import Severity
from bot.core.view import Caveat
from bot.edges.glances import Seen
from bot.errors import NoroshiError, Upstream
from bot.pipeline.daily import state
from bot.pipeline.ledger import Ledger
from bot.ports import Bills, Configurations, PublicAccess

_log = structlog.get_logger("noroshi.metrics")
_BROKEN = "NON_COMPLIANT"
Where = TypeVar("Where")
Value = TypeVar("Value")


def spend(bills: Bills, now: datetime) -> Seen:
    """This month's and yesterday's charges, by what costs next to nothing wherever that can tell."""
    costs = _costs(bills, now)
    today = now.astimezone(UTC).date()
    month, yesterday = month_to_date(today), Days(today - DAY, today)
    return Seen(
        Spend(
            month_to_date=_borne(costs, month) if costs.as_of >= _begin(month) else None,
            # Until the figures reach beyond its end, a day's are part of them.
            yesterday=_borne(costs, yesterday) if costs.as_of >= _begin(Days(today, today + DAY)) else None,
            currency=costs.currency,
            as_of=costs.as_of,
            source=costs.source,
        ),
        _blind(costs.caveats),
    )


def month_end(bills: Bills, now: datetime) -> Seen:
    """What this month is expected to cost: charged before today, and expected from today on."""
    today = now.astimezone(UTC).date()
    forecast = bills.forecast(today)
    costs = _costs(bills, now)
    if costs.currency != forecast.currency:
        raise Upstream(f"Costs are in {costs.currency}, and what is expected in {forecast.currency}.")
    before = Days(today.replace(day=1), today) if today.day > 1 else None
    done = charged(costs, before) if before else Decimal()
    return Seen(
        MonthEnd(done + forecast.total, forecast.currency), _blind((*costs.caveats, *forecast.caveats))
    )


def _costs(bills: Bills, now: datetime) -> Costs:
    """This month's up to now, with yesterday's; all look at the same, which is kept."""
    month = month_to_date(now.astimezone(UTC).date())
    days = Days(min(month.start, month.end - 2 * DAY), month.end)
    return bills.costs(days, ("account", "service"), _quietly, free=True)


def _blind(caveats: Iterable[Caveat]) -> int:
    return sum(each.weight == "blind" for each in caveats)


def _begin(days: Days) -> datetime:
    return datetime.combine(days.start, time(), UTC)


def _borne(costs: Costs, days: Days) -> dict[Bearer, Decimal]:
    """What each account and service was charged in those days; who was charged on others only, nothing."""
    found: dict[Bearer, Decimal] = {}
    for line in costs.lines:
        keys = dict(zip(costs.by, line.keys, strict=True))
        bearer = Bearer(keys.get("account", ""), keys.get("service", ""))
        counts = line.day in days and line.record not in CREDITS
        found[bearer] = found.get(bearer, Decimal()) + (line.amount if counts else Decimal())
    return found


def problems(ledger: Ledger, channels: Sequence[str], sources: Sequence[str]) -> Seen:
    """What is open on record, all channels together; every source and severity has a number, if only zero."""
    states = [state(ledger, channel) for channel in channels]
    found = Counter(_kind(problem) for each in states for problem in each.problems)
    every = (Kind(*each) for each in product(sources, Severity, get_args(Standing)))
    counts = {**dict.fromkeys(every, 0), **found}
    return Seen(Problems(counts, sum(each.in_storm for each in states)), sum(each.more for each in states))


def _kind(problem: Problem) -> Kind:
    standing: Standing = "muted" if problem.muted else "acknowledged" if problem.acknowledged else "new"
    return Kind(problem.alert.source, problem.alert.severity, standing)


def buckets(access: PublicAccess, accounts: Iterable[str]) -> Seen:
    """Public buckets of each account that can be asked: one without any bucket has none that is public."""

    def ask(account: str) -> Buckets:
        judged = access.survey((account,), (), _quietly).judged
        found = Counter(each.verdict.judgement for each in judged if not each.gone)
        return Buckets(found["public"], found["unknown"])

    return each_of(accounts, ask)


def compliance(configurations: Configurations, places: Iterable[Place]) -> Seen:
    """What breaks the customer's own rules where Config records; elsewhere nobody looks, so nothing is known."""

    def ask(place: Place) -> Broken | None:
        if not configurations.recorder(place).recording:
            return None
        told = configurations.evaluations((place,), None, "", _quietly)
        broken = [one for one in told.found if one.compliance == _BROKEN and not one.rule.made_by]
        resources = {(one.resource_type, one.resource_id) for one in broken}
        return None if told.caveats else Broken(len(resources), len({one.rule.name for one in broken}))

    return each_of(places, ask)


def each_of(places: Iterable[Where], ask: Callable[[Where], Value | None]) -> Seen:
    """Ask each by itself; one that says nothing is left out and counted. Raises the first refusal where all refuse."""
    found: dict[Where, Value] = {}
    refused: list[NoroshiError] = []
    unseen = 0
    for place in places:
        try:
            value = ask(place)
        except NoroshiError as error:
            _log.warning("not looked up", place=str(place), message=error.message, hint=error.hint)
            refused.append(error)
            continue
        if value is None:
            unseen += 1
        else:
            found[place] = value
    if refused and not found:
        raise refused[0]
    return Seen(found, unseen + len(refused))


def _quietly(_: str) -> None:
    """Nobody waits to see how far it is."""
