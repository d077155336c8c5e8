"""How the month is shown: so far and against the last one, yesterday, its end, what moved, by account."""

from collections.abc import Iterator, Mapping

from bot.core.billing.days import DAY, month_before, month_of
from bot.core.billing.sums import by_key, charged, movers
from bot.core.buttons import Ask, Button, Csv, Picture, Share
from bot.core.money import money
from bot.core.sections import Facts, Paragraph, Section
from bot.core.span import iso
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View
from commands.billing.charting import chart
from commands.billing.rows import columns, rows, table
from commands.billing.summary import Answer
from commands.billing.words import NAMES, against, back_words, day_words, key_words, month, moved, signed


def show(answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer."""
    costs = answer.services
    return View(
        title=headline(answer),
        sections=tuple(_sections(answer, accounts)),
        command="billing summary",
        rows=rows(answer.found, costs, accounts) if answer.begun else (),
        columns=columns("service"),
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=_buttons(answer),
        totals={
            "total": answer.total if answer.begun else None,
            "previous": answer.before,
            "forecast": answer.month_end,
            "forecast_low": answer.bounds[0] if answer.bounds else None,
            "forecast_high": answer.bounds[1] if answer.bounds else None,
            "given_back": answer.back,
            "yesterday": answer.yesterday.amount if answer.arrived else None,
            "currency": costs.currency,
            "source": costs.source,
            "as_of": iso(costs.as_of),
        },
    )


def headline(answer: Answer) -> str:
    """The month so far, against the one before by the same day."""
    currency, name = answer.services.currency, month(answer.today)
    if not answer.begun:
        return f"I can’t tell yet what {name} has cost: AWS has no figures of it"
    if not answer.found:
        return f"Nothing was charged so far in {name}, nor by then the month before"
    so_far = f"{money(answer.total, currency)} so far in {name}"
    if not answer.before:
        return f"{so_far}; nothing was charged by then in {month(month_before(answer.today).start)}"
    far, last = against(answer.total, answer.before, currency), month_before(answer.today)
    if answer.today.day > len(last):
        return f"{so_far}, {far} all of {month(last.start)}"
    return f"{so_far}, {far} {month(last.start)} had by the {_nth(answer.today.day)}"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    yield Facts(tuple(facts(answer)))
    if most := _moved(answer, accounts):
        yield Paragraph((most,))
    name = month(answer.today)
    before = (month_before(answer.today), month(month_before(answer.today).start))
    whole = month_of(answer.today)
    yield chart(
        f"Cost of {name}",
        answer.services,
        answer.days,
        accounts,
        axis=whole,
        before=before,
        forecast=answer.forecast,
    )
    if answer.found and answer.begun:
        yield table(answer.found, answer.services, accounts, ("service", "so far", f"{before[1]} by then"))
    if answer.accounts:
        each = movers(by_key(answer.accounts, answer.days), {})
        told = [
            f"{key_words(answer.accounts, one.key, accounts)} {money(one.amount, answer.accounts.currency)}"
            for one in each
        ]
        yield Paragraph(((Strong("By account: "), " · ".join(told)),))


def facts(answer: Answer) -> Iterator[tuple[str, Line]]:
    """Yesterday, the month's end, what was given back, where the figures are from."""
    currency = answer.services.currency
    yield "Yesterday", _yesterday(answer)
    yield "By month’s end", _end(answer)
    if answer.back:
        yield "Given back", (back_words(answer.back, currency), Small(" (not in these sums)"))
    yield "Figures", (NAMES[answer.services.source], " of ", When(answer.services.as_of))


def _yesterday(answer: Answer) -> Line:
    """What it cost less than usual may still come."""
    currency, day = answer.services.currency, answer.yesterday
    if not answer.arrived:
        return ("no figures of it yet",)
    usual = money(day.usual, currency)
    if -day.more > day.usual / 10:
        return (f"{money(day.amount, currency)} as far as AWS knows yet; such days cost {usual}",)
    against = f", {signed(day.more, currency)} against such days ({usual})" if day.usual else ""
    return (money(day.amount, currency), against)


def _end(answer: Answer) -> Line:
    currency, end = answer.services.currency, answer.month_end
    last = charged(answer.services, month_before(answer.today))
    than = (Small(f"; {month(month_before(answer.today).start)} was {money(last, currency)}"),)
    if end is None or answer.forecast is None:
        return ("can’t tell", *than)
    bounds = answer.bounds
    between = f" ({money(bounds[0], currency)} to {money(bounds[1], currency)})" if bounds else ""
    how = " if it goes on like this" if answer.forecast.naive else ""
    return (f"about {money(end, currency)}{between}{how}", *than)


def _moved(answer: Answer, accounts: Mapping[str, str]) -> Line:
    """The biggest movers; none where there is nothing to compare with."""
    told = moved(answer.found, answer.services, accounts) if answer.before and answer.begun else ""
    return (Strong("Moved most: "), told) if told else ()


def _buttons(answer: Answer) -> tuple[Button, ...]:
    yesterday = answer.today - DAY
    return (
        Ask(f"Why {day_words(yesterday, answer.today)}", ("billing", "why", yesterday.isoformat())),
        Ask("By region", ("billing", "by-region")),
        Picture(),
        Csv(),
        Share(),
    )
