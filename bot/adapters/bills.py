"""The bill, from two sources: Cost Explorer, which is paid for and tells everything, and CloudWatch's free estimates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.adapters.aws.cost_explorer_words import checked
from bot.adapters.aws.estimated_charges import BY, EstimatedCharges
from bot.adapters.bills_booked import RequestBook
from bot.adapters.bills_explorer import KeptExplorer, Said
from bot.adapters.bills_kept import Answer, Kept
from bot.adapters.bills_months import until_today
from bot.core.billing.costs import Anomalies, Asked, Costs, Forecast
from bot.core.billing.days import DAY, Days, midnight, month_of
from bot.core.billing.projection import naive
from bot.core.billing.sums import ZERO
from bot.core.billing.use import used
from bot.core.view import Caveat
from bot.errors import Forbidden, NoroshiError, NotConfigured, Upstream
from bot.ports import Progress

OFF = (
    "Cost Explorer is switched off here (billing.explorer).",
    "Set NOROSHI_BILLING__EXPLORER=true: a request costs USD 0.01, and there are so many a day at most.",
)
_YOUNG = timedelta(minutes=10)
_LOOKED_BACK = 7  # days of the month before that a projection may need
_YET = 4  # days of a month that may be without one complete
_REFUSALS = (Forbidden, NotConfigured, Upstream)
_NAMES = {"cost-explorer": "Cost Explorer’s figures", "cloudwatch": "CloudWatch’s estimates"}
Way = Callable[[], Costs]


class AwsBills:
    """Satisfies `bot.ports.Bills`; without an `explorer` the estimates are all there is."""

    def __init__(
        self,
        explorer: KeptExplorer | None,
        estimates: EstimatedCharges,
        book: RequestBook,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._explorer, self._estimates, self._book, self._now = explorer, estimates, book, now
        # A question to CloudWatch costs next to nothing, and metrics and questions ask the same within minutes.
        self._estimated = Kept(Costs, None, lambda: "")

    def costs(
        self, days: Days, by: tuple[str, ...], progress: Progress, *, free: bool = False, service: str = ""
    ) -> Costs:
        """See `bot.ports.Bills`; `days` of the answer end with what the source has of them."""
        checked(by)
        days = until_today(days, self._now())
        ways = self._ways(days, by, service, progress)
        if free:
            ways.reverse()
        return _first(ways, days)

    def forecast(self, today: date) -> Forecast:
        """See `bot.ports.Bills`."""
        try:
            if self._explorer is None:
                raise NotConfigured(*OFF)
            return self._explorer.forecast(today)
        except _REFUSALS as error:
            return self._projected(today, error)

    def anomalies(self, days: Days) -> Anomalies:
        """See `bot.ports.Bills`."""
        if self._explorer is None:
            raise NotConfigured(*OFF)
        return self._explorer.anomalies(days)

    def asked(self) -> Asked:
        """See `bot.ports.Bills`."""
        return self._book.asked()

    @property
    def explores(self) -> bool:
        """Whether Cost Explorer may be asked at all."""
        return self._explorer is not None

    def said(self) -> Answer[Said] | None:
        """How Cost Explorer last answered; None where it was not asked."""
        return self._explorer.said() if self._explorer else None

    def _ways(self, days: Days, by: tuple[str, ...], service: str, progress: Progress) -> list[Way]:
        """Those that can tell, Cost Explorer before CloudWatch; raises NotConfigured for none."""
        ways: list[Way] = []
        if explorer := self._explorer:
            ways.append(lambda: explorer.costs(days, by, service, progress))
        if set(by) <= BY:
            ways.append(lambda: self._estimate(days, by, service, progress))
        if not ways:
            raise NotConfigured(
                f"Only Cost Explorer can split a bill by {' and '.join(by)}. {OFF[0]}", OFF[1]
            )
        return ways

    def _estimate(self, days: Days, by: tuple[str, ...], service: str, progress: Progress) -> Costs:
        key = "\n".join((f"{days.start} {days.end}", service, *by))
        with self._estimated.turn(key):
            known = self._estimated.read(key, self._young)
            if known and self._young(known):
                return replace(known.value, seconds=0.0)
            progress("Reading CloudWatch’s estimates of the bill…")
            costs = self._estimates.costs(days, by, service)
            self._estimated.keep(key, Answer(costs, self._now()))
            return costs

    def _young(self, answer: Answer[Costs]) -> bool:
        return self._now() - answer.asked_at < _YOUNG

    def _projected(self, today: date, why: NoroshiError) -> Forecast:
        """By arithmetic, from whichever source tells what the days so far cost; raises `why` where none does."""
        month = month_of(today)
        start = month.start - _LOOKED_BACK * DAY if today.day < _YET else month.start
        try:
            costs = self.costs(Days(start, today + DAY), ("service",), lambda _: None)
        except _REFUSALS as error:
            raise why from error
        expected = naive(_used(costs), midnight(today))
        if not expected:
            raise why
        told = f"This is the average of the days so far, no forecast of AWS’s: {why.message}"
        return Forecast(
            Days(today, month.end),
            expected,
            sum((each.mean for each in expected), ZERO),
            None,
            None,
            costs.currency,
            costs.as_of,
            naive=True,
            caveats=(Caveat("forecast-naive", told), *costs.caveats),
            requests=costs.requests,
        )


def _used(costs: Costs) -> dict[date, Decimal]:
    """What each day's use cost: a fee of the 1st is due once, and no day to come has it again."""
    found: dict[date, Decimal] = {}
    for amounts in used(costs, "service").values():
        for day, amount in amounts.items():
            found[day] = found.get(day, ZERO) + amount
    return found


def _first(ways: list[Way], days: Days) -> Costs:
    """The first that has all the days, else the first that has some; raises the first's refusal where none has any."""
    refused: list[NoroshiError] = []
    partial: list[Costs] = []
    for way in ways:
        try:
            costs = way()
        except _REFUSALS as error:
            refused.append(error)
            continue
        if costs.days.end >= days.end:
            return _instead(costs, refused, partial)
        partial.append(costs)
    if partial:
        return partial[0]
    raise refused[0]


def _instead(costs: Costs, refused: list[NoroshiError], partial: list[Costs]) -> Costs:
    """Say that this is not the source that was asked first, and why."""
    why = [*(error.message for error in refused), *_why(partial)]
    if not why:
        return costs
    told = f"These are {_NAMES[costs.source]}: {' '.join(why)}"
    return replace(costs, caveats=(Caveat("other-source", told), *costs.caveats))


def _why(partial: list[Costs]) -> list[str]:
    return [each.message for costs in partial for each in costs.caveats if each.weight == "blind"]
