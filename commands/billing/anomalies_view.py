"""How anomalies are shown: how much more than expected, of what, where; and whether anybody looks at all."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.amounts import counted
from bot.core.billing.costs import Anomaly, Cause
from bot.core.billing.sums import ZERO
from bot.core.buttons import Ask, Button, Csv, Share
from bot.core.money import money
from bot.core.sections import Paragraph, Section
from bot.core.span import iso
from bot.core.text import Line, Small, Strong
from bot.core.view import View
from commands.billing.anomalies import AnomaliesIn, Answer
from commands.billing.window import words
from commands.billing.words import day_words

_SHOWN, _CAUSES = 8, 2
COLUMNS = (
    "anomaly_id", "start", "end", "what", "impact", "actual", "expected", "score", "feedback", "region", "account_id",
    "usage_type",
)  # fmt: skip


def show(request: AnomaliesIn, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; nothing found and nobody looking are told apart."""
    found = answer.anomalies.found
    return View(
        title=_title(request, answer),
        sections=tuple(_sections(answer, accounts)),
        command="billing anomalies",
        request={"since": request.since.isoformat(), "until": request.until.isoformat()},
        rows=tuple(map(_row, found)),
        columns=COLUMNS,
        caveats=answer.anomalies.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(answer)),
        totals={
            "total": sum((one.impact for one in found), ZERO),
            "currency": "USD",
            "as_of": iso(answer.anomalies.as_of),
        },
    )


def _title(request: AnomaliesIn, answer: Answer) -> str:
    found, window = answer.anomalies.found, words(request.days, answer.today)
    if found:
        more = money(sum((one.impact for one in found), ZERO))
        return f"{counted(len(found), 'anomaly', 'anomalies')}, {more} more than expected — {window}"
    if answer.anomalies.monitors == 0:
        return "I can’t tell: nobody looks for anomalies here"
    if answer.anomalies.monitors is None:
        return f"AWS tells of no anomaly, and whether anybody looks for them I can’t tell — {window}"
    return f"AWS found nothing unusual — {window}"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    found, monitors = answer.anomalies.found, answer.anomalies.monitors
    for one in found[:_SHOWN]:
        yield Paragraph(tuple(_lines(one, answer, accounts)))
    if len(found) > _SHOWN:
        yield Paragraph(((Small(f"and {len(found) - _SHOWN:,} more in the CSV"),),))
    if found:
        return
    if monitors == 0:
        yield Paragraph((("Cost Anomaly Detection has no monitor. Make one: noroshi setup billing",),))
        return
    looks = (
        f"{counted(monitors, 'monitor')} looked" if monitors else "how many monitors look, nobody would say"
    )
    yield Paragraph(((f"{looks}; what was used is seen up to 24 hours later.",),))


def _lines(one: Anomaly, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Line]:
    since = day_words(one.start, answer.today)
    goes_on = ", still going on" if one.end is None else ""
    yield (Strong(f"{money(one.impact)} more"), f" for {one.what or 'a service'} since {since}{goes_on}")
    if one.actual is not None and one.expected is not None:
        yield (f"It cost {money(one.actual)}; {money(one.expected)} was expected",)
    for cause in one.causes[:_CAUSES]:
        yield (_cause(cause, accounts),)
    judged = f" · judged {one.feedback.lower().replace('_', ' ')}" if one.feedback else ""
    yield (Small(f"anomaly {one.id}{judged}"),)


def _cause(cause: Cause, accounts: Mapping[str, str]) -> str:
    account = accounts.get(cause.account_id) or cause.account_name or cause.account_id
    parts = [part for part in (cause.usage_type, cause.region, account) if part]
    much = f": {money(cause.contribution)}" if cause.contribution is not None else ""
    return f"{' · '.join(parts) or cause.service}{much}"


def _row(one: Anomaly) -> Mapping[str, Any]:
    cause = one.causes[0] if one.causes else Cause()
    return {
        "anomaly_id": one.id,
        "start": one.start,
        "end": one.end,
        "what": one.what or None,
        "impact": one.impact,
        "actual": one.actual,
        "expected": one.expected,
        "score": one.score,
        "feedback": one.feedback or None,
        "region": cause.region or None,
        "account_id": cause.account_id or None,
        "usage_type": cause.usage_type or None,
    }


def _buttons(answer: Answer) -> Iterator[Button]:
    if answer.anomalies.found:
        worst = answer.anomalies.found[0]
        yield Ask(f"Why {day_words(worst.start, answer.today)}", ("billing", "why", worst.start.isoformat()))
        yield Csv()
    yield Ask("Summary", ("billing", "summary"))
    yield Share()
