"""What a glance is made of: each part asked of its port, and counted."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeVar

import structlog

from bot.core.billing.costs import CREDITS, Costs
from bot.core.billing.days import DAY, Days, month_to_date
from bot.core.billing.sums import by_day, charged
from bot.core.configuration.item import Place
from bot.core.findings.seen import Wanted
from bot.core.glance import Bearer, Broken, Buckets, MonthEnd, Spend
from bot.core.severity import Severity
from bot.core.standing.advised import advised
from bot.core.view import Caveat
from bot.edges.glances import Seen
from bot.errors import NoroshiError, Upstream
from bot.ports import Advice, Bills, Configurations, Findings, PublicAccess

_log = structlog.get_logger("noroshi.metrics")
_BROKEN = "NON_COMPLIANT"
BEARERS = ("account", "service")
Where = TypeVar("Where")
Value = TypeVar("Value")


def spend(bills: Bills, now: datetime, by: tuple[str, ...] = BEARERS) -> Seen:
    """This month's and yesterday's charges, by what costs next to nothing wherever that can tell.

    CloudWatch is paid by the series: by service alone there are few, also where there are many accounts.
    """
    costs = _costs(bills, now, by)
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
            by_day=_by_day(costs, month),
        ),
        *_blind(costs.caveats),
    )


def _by_day(costs: Costs, month: Days) -> tuple[tuple[date, Decimal], ...]:
    """Those days that the figures reach into."""
    known = costs.as_of.astimezone(UTC).date()
    return tuple((day, amount) for day, amount in by_day(costs, month).items() if day <= known)


def month_end(bills: Bills, now: datetime, by: tuple[str, ...] = BEARERS) -> Seen:
    """What this month is expected to cost: charged before today, and expected from today on."""
    today = now.astimezone(UTC).date()
    forecast = bills.forecast(today)
    costs = _costs(bills, now, by)
    if costs.currency != forecast.currency:
        raise Upstream(f"Costs are in {costs.currency}, and what is expected in {forecast.currency}.")
    before = Days(today.replace(day=1), today) if today.day > 1 else None
    done = charged(costs, before) if before else Decimal()
    return Seen(
        MonthEnd(done + forecast.total, forecast.currency), *_blind((*costs.caveats, *forecast.caveats))
    )


def _costs(bills: Bills, now: datetime, by: tuple[str, ...]) -> Costs:
    """This month's up to now, with yesterday's; all look at the same, which is kept."""
    month = month_to_date(now.astimezone(UTC).date())
    days = Days(min(month.start, month.end - 2 * DAY), month.end)
    return bills.costs(days, by, _quietly, free=True)


def _blind(caveats: Iterable[Caveat]) -> tuple[int, str]:
    """How many, and the first in words."""
    found = [each.message for each in caveats if each.weight == "blind"]
    return len(found), next(iter(found), "")


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


def open_findings(findings: Findings) -> Seen:
    """GuardDuty's, by severity, each once; not known where GuardDuty is on nowhere."""
    told = findings.listed(Wanted(limit=1), _quietly)
    if not told.places:
        off = next((each.message for each in told.caveats), "")
        return Seen(None, why=off or "GuardDuty is on nowhere that I may look")
    return Seen(
        {severity: told.counts.by_severity.get(severity, 0) for severity in Severity}, *_blind(told.caveats)
    )


def advice(advice: Advice) -> Seen:
    """How many of the security checks are red and yellow in each account."""
    told = advice.opinions((), (), _quietly)
    return Seen(advised(told.found), *_blind(told.caveats))


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

    return each_of(places, ask, "AWS Config does not record there")


def each_of(places: Iterable[Where], ask: Callable[[Where], Value | None], silent: str = "") -> Seen:
    """Ask each by itself; one that says nothing is left out and counted, and `silent` is why.

    Raises the first refusal where all refuse.
    """
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
    why = f"{refused[0].message} {refused[0].hint}".strip() if refused else silent if unseen else ""
    return Seen(found, unseen + len(refused), why)


def _quietly(_: str) -> None:
    """Nobody waits to see how far it is."""
