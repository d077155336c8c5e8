"""Cost Explorer's answers, each paid for once: kept by the month, for hours or for good, and used when old if need be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.adapters.aws.cost_explorer import CostExplorer
from bot.adapters.aws.cost_explorer_words import checked
from bot.adapters.bills_kept import Answer, Kept
from bot.adapters.bills_months import Month, months, together
from bot.adapters.bills_refused import Refused
from bot.core.amounts import counted
from bot.core.billing.costs import Anomalies, Costs, Forecast
from bot.core.billing.days import DAY, Days
from bot.core.view import Caveat
from bot.errors import AccessDenied, Forbidden, NoroshiError, NotConfigured, Upstream
from bot.ports import Progress, Store

_COSTS = "costs"
_BACK = 90  # days that GetAnomalies has
_HOUR, _DAY = 3600, 24
Bill = TypeVar("Bill", Costs, Forecast, Anomalies)


@dataclass(frozen=True, slots=True)
class Said:
    """How Cost Explorer last answered what something cost: with figures (`message` is ""), or with a refusal."""

    message: str = ""
    hint: str = ""


class KeptExplorer:
    """The explorer behind its kept answers; of many threads that ask one thing, one asks AWS.

    All raise what the explorer does, and Forbidden where the day's requests are spent and nothing kept will do.
    """

    def __init__(
        self,
        explorer: CostExplorer,
        store: Callable[[], Store],
        account: Callable[[], str],
        *,
        now: Callable[[], datetime],
        refresh: timedelta,
    ) -> None:
        self._explorer, self._now, self._refresh = explorer, now, refresh
        self._costs = Kept(Costs, store, account)
        self._forecasts = Kept(Forecast, store, account)
        self._anomalies = Kept(Anomalies, store, account)
        self._said = Kept(Said, store, account)
        self._refused = Refused(store, account, now=now, refresh=refresh)

    def costs(self, days: Days, by: tuple[str, ...], service: str, progress: Progress) -> Costs:
        """These days' charges; where a kept answer is too old, its caveat says so, and `days` end with what it has."""
        checked(by)
        now = self._now()
        pieces = [self._month(each, by, service, progress) for each in months(days, now)]
        return together(pieces, days)

    def forecast(self, today: date) -> Forecast:
        """What was answered today, within the time that answers are kept for."""
        found, old = self._answer(
            self._forecasts, f"forecast {today}", self._young, lambda: self._explorer.forecast(today)
        )
        return replace(found, caveats=(*found.caveats, *old))

    def anomalies(self, days: Days) -> Anomalies:
        """Those of the last 90 days, asked for and kept as a whole, that touch these."""
        today = self._now().date()
        last = Days(today - (_BACK - 1) * DAY, today + DAY)
        found, old = self._answer(
            self._anomalies, "anomalies", self._young, lambda: self._explorer.anomalies(last)
        )
        touched = (
            each for each in found.found if each.start < days.end and (each.end or today) >= days.start
        )
        return replace(found, found=tuple(touched), caveats=(*found.caveats, *old))

    def said(self) -> Answer[Said] | None:
        """How it last answered whichever process asked; None where nobody asked for 40 days."""
        return self._said.read(_COSTS, lambda _: False)

    def _month(self, month: Month, by: tuple[str, ...], service: str, progress: Progress) -> Costs:
        def ask() -> Costs:
            words = " and ".join(each.replace("-", " ") for each in by)
            progress(f"Asking Cost Explorer what {month.whole.start:%B %Y} cost by {words}…")
            return self._explorer.costs(month.whole, by, service)

        costs, old = self._answer(
            self._costs,
            "\n".join((_COSTS, f"{month.whole.start}", service, *by)),
            lambda answer: month.fresh(answer, self._now(), self._refresh),
            ask,
            month.will_do,
        )
        if old and costs.days.end < month.needed.end:
            old = tuple(replace(each, weight="blind") for each in old)
        seconds = costs.seconds if costs.requests else 0.0
        return replace(costs, caveats=(*costs.caveats, *old), seconds=seconds)

    def _answer(
        self,
        kept: Kept[Bill],
        key: str,
        fresh: Callable[[Answer[Bill]], bool],
        ask: Callable[[], Bill],
        will_do: Callable[[Bill], bool] = lambda _: True,
    ) -> tuple[Bill, tuple[Caveat, ...]]:
        """The answer, and where it is an old one, why, and how old."""
        with kept.turn(key):
            known = kept.read(key, fresh)
            if known and fresh(known):
                return replace(known.value, requests=0), ()
            try:
                answer = self._paid(key.split("\n", 1)[0], ask)
            except (Forbidden, Upstream) as error:
                if known is None or isinstance(error, AccessDenied) or not will_do(known.value):
                    raise
                return replace(known.value, requests=0), (self._old(known, error),)
            kept.keep(key, Answer(answer, self._now()))
            return answer, ()

    def _paid(self, asked: str, ask: Callable[[], Bill]) -> Bill:
        self._refused.check(asked)
        try:
            answer = ask()
        except (AccessDenied, NotConfigured) as error:
            self._refused.add(asked, error)
            self._heard(asked, Said(error.message, error.hint))
            raise
        self._heard(asked, Said())
        return answer

    def _heard(self, asked: str, said: Said) -> None:
        if (
            asked == _COSTS
        ):  # a forecast is refused to young accounts, and on a month's last day: that is well
            self._said.keep(_COSTS, Answer(said, self._now()))

    def _young(self, answer: Answer[Forecast] | Answer[Anomalies]) -> bool:
        return self._now() - answer.asked_at < self._refresh

    def _old(self, known: Answer[Bill], error: NoroshiError) -> Caveat:
        hours = int((self._now() - known.asked_at).total_seconds()) // _HOUR
        age = counted(hours, "hour") if hours < 2 * _DAY else counted(hours // _DAY, "day")
        return Caveat("kept-old", f"Cost Explorer's figures here are {age} old: {error.message}")
