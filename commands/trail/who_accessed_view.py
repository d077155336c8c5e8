"""How the answer of who-accessed is shown: the counts, the table, what was not seen, what to ask next."""

from datetime import datetime

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Csv, Share
from bot.core.coverage.caveats import ABOUT_TRAILS
from bot.core.coverage.need import S3_SOURCES, Need
from bot.core.principal import describe
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import Caveat, View
from commands.trail.anything import again, asked, only, titled, unseen, within
from commands.trail.who_accessed import Accessor, Answer, WhoAccessed

_SHOWN = 20
_SHOWN_ADDRESSES = 2
_COUNTS = (
    ("calls", "calls"),
    ("reads", "reads"),
    ("writes", "writes"),
    ("deletes", "deletes"),
    ("denied", "refused"),
    ("copied_out", "copied out"),
)
# A phone is narrow: these columns stand only where somebody did such a thing.
_RARE = frozenset({"deletes", "copied_out"})


def show(request: WhoAccessed, answer: Answer, now: datetime) -> View:
    """The whole answer; with nothing found, it says what that does and does not prove."""
    told = unseen(
        request.asked.span,
        answer.trails,
        now,
        answer.caveats,
        found=bool(answer.accessors),
        need=_need(request, answer),
    )
    blind = any(one.weight == "blind" for one in told)
    listed = answer.accessors[: request.asked.limit]
    # That there is no such bucket is true whatever was asked about it.
    certain = bool(answer.accessors) or answer.exists == "no"
    return View(
        title=titled(_title(request, answer, blind=blind), request.asked, now, found=certain),
        sections=_found(answer.accessors, listed) if listed else _nothing(request, answer),
        command="trail who-accessed",
        request=asked({"bucket": request.bucket, "prefix": request.prefix or None}, request.asked),
        rows=tuple(one.model_dump() for one in listed),
        columns=tuple(Accessor.model_fields),
        caveats=told,
        receipt=answer.receipt,
        buttons=_buttons(request, answer, now, told),
    )


def _title(request: WhoAccessed, answer: Answer, *, blind: bool) -> str:
    what = f"{request.bucket}/{request.prefix}" if request.prefix else request.bucket
    if answer.accessors:
        return f"Who accessed {what}"
    if answer.exists == "no":
        return f"There is no bucket {request.bucket}, and no call on one"
    return f"{'I can’t tell whether anybody' if blind else 'Nobody'} accessed {what}"


def _found(accessors: tuple[Accessor, ...], listed: tuple[Accessor, ...]) -> tuple[Section, ...]:
    told = [(name, word) for name, word in _COUNTS if name not in _RARE or _total(accessors, name)]
    columns = (
        Column("who"),
        *(Column(word, "right") for _, word in told),
        Column("first"),
        Column("last"),
        Column("from"),
    )
    rows = tuple(_row(one, [name for name, _ in told]) for one in listed[:_SHOWN])
    return Paragraph((_counts(accessors),)), Table(columns, rows, more=len(listed) - len(rows))


def _total(accessors: tuple[Accessor, ...], name: str) -> int:
    return sum(getattr(one, name) for one in accessors)


def _counts(accessors: tuple[Accessor, ...]) -> Line:
    counts = [(_total(accessors, name), word) for name, word in _COUNTS if name != "calls"]
    parts = (f" · {counted(count, word.removesuffix('s'), word)}" for count, word in counts if count)
    return (Strong(counted(len(accessors), "principal")), *parts)


def _row(one: Accessor, names: list[str]) -> tuple[Line, ...]:
    who = describe(one.principal)
    return (
        (Strong(who.name), Small(f" ({who.kind})") if who.kind else ""),
        *((f"{getattr(one, name):,}",) for name in names),
        (When(one.first_seen),),
        (When(one.last_seen),),
        _sources(one.source_ips),
    )


def _sources(addresses: tuple[str, ...]) -> Line:
    if len(addresses) > _SHOWN_ADDRESSES:
        return (f"{len(addresses):,} addresses",)
    return (", ".join(addresses),) if addresses else ("unknown",)


def _nothing(request: WhoAccessed, answer: Answer) -> tuple[Section, ...]:
    none = "no such call" if request.prefix or only(request.asked) else "no call"
    known: dict[str, Line] = {
        "yes": ("The bucket ", Code(request.bucket), f" exists; {none} on it was found in this window."),
        "no": (
            "S3 knows no bucket ",
            Code(request.bucket),
            f"; check the spelling. {none.capitalize()} on one of that name was found.",
        ),
        "unknown": ("S3 would not say whether ", Code(request.bucket), f" exists; {none} on it was found."),
    }
    return (Paragraph((known[answer.exists],)),)


def _need(request: WhoAccessed, answer: Answer) -> Need:
    """Calls on the bucket, and on its objects, which are recorded only where a trail was told to (reference §4)."""
    bucket = "" if answer.exists == "no" else request.bucket
    return within(Need(bucket=bucket, data_seen=answer.data_events > 0, sources=S3_SOURCES), request.asked)


def _buttons(
    request: WhoAccessed, answer: Answer, now: datetime, told: tuple[Caveat, ...]
) -> tuple[Button, ...]:
    words = ("trail", "who-accessed", request.bucket)
    prefix = ("--prefix", "Only keys that begin with", request.prefix)
    recorded = Ask("What is recorded", ("trail", "coverage", request.bucket))
    return (
        *((recorded,) if any(one.code in ABOUT_TRAILS for one in told) else ()),
        *again(words, request.asked, now, (prefix,)),
        *((Csv(),) if answer.accessors else ()),
        Share(),
    )
