"""How costs by one dimension are shown: what costs most, what moved, day by day."""

from collections.abc import Iterator, Mapping

from bot.core.billing.arrived import is_late
from bot.core.billing.days import Days
from bot.core.billing.sums import charged, given_back
from bot.core.buttons import Ask, Button, Csv, Picture, Share
from bot.core.money import money
from bot.core.sections import Paragraph, Section
from bot.core.span import iso
from bot.core.spoken import folded
from bot.core.text import Line, Strong
from bot.core.view import View
from commands.billing.by import Answer, CostsBy, untagged
from commands.billing.charting import chart
from commands.billing.rows import columns, rows, table
from commands.billing.window import words
from commands.billing.words import back_words, key_words, moved, share, signed

_NAME = 60
"""Characters of a name in a title: the amount stands behind it, and a tag's value may be long."""
_ASKED = {"service": "by-service", "account": "by-account", "region": "by-region"}


def show(request: CostsBy, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; that nothing was charged is said, too, and where nobody can tell."""
    costs, days = answer.costs, request.days
    return View(
        title=_title(request, answer, accounts),
        sections=tuple(_sections(request, answer, accounts)),
        command=f"billing {_ASKED.get(request.by, 'by-tag')}",
        request={"by": request.by, "since": days.start.isoformat(), "until": days.end.isoformat()},
        rows=rows(answer.found, costs, accounts),
        columns=columns(request.by),
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
        totals={
            "total": charged(costs, days) if _known(request, answer) else None,
            "previous": charged(costs, request.before) if answer.compared else None,
            "given_back": given_back(costs, days) if costs.splits_credits else None,
            "currency": costs.currency,
            "as_of": iso(costs.as_of),
        },
    )


def _title(request: CostsBy, answer: Answer, accounts: Mapping[str, str]) -> str:
    total, window = charged(answer.costs, request.days), words(request.days, answer.today)
    if not _known(request, answer):
        return f"I can’t tell what was charged: AWS has no figures of it — {window}"
    if not _charges(answer):
        return f"Nothing was charged — {window}"
    if untagged(request, answer.found):
        return f"Nothing has the {_label(request.by)}: {money(total, answer.costs.currency)} without it — {window}"
    most = answer.found[0]
    name = folded(key_words(answer.costs, most.key, accounts), _NAME)
    part = share(most.amount, total)
    of = f"{money(most.amount, answer.costs.currency)} of {money(total, answer.costs.currency)}"
    return f"{name} costs most: {of}{f' ({part})' if part else ''} — {window}"


def _charges(answer: Answer) -> bool:
    return any(each.amount for each in answer.found)


def _known(request: CostsBy, answer: Answer) -> bool:
    """Whether there are figures; days that are late, and have none, cost something or nothing."""
    late = all(is_late(day, answer.today) for day in request.days)
    return _charges(answer) or not (late or any(each.weight == "blind" for each in answer.caveats))


def _sections(request: CostsBy, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    costs, days = answer.costs, request.days
    lines = [*_moved(request, answer, accounts), *_back(answer, days)]
    if lines:
        yield Paragraph(tuple(lines))
    if answer.found and len(days) > 1:
        before = (request.before, _before(request)) if answer.compared else None
        yield chart(f"Cost by {_label(request.by)}", costs, days, accounts, before=before)
    if answer.found:
        yield table(answer.found, costs, accounts, (_label(request.by), "amount", "before"))


def _moved(request: CostsBy, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Line]:
    if not answer.compared:
        return
    costs = answer.costs
    total, before = charged(costs, request.days), charged(costs, request.before)
    yield (Strong(signed(total - before, costs.currency)), f" against {_before(request)}")
    if most := moved(answer.found, costs, accounts):
        yield (f"Moved most: {most}",)


def _before(request: CostsBy) -> str:
    many = len(request.before)
    return f"the {many} days before" if many > 1 else "the day before"


def _back(answer: Answer, days: Days) -> Iterator[Line]:
    back = given_back(answer.costs, days)
    if back:
        yield (f"Not in these sums: {back_words(back, answer.costs.currency)}",)


def _label(by: str) -> str:
    return f"tag {by.removeprefix('tag:')}" if by.startswith("tag:") else by


def _buttons(request: CostsBy, answer: Answer) -> Iterator[Button]:
    since = ("--since", request.since.isoformat())
    if request.by != "service":
        yield Ask("By service", ("billing", "by-service", *since))
    if request.by != "region":
        yield Ask("By region", ("billing", "by-region", *since))
    if answer.found:
        yield Picture()
        yield Csv()
    yield Share()
