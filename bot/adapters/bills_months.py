"""A bill is asked and kept by calendar months: what a question's days need of each, and the answer put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.adapters.bills_kept import FOR, Answer
from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days, month_of
from bot.core.money import money
from bot.core.view import Caveat

_CLOSED = timedelta(days=5)
"""So long after its end a month's figures still change (docs: Cost Management user guide, Understanding your bill)."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a question: what is asked of it, and which of its days are needed."""

    whole: Days
    needed: Days
    last: bool

    def fresh(self, answer: Answer[Costs], now: datetime, refresh: timedelta) -> bool:
        """Whether it need not be asked again: it holds all that is needed, and is young enough or final."""
        final = answer.asked_at.astimezone(UTC).date() >= month_of(self.whole.start).end + _CLOSED
        return self.holds(answer.value) and now - answer.asked_at < (FOR if final else refresh)

    def holds(self, costs: Costs) -> bool:
        """Whether they have every day that is needed."""
        return costs.days.end >= self.needed.end

    def will_do(self, costs: Costs) -> bool:
        """Whether old ones are better than none: with days that are needed, and no gap before the next month."""
        return self.holds(costs) or (self.last and costs.days.end > self.needed.start)


def until_today(days: Days, now: datetime) -> Days:
    """Those that have begun; raises BadRequest where none has."""
    return Days(days.start, min(days.end, now.astimezone(UTC).date() + DAY))


def months(days: Days, now: datetime) -> list[Month]:
    """Of each month that has begun all its days that have, so that the next question finds them."""
    tomorrow = now.astimezone(UTC).date() + DAY
    *before, last = until_today(days, now).months()
    return [*(Month(month_of(each.start), each, last=False) for each in before), _last(last, tomorrow)]


def _last(needed: Days, tomorrow: date) -> Month:
    month = month_of(needed.start)
    return Month(Days(month.start, min(month.end, tomorrow)), needed, last=True)


def together(pieces: Sequence[Costs], days: Days) -> Costs:
    """One answer for the days from one a month, oldest first; of its days only those that the last piece has.

    It is as fresh as the newest month's. Its currency is the newest charge's (a month that has none, as on the 1st,
    has no currency of its own); another currency's months are left out, and said.
    """
    newest = pieces[-1]
    days = Days(days.start, min(days.end, newest.days.end))
    currency = next((each.currency for each in reversed(pieces) if each.lines), newest.currency)
    same = [each for each in pieces if each.currency == currency or not each.lines]
    estimated = [each.estimated_from for each in same if each.estimated_from]
    return replace(
        newest,
        days=days,
        lines=tuple(line for each in same for line in each.lines if line.day in days),
        currency=currency,
        estimated_from=max(min(estimated), days.start) if estimated else None,
        names={key: name for each in pieces for key, name in each.names.items()},
        caveats=(*dict.fromkeys(caveat for each in pieces for caveat in each.caveats), *_left(pieces, same)),
        requests=sum(each.requests for each in pieces),
        seconds=sum(each.seconds for each in pieces),
    )


def _left(pieces: Sequence[Costs], same: Sequence[Costs]) -> tuple[Caveat, ...]:
    return tuple(
        Caveat(
            "other-currency",
            f"{each.days.start:%Y-%m} is left out: it is in another currency "
            f"({money(sum((line.amount for line in each.lines), Decimal(0)), each.currency)}).",
            "blind",
        )
        for each in pieces
        if each not in same
    )
