"""How one check is shown: what it says, what it flags and why, who says so, and what to do first."""

from collections.abc import Iterator, Mapping

from bot.core.advice.checks import OTHERS, SECURITY, plain
from bot.core.advice.classic import BY_ID
from bot.core.advice.compared import flags, overall
from bot.core.advice.opinion import Check, Flagged, Opinion
from bot.core.buttons import Ask, Button, Csv, Menu, Share
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.spoken import sentence
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from bot.errors import NotFound
from commands.advisor.listing import Advised, Answer
from commands.advisor.pivots import choices
from commands.advisor.rows import COLUMNS, row
from commands.advisor.words import COLOURS, SOURCES, differing, plan, where

_SHOWN, _CHOICES = 20, 24


def show(request: Advised, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The check that was asked for; raises NotFound where nobody says anything of it."""
    if not answer.opinions:
        raise NotFound(
            f"Nobody says anything of {request.checks[0][:60]!r} here.",
            "See what can be checked: advisor list",
        )
    check = answer.opinions[0].check
    return View(
        title=_title(check, answer, accounts),
        sections=tuple(_sections(check, answer, accounts)),
        command="advisor show",
        request={"check": check.id, "accounts": list(request.accounts)},
        rows=tuple(map(row, answer.opinions)),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(check, request, answer)),
        totals={"plan": answer.told.plan},
    )


def _title(check: Check, answer: Answer, accounts: Mapping[str, str]) -> str:
    colour = overall(answer.opinions)
    # Where one account is red, the others have nothing to do in the first line.
    whose = {one.account_id for one in answer.opinions if one.status == colour}
    place = where([one for one in answer.opinions if one.account_id in whose], accounts)
    if colour == "not_available":
        return f"I can’t tell{place}: {check.name}"
    if colour == "ok":
        return f"{check.name} is green{place}"
    danger = SECURITY.get(plain(check.name)) or OTHERS.get(plain(check.name))
    said = f"{danger[:1].lower()}{danger[1:]}" if danger else check.name
    count = len({(one.account_id, each.region, each.resource) for one, each in _all(answer)})
    return f"{sentence(COLOURS[colour])}{place}: {said}{f' ({count:,} flagged)' if count else ''}"


def _all(answer: Answer) -> list[tuple[Opinion, Flagged]]:
    return [(one, each) for one in answer.opinions for each in flags(one)]


def _sections(check: Check, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    kind = check.category.replace("_", " ")
    head = (Small(" · ".join(part for part in (check.name, kind) if part)), " ", Code(check.id))
    yield Paragraph((head, *(((check.about,),) if check.about else ())))
    if found := _all(answer):
        columns = tuple(Column(name) for name in ("", "what", "why", "by", "where"))
        rows = tuple(_row(one, each, accounts) for one, each in found[:_SHOWN])
        yield Table(columns, rows, more=len(found) - len(rows))
    if first := BY_ID.get(check.id) if overall(answer.opinions) != "ok" else None:
        yield Paragraph(((Strong("Do first"), f": {first.first}"),))
    yield Paragraph(tuple(_sources(answer, accounts)))
    if lines := differing(answer.opinions, accounts):
        yield Paragraph(lines)
    if lines := plan(answer.told):
        yield Paragraph(lines)


def _row(one: Opinion, each: Flagged, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    account = accounts.get(one.account_id) or one.account_id
    colour = COLOURS[each.status]
    return (
        (Strong(colour) if each.status == "error" else colour,),
        (Code(each.resource),),
        (each.why,),
        (SOURCES[one.by],),
        (" · ".join(part for part in (account, each.region) if part),),
    )


def _sources(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Line]:
    yield from (_source(one, accounts) for one in answer.opinions[:_SHOWN])
    if (more := len(answer.opinions) - _SHOWN) > 0:
        yield (Small(f"… and {more:,} more in the CSV"),)


def _source(one: Opinion, accounts: Mapping[str, str]) -> Line:
    """`Trusted Advisor: red in prod, 14 looked at, 1 hidden there, as of …`."""
    hidden = sum(each.suppressed for each in one.flagged)
    said = [
        f"{COLOURS[one.status]}{where((one,), accounts)}",
        *([f"{one.looked_at:,} looked at"] if one.looked_at is not None else []),
        *([f"{hidden:,} hidden there by somebody"] if hidden else []),
    ]
    computed = "computed by Noroshi" if one.by == "own" else SOURCES[one.by]
    return (Small(f"{computed}: {', '.join(said)}, as of "), When(one.at))


def _buttons(check: Check, request: Advised, answer: Answer) -> Iterator[Button]:
    if menu := tuple(dict.fromkeys(choices(answer.opinions)))[:_CHOICES]:
        yield Menu("Look closer…", menu)
    account = tuple(word for each in request.accounts for word in ("--account", each))
    if answer.told.plan == "yes":
        yield Ask("Look again", ("advisor", "refresh", check.id))
    yield Ask("All checks", ("advisor", "list", *account))
    yield Csv()
    yield Share()
