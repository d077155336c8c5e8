"""How first uses are shown: by principal and kind; who is new altogether has one line."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.coverage.need import ANYTHING
from bot.core.principal import describe
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View
from bot.trail.calls import since_words
from bot.trail.questions import HISTORY
from bot.trail.rows import Asked
from commands.trail.anything import again, asked, nothing, titled, unseen, within
from commands.trail.new import Answer, First, compared

_SHOWN, _EACH = 15, 8
_ASKS = {"action": "who-did", "address": "ip"}


def show(principal: str, request: Asked, answer: Answer, now: datetime) -> View:
    """The whole answer; with nothing new, it says what that does and does not prove."""
    found = bool(answer.firsts)
    need = within(ANYTHING, request)
    caveats = unseen(compared(request), answer.trails, now, answer.caveats, found=found, need=need)
    blind = any(one.weight == "blind" and (not found or one.code == "history-short") for one in caveats)
    return View(
        title=titled(_title(principal, found=found, blind=blind), request, now, found=found),
        sections=tuple(_sections(answer)) if found else nothing(caveats),
        command="trail new",
        request=asked({"principal": principal or None}, request),
        rows=tuple(one.model_dump() for one in answer.firsts),
        columns=tuple(First.model_fields),
        caveats=caveats,
        receipt=answer.receipt,
        buttons=_buttons(principal, request, answer, now),
    )


def _title(principal: str, *, found: bool, blind: bool) -> str:
    who = describe(principal).name if principal.startswith("arn:") else principal
    if blind:
        return f"I can’t tell what {who} did for the first time" if who else "I can’t tell what is new"
    if found:
        return f"What {who} did for the first time" if who else "What was done for the first time"
    return f"Nothing that {who} did is new" if who else "Nothing that was done is new"


def _sections(answer: Answer) -> Iterator[Section]:
    counts = answer.counts
    words = [
        counted(counts[many], one, many)
        for one, many in (("action", "actions"), ("region", "regions"), ("address", "addresses"))
    ]
    new = counts["principals"]
    itself: Line = (Strong(f" · {counted(new, 'principal')} new altogether"),) if new else ()
    before: Line = (Small(f"against the {HISTORY.days} days before"),)
    yield Paragraph(
        ((Strong(counted(counts["found"] - new, "first use")), f": {', '.join(words)}", *itself), before)
    )
    # What somebody new did is new without exception: the file has it.
    told = [one for one in answer.firsts if one.kind == "principal" or not one.principal_new]
    shown = told[:_SHOWN]
    columns = (
        *(Column(name) for name in ("who", "kind", "new", "first", "last")),
        Column("calls", "right"),
        Column("refused", "right"),
    )
    yield Table(columns, tuple(map(_row, shown)), more=counts["found"] - len(shown))


def _row(one: First) -> tuple[Line, ...]:
    who = describe(one.principal)
    itself = one.kind == "principal"
    return (
        (who.name, *((Small(f" ({who.kind})"),) if who.kind else ())),
        (one.kind,),
        (Strong("new altogether") if itself else one.value,),
        (When(one.first_seen) if one.first_seen else "",),
        (When(one.last_seen) if one.last_seen else "",),
        (f"{one.calls:,}",),
        (f"{one.denied:,}",),
    )


def _buttons(principal: str, request: Asked, answer: Answer, now: datetime) -> tuple[Button, ...]:
    choices = tuple(_closer(principal, answer, since_words(request)))
    return (
        *((Menu("Look closer…", choices),) if choices else ()),
        *again(("trail", "new", *((principal,) if principal else ())), request, now),
        *((Csv(),) if answer.firsts else (Ask("What is recorded", ("trail", "coverage")),)),
        Share(),
    )


def _closer(principal: str, answer: Answer, window: tuple[str, ...]) -> Iterator[Choice]:
    """What the new ones did, who else called it, what else came from there."""
    names = dict.fromkeys(one.principal for one in answer.firsts if one.principal != principal)
    for name in list(names)[:_EACH]:
        yield Choice(f"What {describe(name).name} did", ("trail", "user", name, *window), "Who")
    for kind, ask in _ASKS.items():
        values = dict.fromkeys(one.value for one in answer.firsts if one.kind == kind)
        said = {"action": "Who called", "address": "From"}[kind]
        for value in list(values)[:_EACH]:
            yield Choice(f"{said} {value}", ("trail", ask, value, *window), kind.capitalize())
