"""How a forecast is shown: the month's end and its bounds, how it is known, each day to come."""

from collections.abc import Mapping
from typing import Any

from bot.core.billing.costs import Expected
from bot.core.billing.days import DAY, Days, month_before, month_of
from bot.core.billing.sums import charged
from bot.core.buttons import Ask, Csv, Picture, Share
from bot.core.money import money
from bot.core.sections import Facts
from bot.core.span import iso
from bot.core.text import Line
from bot.core.view import View
from commands.billing.charting import chart
from commands.billing.forecast import Answer
from commands.billing.words import month, signed

COLUMNS = ("date", "amount", "low", "high")


def show(answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer."""
    costs, bounds = answer.costs, answer.bounds
    last = month_before(answer.today)
    drawn = chart(
        f"Cost of {month(answer.today)} and what is expected",
        costs,
        answer.days,
        accounts,
        axis=month_of(answer.today),
        before=(last, month(last.start)),
        forecast=answer.expected,
    )
    return View(
        title=_title(answer),
        sections=(Facts(tuple(_facts(answer))), drawn),
        command="billing forecast",
        rows=tuple(_row(each) for each in answer.expected.expected),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=(Ask("Summary", ("billing", "summary")), Picture(), Csv(), Share()),
        totals={
            "total": charged(costs, answer.days),
            "forecast": answer.total,
            "forecast_low": bounds[0] if bounds else None,
            "forecast_high": bounds[1] if bounds else None,
            "naive": answer.expected.naive,
            "currency": costs.currency,
            "as_of": iso(answer.expected.as_of),
        },
    )


def _title(answer: Answer) -> str:
    currency, bounds = answer.costs.currency, answer.bounds
    between = f" (between {money(bounds[0], currency)} and {money(bounds[1], currency)})" if bounds else ""
    how = ", if it goes on like this" if answer.expected.naive else ""
    return f"About {money(answer.total, currency)} by the end of {month(answer.today)}{between}{how}"


def _facts(answer: Answer) -> list[tuple[str, Line]]:
    costs, currency = answer.costs, answer.costs.currency
    today = money(charged(costs, Days(answer.today, answer.today + DAY)), currency)
    last = month_before(answer.today)
    was = charged(costs, last)
    more = f" ({signed(answer.total - was, currency)})" if was else ""
    how = "the average of the days so far" if answer.expected.naive else "Cost Explorer, at 80 %"
    return [
        ("Before today", (money(answer.done, currency),)),
        ("From today on", (f"{money(answer.expected.total, currency)} expected; {today} is here already",)),
        (month(last.start), (f"{money(was, currency)}{more}",)),
        ("By", (how,)),
    ]


def _row(expected: Expected) -> Mapping[str, Any]:
    return {"date": expected.day, "amount": expected.mean, "low": expected.low, "high": expected.high}
