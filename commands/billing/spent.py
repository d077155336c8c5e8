"""What has asking Cost Explorer cost?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.command import Reach
from bot.core.amounts import counted
from bot.core.billing.costs import Asked
from bot.core.buttons import Ask, Csv, Share
from bot.core.money import money
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.view import Caveat, Receipt, View
from commands.billing.window import today

_SHOWN = 10
COLUMNS = ("date", "requests", "amount")
_ATHENA = Caveat(
    "athena-apart", "what /trail’s questions cost in Athena: each answer’s own last line says it"
)


def spent(reach: Reach) -> tuple[date, Asked]:
    """The day, and what was asked on it and before."""
    return today(reach), reach.ports.bills.asked()


def show(day: date, asked: Asked) -> View:
    """The whole answer; requests that were never made cost nothing, and that is said."""
    of_month = sum(count for each, count in asked.by_day if (each.year, each.month) == (day.year, day.month))
    usd = money(of_month * asked.usd_a_request)
    price = money(asked.usd_a_request)
    title = f"My questions to Cost Explorer have cost {usd} this month ({counted(of_month, 'request')})"
    return View(
        title=title if of_month else "My questions have cost nothing this month: Cost Explorer was not asked",
        sections=tuple(_sections(day, asked, price)),
        command="billing bot",
        rows=tuple(_row(each, count, asked) for each, count in asked.by_day),
        columns=COLUMNS,
        caveats=(_ATHENA,),
        receipt=Receipt("what is kept", 0.0, cost_usd=0.0, api_calls=0),
        buttons=(Ask("Summary", ("billing", "summary")), *((Csv(),) if asked.by_day else ()), Share()),
        totals={"total": of_month * asked.usd_a_request, "currency": "USD"},
    )


def _sections(day: date, asked: Asked, price: str) -> list[Section]:
    today_s = dict(asked.by_day).get(day, 0)
    line = f"Today {today_s:,} of at most {asked.most_a_day:,}, at {price} each; answers are kept and shared for hours."
    sections: list[Section] = [Paragraph(((line,),))]
    if asked.by_day:
        rows = tuple(
            ((str(each),), (f"{count:,}",), (money(count * asked.usd_a_request),))
            for each, count in asked.by_day[:_SHOWN]
        )
        columns = (Column("day"), Column("requests", "right"), Column("cost", "right"))
        sections.append(Table(columns, rows, more=max(0, len(asked.by_day) - _SHOWN)))
    return sections


def _row(day: date, count: int, asked: Asked) -> Mapping[str, Any]:
    return {"date": day, "requests": count, "amount": count * asked.usd_a_request}
