"""How a jump is shown: by how much and of what, the sign of a miner first, who made it, then what else rose."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from bot.core.billing.arrived import is_late
from bot.core.billing.days import DAY
from bot.core.billing.jump import Rise, rose
from bot.core.billing.mining import suspicious
from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.money import money
from bot.core.principal import describe
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.span import iso
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from bot.trail.calls import Call
from commands.billing.why import Answer, Risen, Why, request_json
from commands.billing.words import day_words, key_words, signed

_SHOWN, _CALLS = 8, 6
COLUMNS = ("service", "region", "usage_type", "amount", "previous", "change", "first")


def show(request: Why, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; a day as usual is said to be one, and one without figures yet is not."""
    costs = answer.costs
    return View(
        title=_title(request, answer),
        sections=tuple(_sections(request, answer, accounts)),
        command="billing why",
        request=request_json(request),
        rows=tuple(_rows(answer)) if answer.arrived else (),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
        totals={
            "total": answer.day.amount if answer.arrived else None,
            "previous": answer.day.usual,
            "currency": costs.currency,
            "as_of": iso(costs.as_of),
        },
    )


def _is_yesterday(request: Why, answer: Answer) -> bool:
    """Whoever hears of a jump that goes on, and names no day, is told of the last one that is over."""
    return request.day + DAY == answer.today


def _title(request: Why, answer: Answer) -> str:
    currency, day = answer.costs.currency, answer.day
    when = day_words(request.day, answer.today)
    if not answer.arrived:
        yet = " yet" if is_late(request.day, answer.today) else ""
        return f"I can’t tell{yet} what {when} cost: AWS has no figures of it"
    when = when[:1].upper() + when[1:]
    if request.day == answer.today:
        return f"{when} has cost {money(day.amount, currency)} so far{_already(day, currency)}{_most(answer)}"
    if rose(day):
        return f"{when} cost {money(day.more, currency)} more than such days{_most(answer)}"
    if answer.risen:
        return f"{when} cost {money(day.amount, currency)}, as such days do; but {answer.risen[0].service.keys[0]} rose"
    less = day.more < 0 and -day.more > day.usual / 10
    if less and is_late(request.day, answer.today):
        return f"{when} cost {money(day.amount, currency)} as far as AWS knows yet; such days cost {money(day.usual, currency)}"
    no_more = "no more than such days or less" if less else "no more than such days"
    return f"{when} cost {money(day.amount, currency)}: {no_more} ({money(day.usual, currency)})"


def _already(day: Rise, currency: str) -> str:
    """What a day that is not over has cost beyond whole ones."""
    if rose(day):
        return f", {money(day.more, currency)} more than such days whole"
    return f"; such days cost {money(day.usual, currency)}"


def _most(answer: Answer) -> str:
    if not answer.risen:
        return ""
    most = answer.risen[0]
    return f": {most.service.keys[0]}{_in(most)} {signed(most.service.more, answer.costs.currency)}"


def _in(risen: Risen) -> str:
    """The region where nearly all of it is."""
    if not risen.parts:
        return ""
    most = risen.parts[0]
    return f" in {most.keys[0]}" if most.more * 2 > risen.service.more and most.keys[0] else ""


