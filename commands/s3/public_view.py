"""How the public buckets are shown: what everybody may do with them first, then what nobody could tell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.public.bucket import Judged
from bot.core.public.meaning import EVERY_ACCESS
from bot.core.public.words import because, does, may
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from commands.s3.public import Answer, PublicBuckets, when
from commands.s3.rows import COLUMNS, row
from commands.s3.words import by, history, place

_SHOWN, _CHOICES, _REASONS, _NAMES = 20, 24, 8, 3


def show(request: PublicBuckets, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; what is unknown is never counted with what is not public."""
    listed = answer.judged if request.all else (*answer.public, *answer.unknown)
    return View(
        title=_title(request, answer, accounts),
        sections=tuple(_sections(request, answer, accounts)),
        command="s3 public",
        request={
            "accounts": list(request.accounts),
            "regions": list(request.regions),
            "all": request.all,
        },
        rows=tuple(row(one, when(answer, one)) for one in listed),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
    )


def _title(request: PublicBuckets, answer: Answer, accounts: Mapping[str, str]) -> str:
    public, unknown, every = len(answer.public), len(answer.unknown), len(answer.judged)
    where = _where(request, answer, accounts)
    of = f"of {counted(every, 'bucket')}{where}"
    more = f", and of {unknown:,} more I can’t tell" if unknown else ""
    if public:
        return f"{public:,} {of} {'is' if public == 1 else 'are'} public{more}"
    if unknown:
        return f"I can’t tell of {unknown:,} {of} whether {'it is' if unknown == 1 else 'they are'} public; no other is"
    if any(one.weight == "blind" or one.code == "account-not-asked" for one in answer.caveats):
        seen = f"none of the {every:,} that I saw is" if every else "I saw none"
        return f"I can’t tell whether a bucket{where} is public: {seen}"
    return f"No bucket{where} is public ({every:,} looked at)" if every else f"There is no bucket{where}"


def _where(request: PublicBuckets, answer: Answer, accounts: Mapping[str, str]) -> str:
    """What was looked into, beyond the bot's own account alone: ` in prod, eu-west-1`, ` in 212 accounts`."""
    many = max(answer.accounts, len(request.accounts))
    named = [accounts.get(one) or one for one in request.accounts]
    if len(named) > _NAMES or (not named and many > 1):
        named = [f"{many:,} accounts"]
    regions = request.regions
    named += regions if len(regions) <= _NAMES else [f"{len(regions):,} regions"]
    return f" in {', '.join(named)}" if named else ""


def _sections(request: PublicBuckets, answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    if answer.public:
        yield Paragraph((_counts(answer),))
    listed = answer.judged if request.all else answer.public
    if listed:
        columns = tuple(Column(name) for name in ("bucket", "everybody may", "by", "since", "where"))
        rows = tuple(_row(answer, one, accounts) for one in listed[:_SHOWN])
        yield Table(columns, rows, more=len(listed) - len(rows))
    if answer.unknown:
        yield Paragraph(tuple(_unknown(answer.unknown)))


def _counts(answer: Answer) -> Line:
    worst = Counter(
        next((each for each in EVERY_ACCESS if each in one.verdict.access), None) for one in answer.public
    )
    words = [f"{count:,} everybody may {may((access,) if access else ())}" for access, count in worst.items()]
    return (Strong(" · ".join(words)),)


def _row(answer: Answer, one: Judged, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    verdict = one.verdict
    allowed = {"public": does(verdict.access), "unknown": "I can’t tell", "not-public": "nothing"}
    since = _since(answer, one) if verdict.judgement == "public" else ()
    return (
        (Code(one.bucket.name),),
        (allowed[verdict.judgement],),
        (by(verdict),),
        since,
        (place(one, accounts),),
    )


def _since(answer: Answer, one: Judged) -> Line:
    then = when(answer, one)
    if then.at is None:
        return ("not known",)
    return (When(then.at), *((Small(" or before"),) if then.or_before else ()))


def _unknown(unknown: Sequence[Judged]) -> Iterator[Line]:
    """Why, each reason once, with the buckets that it is about, the commonest first."""
    reasons: dict[str, list[str]] = {}
    for one in unknown:
        for missing in one.verdict.unknown_because:
            reasons.setdefault(because(missing), []).append(one.bucket.name)
    yield (Strong("I can’t tell"), f" of {len(unknown):,}:")
    common = sorted(reasons.items(), key=lambda each: -len(each[1]))
    for reason, names in common[:_REASONS]:
        more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
        yield (f"{', '.join(names[:_NAMES])}{more}: ", Small(reason))
    if len(common) > _REASONS:
        yield (Small(f"… and {counted(len(common) - _REASONS, 'more reason')} in the CSV"),)
    every = [missing.unread for one in unknown for missing in one.verdict.unknown_because]
    # Where somebody's policy denies it, no right of the bot's own helps.
    if any(unread.action and "denies it" not in unread.why for unread in every):
        yield (Small("Allow that to the bot’s role; what it lacks at home says: noroshi doctor --only s3"),)


def _buttons(request: PublicBuckets, answer: Answer) -> Iterator[Button]:
    choices = tuple(_choices(answer))[:_CHOICES]
    if choices:
        yield Menu("Look closer…", choices)
    narrow = [("--account", one) for one in request.accounts] + [("--region", one) for one in request.regions]
    words = ("s3", "public", *(word for pair in narrow for word in pair))
    if not request.all and len(answer.judged) > len(answer.public) + len(answer.unknown):
        yield Ask("All buckets", (*words, "--all"))
    if answer.judged:
        yield Csv()
    yield Share()


def _choices(answer: Answer) -> Iterator[Choice]:
    for one in (*answer.public, *answer.unknown):
        account = ("--account", one.bucket.account_id) if one.bucket.account_id else ()
        yield Choice(f"Why {one.bucket.name}", ("s3", "explain", one.bucket.name, *account), "Proof")
    for one in answer.public:
        yield Choice(f"Who accessed {one.bucket.name}", ("trail", "who-accessed", one.bucket.name), "Access")
    for one in answer.public:
        yield Choice(f"What changed in {one.bucket.name}", history(one), "Changes")
