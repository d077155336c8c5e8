"""How a week is shown in the digest: against the one before, the month, what moved, what is new, what is unusual."""

from collections.abc import Iterator, Mapping

from bot.core.amounts import counted
from bot.core.billing.days import DAY
from bot.core.billing.sums import charged
from bot.core.billing.telling import named
from bot.core.buttons import Ask
from bot.core.money import money
from bot.core.sections import Facts, Paragraph, Section
from bot.core.text import Line, Small, Strong
from bot.core.view import Caveat, View
from bot.errors import NoroshiError
from commands.billing import summary_view
from commands.billing.charting import chart
from commands.billing.rows import columns, rows, table
from commands.billing.week import Answer
from commands.billing.words import against, day_words, moved

_SHOWN = 5


def show(answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole digest."""
    costs = answer.costs
    return View(
        title=_title(answer),
        sections=tuple(_sections(answer, accounts)),
        command="billing week",
        rows=rows(answer.found, costs, accounts),
        columns=columns("service"),
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=(
            Ask("How the month stands", ("billing", "summary")),
            Ask("In which regions", ("billing", "by-region", "--since", "7d")),
            Ask("Anomalies", ("billing", "anomalies", "--since", "7d")),
        ),
        totals={
            "total": charged(costs, answer.days),
            "previous": charged(costs, answer.before),
            "currency": costs.currency,
        },
    )


def unseen(error: NoroshiError) -> View:
    """What is said in its place where the figures can't be had."""
    lines: tuple[Line, ...] = ((error.message,), *(((error.hint,),) if error.hint else ()))
    blind = Caveat("no-figures", f"what the week cost: {error.message.rstrip('.')}", "blind")
    return View("Weekly bill: I can’t see what the week cost", (Paragraph(lines),), caveats=(blind,))


def _title(answer: Answer) -> str:
    currency, now = answer.costs.currency, charged(answer.costs, answer.days)
    before = charged(answer.costs, answer.before)
    if not now and not before:
        return "Weekly bill: nothing was charged last week, nor the week before"
    return f"Weekly bill: {money(now, currency)} last week, {against(now, before, currency)} the week before"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    yield Facts(tuple(_facts(answer)))
    for lines in (_news(answer), _anomalies(answer)):
        if lines:
            yield Paragraph(tuple(lines))
    yield chart(
        "Cost of the week", answer.costs, answer.days, accounts, before=(answer.before, "the week before")
    )
    if answer.found:
        shown = sorted(answer.found, key=lambda each: -max(each.amount, abs(each.change)))[:_SHOWN]
        yield table(shown, answer.costs, accounts, ("service", "last week", "week before"))


def _facts(answer: Answer) -> Iterator[tuple[str, Line]]:
    days = answer.days
    yield "Week", (f"{named(days.start)} to {named(days.end - DAY)} (UTC)",)
    yield "Month", (summary_view.headline(answer.month),)
    yield from summary_view.facts(answer.month)
    if most := moved(answer.found, answer.costs, {}):
        yield "Moved most", (most,)
    yield "My own questions", (_asked(answer),)


def _asked(answer: Answer) -> str:
    count = sum(requests for day, requests in answer.asked.by_day if day >= answer.days.start)
    cost = money(count * answer.asked.usd_a_request)
    return (
        f"{counted(count, 'request')} to Cost Explorer in the week, {cost}"
        if count
        else "nothing: Cost Explorer was not asked in the week"
    )


def _news(answer: Answer) -> list[Line]:
    return [
        (
            Strong(f"New {each.of}: "),
            f"{each.name}, {money(each.amount, answer.costs.currency)} since {named(each.since)}",
        )
        for each in answer.firsts
    ]


def _anomalies(answer: Answer) -> list[Line]:
    found = answer.anomalies
    if found is None:
        return []
    if found.monitors == 0:
        return [("Cost Anomaly Detection has no monitor: nobody looks. ", Small("noroshi setup billing"))]
    if not found.found:
        return [("Cost Anomaly Detection found nothing unusual",)]
    return [
        (
            Strong("Unusual: "),
            f"{each.what or 'a service'} cost {money(each.impact)} more than expected since {day_words(each.start, answer.today)}",
        )
        for each in found.found[:_SHOWN]
    ]
