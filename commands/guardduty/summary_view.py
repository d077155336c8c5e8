"""How the summary is shown: how many and how bad, whether it grows, of which kinds, in which accounts."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Csv, Share
from bot.core.findings.counts import BANDS, Bands
from bot.core.findings.kind import kind_in_words
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.span import iso
from bot.core.text import Line, Small, Strong
from bot.core.view import View
from commands.guardduty.summary import Answer, Summary
from commands.guardduty.words import account, bands, is_blind, updated

_SHOWN = 10
COLUMNS = ("by", "key", "name", *(each.value for each in BANDS), "total")


def show(request: Summary, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; the file has a row for each severity, type and account."""
    trend = answer.trend
    return View(
        title=_title(request, answer),
        sections=tuple(_sections(answer, accounts)),
        command="guardduty summary",
        request={"since": iso(request.span.since) if request.span else None},
        rows=tuple(_rows(answer, accounts)),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
        totals={
            "total": answer.listed.total,
            "new_this_week": trend.this_week if trend else None,
            "new_last_week": trend.last_week if trend else None,
        },
    )


def _title(request: Summary, answer: Answer) -> str:
    narrowed = updated(request.span, answer.span_words)
    places = answer.listed.places
    if answer.listed.total:
        return f"{counted(answer.listed.total, 'open finding')}{narrowed}: {bands(answer.listed.counts.by_severity)}"
    if not places or is_blind(answer.caveats):
        seen = "I saw none, and not everything" if places else "GuardDuty looks nowhere that I could ask"
        return f"I can’t tell whether there is an open finding{narrowed}: {seen}"
    return f"No open finding{narrowed} ({counted(places, 'place')} looked at)"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    yield Paragraph((_trend(answer),))
    counts = answer.listed.counts
    if counts.total:
        yield _table("what", counts.by_type, kind_in_words)
        yield _table("account", counts.by_account, lambda each: account(each, accounts) if each else "")


def _trend(answer: Answer) -> Line:
    told = answer.trend
    if told is None:
        return ("Too many came up in two weeks to tell this week from the last one",)
    if not (told.this_week or told.last_week):
        unseen = not answer.listed.places or is_blind(answer.caveats)
        where = ", where I could look" if unseen else ""
        return (f"None came up in the last two weeks{where}",)
    way = "as many as" if told.this_week == told.last_week else f"{told.last_week:,}"
    return (
        Strong(f"{told.this_week:,} new this week"),
        f", {way} the week before",
        Small(" (archived ones among them)"),
    )


def _table(name: str, held: Mapping[str, Bands], words: Any) -> Table:
    columns = (Column(name), *(Column(each.value, "right") for each in BANDS), Column("all", "right"))
    rows = tuple(
        (
            (words(key) or "others",),
            *((f"{each.get(band, 0):,}",) for band in BANDS),
            (f"{sum(each.values()):,}",),
        )
        for key, each in _ordered(held)
    )
    return Table(columns, rows[:_SHOWN], more=max(0, len(rows) - _SHOWN))


def _ordered(held: Mapping[str, Bands]) -> list[tuple[str, Bands]]:
    """The worst first: by how many critical ones, then by how many high ones, and so on."""
    return sorted(held.items(), key=lambda each: ([-each[1].get(band, 0) for band in BANDS], each[0]))


def _rows(answer: Answer, accounts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    counts = answer.listed.counts
    for band in BANDS:
        found = counts.by_severity.get(band, 0)
        yield _row("severity", band.value, band.value, {band: found})
    for kind, held in _ordered(counts.by_type):
        yield _row("type", kind, kind_in_words(kind), held)
    for account_id, held in _ordered(counts.by_account):
        yield _row("account", account_id, accounts.get(account_id), held)


def _row(by: str, key: str, name: str | None, held: Bands) -> dict[str, Any]:
    """A key of None stands for those that GuardDuty counted without naming them."""
    each = {band.value: held.get(band, 0) for band in BANDS}
    return {"by": by, "key": key or None, "name": name or None, **each, "total": sum(held.values())}


def _buttons(request: Summary, answer: Answer) -> Iterator[Button]:
    since = ("--since", iso(request.span.since)) if request.span else ()
    if answer.listed.total:
        yield Ask("High and worse", ("guardduty", "list", "--severity", "high", *since), strong=True)
        yield Ask("All of them", ("guardduty", "list", *since))
        yield Csv()
    yield Ask("Where GuardDuty looks", ("guardduty", "status"))
    yield Share()
