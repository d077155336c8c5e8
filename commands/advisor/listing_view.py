"""How all checks are shown: how many are red, yellow and unknown, then the worst first, then where the two differ."""

from collections.abc import Iterator, Mapping

from bot.core.advice.compared import flags
from bot.core.advice.opinion import Opinion
from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.spoken import some
from bot.core.text import Line, Strong
from bot.core.view import View
from commands.advisor.listing import Advised, Answer, telling
from commands.advisor.pivots import choices
from commands.advisor.rows import COLUMNS, row
from commands.advisor.words import COLOURS, SOURCES, differing, plan, where

_SHOWN, _CHOICES, _NAMES = 20, 24, 20


def show(request: Advised, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; what nobody can tell is never counted with what is green."""
    return View(
        title=_title(answer, accounts),
        sections=tuple(_sections(request, answer, accounts)),
        command="advisor list",
        request=request.model_dump(mode="json"),
        rows=tuple(map(row, answer.opinions)),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
        totals={"plan": answer.told.plan},
    )


def _title(answer: Answer, accounts: Mapping[str, str]) -> str:
    red, yellow, grey = (len(answer.of(status)) for status in ("error", "warning", "not_available"))
    every, place = len(answer.checks), where(answer.opinions, accounts)
    wrong = ", ".join(f"{count} {colour}" for count, colour in ((red, "red"), (yellow, "yellow")) if count)
    unknown = f"; {grey} I can’t tell" if grey else ""
    if wrong:
        return f"{wrong} of {counted(every, 'check')}{place}{unknown}"
    if grey == every:
        return f"I can’t tell: none of {counted(every, 'check')} could be made{place}"
    if grey:
        return f"{every - grey} of {counted(every, 'check')} are green{place}{unknown}"
    return f"All {counted(every, 'check')} are green{place}" if every > 1 else f"The check is green{place}"


def _sections(request: Advised, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    if lines := plan(answer.told):
        yield Paragraph(lines)
    good = {check.id for check in answer.of("ok")}
    # What one of the two calls green is shown where the other does not.
    told = telling(answer.opinions)
    wrong = {(one.check.id, one.account_id) for one in told if one.status != "ok"}
    shown = [one for one in told if request.all or (one.check.id, one.account_id) in wrong]
    # Columns that say the same in every row are left out: a phone is narrow, and shows the first ones.
    several = len({one.account_id for one in answer.opinions}) > 1
    sources = len({one.by for one in answer.opinions}) > 1
    if shown:
        names = ("colour", "what", "check", *(("by",) if sources else ()), *(("account",) if several else ()))
        rows = tuple(_row(one, accounts, sources=sources, several=several) for one in shown[:_SHOWN])
        yield Table(tuple(map(Column, names)), rows, more=len(shown) - len(rows))
    if good and not request.all:
        names_of = [check.name for check in answer.checks if check.id in good]
        yield Paragraph(((Strong("Green"), f": {some(names_of, _NAMES)}"),))
    if lines := differing(answer.opinions, accounts):
        yield Paragraph(lines)


def _row(one: Opinion, accounts: Mapping[str, str], *, sources: bool, several: bool) -> tuple[Line, ...]:
    colour = COLOURS[one.status]
    source: tuple[Line, ...] = ((SOURCES[one.by],),) if sources else ()
    account: tuple[Line, ...] = ((accounts.get(one.account_id) or one.account_id,),) if several else ()
    return (
        (Strong(colour) if one.status == "error" else colour,),
        (_what(one),),
        (one.check.name,),
        *source,
        *account,
    )


def _what(one: Opinion) -> str:
    """The first of what it flags, or why nobody can tell."""
    found = flags(one)
    if not found:
        return one.unknown_because[0] if one.unknown_because else "nothing" if one.status == "ok" else ""
    first = found[0]
    named = f"{first.resource}: {first.why}" if first.why else first.resource
    return named + (f", and {len(found) - 1:,} more" if len(found) > 1 else "")


def _buttons(request: Advised, answer: Answer) -> Iterator[Button]:
    wrong = [check for status in ("error", "warning", "not_available") for check in answer.of(status)]
    account = tuple(word for each in request.accounts for word in ("--account", each))
    looks = [
        Choice(f"Why {check.name}"[:75], ("advisor", "show", check.id, *account), "Checks") for check in wrong
    ]
    things = [Choice(one.label, one.words, "What is flagged") for one in choices(answer.opinions)]
    if every := tuple(dict.fromkeys((*looks[: _CHOICES // 2], *things)))[:_CHOICES]:
        yield Menu("Look closer…", every)
    if answer.told.plan == "yes" and not (request.all or request.checks or request.category):
        yield Ask("Every category", ("advisor", "list", *account, "--all"))
    if answer.opinions:
        yield Csv()
    yield Share()
