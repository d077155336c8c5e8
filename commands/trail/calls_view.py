"""How calls are shown: the counts, when they were made, the calls or their kinds, what to ask next."""

from datetime import UTC, datetime, timedelta

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Csv, Share
from bot.core.principal import describe
from bot.core.sections import Activity, Paragraph, Section
from bot.core.span import iso
from bot.core.text import Line, Strong
from bot.core.view import View
from bot.trail.calls import Answer, Call, since_words
from bot.trail.rows import Asked
from commands.trail.anything import again, asked, nothing, titled, unseen, within
from commands.trail.calls_table import calls
from commands.trail.groups import groups
from commands.trail.kinds import Kind
from commands.trail.notes import notes
from commands.trail.pivots import menu

_UNITS = {
    15: ("10 minutes", timedelta(minutes=10)),
    13: ("hour", timedelta(hours=1)),
    10: ("day", timedelta(days=1)),
}
_ABOUT = {
    "user": ("Who",),
    "root": ("Who",),
    "key": ("Key",),
    "ip": ("Address",),
    "resource": ("Thing",),
    "who-did": ("Call",),
}
_WHOLE = "0000-01-01T00:00:00"


def show(kind: Kind, subject: str, request: Asked, answer: Answer, now: datetime) -> View:
    """The whole answer; with nothing found, it says what that does and does not prove."""
    told = unseen(
        request.span,
        answer.trails,
        now,
        answer.caveats,
        found=bool(answer.calls),
        need=within(kind.need(subject), request),
    )
    blind = any(one.weight == "blind" for one in told)
    said = kind.found if answer.calls else kind.blind if blind else kind.nobody
    return View(
        title=titled(said.format(_short(subject)), request, now, found=bool(answer.calls)),
        sections=_found(kind, subject, answer) if answer.calls else nothing(told),
        command=f"trail {kind.name}",
        request=asked({kind.about: subject} if kind.about else {}, request),
        rows=tuple(one.model_dump() for one in answer.calls),
        columns=tuple(Call.model_fields),
        caveats=told,
        receipt=answer.receipt,
        buttons=_buttons(kind, subject, request, answer, now),
    )


def _short(subject: str) -> str:
    """An ARN by its name; braces in a name are no places of a text's."""
    return describe(subject).name if subject.startswith("arn:") else subject


def _found(kind: Kind, subject: str, answer: Answer) -> tuple[Section, ...]:
    lines = (_counts(answer), *notes(kind.name, subject, answer))
    activity = _activity(answer)
    table = groups(answer) if kind.grouped else calls(kind, answer)
    return (Paragraph(lines), *activity, table)


def _counts(answer: Answer) -> Line:
    counts = answer.counts
    words = (
        (counts.denied, "refused", "refused"),
        (counts.failed - counts.denied, "failed otherwise", "failed otherwise"),
        # Where all are, as of changes, it says nothing.
        (counts.writes if counts.writes < counts.found else 0, "write", "writes"),
        (counts.principals if counts.principals > 1 else 0, "principal", "principals"),
        (counts.new_calls, "from a new address", "from a new address"),
    )
    parts = (f" · {counted(count, *word)}" for count, *word in words if count > 0)
    return (Strong(counted(counts.found, "call")), *parts)


def _activity(answer: Answer) -> tuple[Activity, ...]:
    if answer.bin_length not in _UNITS or len(answer.bins) < 2:  # noqa: PLR2004 - one bar is no chart
        return ()
    unit, step = _UNITS[answer.bin_length]
    first, last = _moment(min(answer.bins)), _moment(max(answer.bins))
    count = int((last - first) / step) + 1
    names = [_named(first + step * number, answer.bin_length) for number in range(count)]
    found = [answer.bins.get(name, (0, 0)) for name in names]
    # Where every call failed, a second line of the same bars says nothing.
    calls, failed = tuple(one for one, _ in found), tuple(bad for _, bad in found)
    return (
        Activity(
            unit,
            first,
            step,
            calls,
            failed if any(failed) and failed != calls else (),
            marked_as="failed",
        ),
    )


def _moment(cut: str) -> datetime:
    return datetime.fromisoformat(cut + _WHOLE[len(cut) :]).replace(tzinfo=UTC)


def _named(moment: datetime, length: int) -> str:
    return iso(moment)[:length]


def _buttons(kind: Kind, subject: str, request: Asked, answer: Answer, now: datetime) -> tuple[Button, ...]:
    words = ("trail", kind.name, *((subject,) if kind.about else ()))
    return (
        *menu(answer.calls, since_words(request), _ABOUT.get(kind.name, ()), subject),
        *again(words, request, now),
        *((Csv(),) if answer.calls else (Ask("What is recorded", ("trail", "coverage")),)),
        Share(),
    )