def _sections(request: Why, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    beside = ("Today is not in this: what it has cost so far is a question of its own.",)
    today: tuple[Line, ...] = (beside,) if _is_yesterday(request, answer) else ()
    if not answer.arrived:
        usual = money(answer.day.usual, answer.costs.currency)
        yield Paragraph(
            ((f"Figures come up to 24 hours after a day is over. Such days cost {usual}.",), *today)
        )
        return
    if signs := tuple(_signs(answer)):
        yield Paragraph(signs)
    for risen in answer.risen:
        yield Paragraph(tuple(_risen(risen, answer, accounts)))
    if answer.risen:
        yield Paragraph(tuple(_makers(answer)))
    if today:
        yield Paragraph(today)
    yield _table(answer)


def _signs(answer: Answer) -> Iterator[Line]:
    """Machines that a miner would want, in a region that cost nothing before."""
    for risen in answer.risen:
        for part in risen.parts:
            what = suspicious(part.keys[1])
            if what and part.keys[0] in answer.regions:
                yield (
                    Strong("This is how a miner’s bill begins: "),
                    f"{what}, in {part.keys[0]}, which cost nothing in the four weeks before",
                )


def _risen(risen: Risen, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Line]:
    currency, rise = answer.costs.currency, risen.service
    usual = "never used before" if rise.first else f"such days {money(rise.usual, currency)}"
    yield (Strong(rise.keys[0]), f": {money(rise.amount, currency)}, {usual}")
    for part in risen.parts:
        region, usage = part.keys
        new = " · first time in four weeks" if region in answer.regions else ""
        yield (
            f"{signed(part.more, currency)}  ",
            Code(usage or "no usage type"),
            f" in {region or 'no region'}{new}",
        )
    names = [key_words(answer.costs, each.keys[0], accounts, "account") for each in risen.places]
    if names:
        yield (Small(f"charged to {', '.join(dict.fromkeys(names))}"),)


def _makers(answer: Answer) -> Iterator[Line]:
    calls = answer.made.calls
    if not calls:
        if answer.made.asked and not _blind(answer):
            yield (
                f"CloudTrail has no call of that day or the one before that made {', '.join(answer.made.asked)} there.",
            )
        else:
            yield ("Who made it, I can’t tell: see what was not seen below.",)
        return
    yield (Strong("Who made it"),)
    yield from map(_call, calls[:_CALLS])
    if len(calls) > _CALLS:
        yield (Small(f"and {len(calls) - _CALLS:,} more calls"),)


def _blind(answer: Answer) -> bool:
    return any(one.code == "makers-not-asked" or one.weight == "blind" for one in answer.made.caveats)


def _call(one: Call) -> Line:
    who = describe(one.principal)
    kind = Small(f" ({who.kind})") if who.kind else ""
    at: Line = (" at ", When(one.time)) if one.time else ()
    where = f" in {one.region}" if one.region else ""
    source = f" from {one.source_ip}" if one.source_ip else ""
    return (Strong(who.name), kind, f" called {one.event_name}{where}{source}", *at)


def _table(answer: Answer) -> Table:
    currency = answer.costs.currency
    # What a day that is not over has cost less says nothing yet.
    over = answer.day_is_over
    moved = [
        each for each in answer.services if each.more >= 1 or (over and each.more <= -1)
    ] or answer.services
    rows = tuple(_line(each, currency) for each in moved[:_SHOWN])
    columns = (Column("service"), *(Column(name, "right") for name in ("that day", "such days", "change")))
    return Table(columns, rows, more=max(0, len(moved) - _SHOWN))


def _line(rise: Rise, currency: str) -> tuple[Line, ...]:
    usual = "never" if rise.first else money(rise.usual, currency)
    return ((rise.keys[0],), (money(rise.amount, currency),), (usual,), (signed(rise.more, currency),))


def _rows(answer: Answer) -> Iterator[Mapping[str, Any]]:
    for rise in answer.services:
        yield _row(rise, rise.keys[0])
        for risen in answer.risen:
            if risen.service is rise:
                for part in risen.parts:
                    yield _row(part, rise.keys[0], *part.keys)


def _row(rise: Rise, service: str, region: str | None = None, usage: str | None = None) -> Mapping[str, Any]:
    amounts = {"amount": rise.amount, "previous": rise.usual, "change": rise.more, "first": rise.first}
    return {"service": service, "region": region or None, "usage_type": usage or None, **amounts}


def _buttons(request: Why, answer: Answer) -> Iterator[Button]:
    since = (request.day - DAY).isoformat()
    until = (request.day + timedelta(days=1)).isoformat()
    choices, yesterday = _pivots(answer, ("--since", since, "--until", until)), _is_yesterday(request, answer)
    if choices:
        yield Menu("Look closer…", choices)
    if yesterday:
        yield Ask("Today so far", ("billing", "why", "today"))
    if not (choices and yesterday):  # a message shows five
        yield Ask("By region, a week", ("billing", "by-region", "--since", "7d"))
    yield Ask("The day before", ("billing", "why", since))
    yield Csv()
    yield Share()


def _pivots(answer: Answer, window: tuple[str, ...]) -> tuple[Choice, ...]:
    """Who made it, by every key and principal."""
    found: dict[tuple[str, ...], Choice] = {}
    for one in answer.made.calls:
        if one.principal and not one.principal.startswith("-"):
            who = ("trail", "user", one.principal, *window)
            found.setdefault(who, Choice(f"What {describe(one.principal).name} did", who, "Who"))
        if one.access_key and not one.access_key.startswith("-"):
            key = ("trail", "key", one.access_key, *window)
            found.setdefault(key, Choice(f"Key {one.access_key}", key, "Key"))
    return tuple(found.values())[:20]
