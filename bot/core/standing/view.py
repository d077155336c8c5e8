"""The overview as an answer: the worst first, then every part with its age, then what nobody could see."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from bot.core.buttons import Ask
from bot.core.hearing.words import long
from bot.core.sections import Chart, Facts, Paragraph, Section, Series
from bot.core.standing.facts import bill, facts
from bot.core.standing.overview import SHOWN, Alerts, Money, Overview
from bot.core.standing.rows import COLUMNS, rows
from bot.core.standing.title import OLD, title
from bot.core.standing.words import LABELS, age, latest, state, why
from bot.core.text import Line, Link, Small, Strong
from bot.core.view import Caveat, View

_WHY = 200
_BUTTONS = (
    Ask("Findings", ("guardduty", "list")),
    Ask("Public buckets", ("s3", "public")),
    Ask("Broken rules", ("config", "compliance")),
    Ask("Advice", ("advisor", "list")),
    Ask("The bill", ("billing", "summary")),
    Ask("Handover", ("guardduty", "handover")),
    Ask("Where GuardDuty looks", ("guardduty", "status")),
)
"""Each answers a part in full."""


def show(seen: Overview, now: datetime) -> View:
    """The whole of it; buttons may ask what a bot does not know: whoever shows them leaves those out."""
    look = latest(seen)
    return View(
        title=title(seen, now),
        sections=tuple(_sections(seen, now)),
        command="status",
        rows=rows(seen),
        columns=COLUMNS,
        caveats=tuple(_caveats(seen, now)),
        buttons=_BUTTONS,
        totals={"as_of": look.at if look else None},
    )


def _sections(seen: Overview, now: datetime) -> Iterator[Section]:
    alerts = seen.problems
    if alerts and alerts.worst:
        yield Paragraph(tuple(_worst(alerts, now)))
    if pairs := tuple(facts(seen, now)):
        yield Facts(pairs)
    if pairs := tuple(bill(seen, now)):
        yield Facts(pairs)
    if seen.spend and seen.spend.by_day:
        yield _chart(seen.spend)
    if alerts and alerts.pressed:
        yield Paragraph(((Strong("Done lately"),), *_pressed(alerts, now)))


def _worst(alerts: Alerts, now: datetime) -> Iterator[Line]:
    yield (Strong("Nobody acknowledged"),)
    for each in alerts.worst:
        where = f" · {each.where}" if each.where else ""
        line: Line = (f"{each.severity.value}: {each.title}", Small(f"{where} · {long(now - each.since)}"))
        yield (*line, " ", Link("Look at it", each.link)) if each.link else line


def _pressed(alerts: Alerts, now: datetime) -> Iterator[Line]:
    for each in alerts.pressed:
        yield (f"{each.by}: {each.act} · {each.what}", Small(f" · {each.result} · {age(each.at, now)}"))


def _chart(spent: Money) -> Chart:
    days, amounts = (tuple(each) for each in zip(*spent.by_day, strict=True))
    dearest = max(amounts, default=Decimal())
    alt = f"What each day of this month has cost, at most {dearest:,.2f} {spent.currency}"
    return Chart("", alt, spent.currency, days, (Series("charged", amounts),))


def _caveats(seen: Overview, now: datetime) -> Iterator[Caveat]:
    look = latest(seen)
    if look and now - look.at >= OLD:
        old = f"nobody has looked for {long(now - look.at)}: is the bot that does running?"
        yield Caveat("old", old, "blind")
    for part in SHOWN:
        if reason := why(seen, part)[:_WHY]:
            how = state(seen, part)
            weight = "blind" if how in {"refused", "never"} else "note"
            yield Caveat(f"{part}-{how}", f"{LABELS[part]}: {reason}", weight)  # type: ignore[arg-type] # mypy widens it
