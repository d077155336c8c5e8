"""How the public buckets are shown: what everybody may do with them first, then what nobody could tell."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.core.public.meaning import EVERY_ACCESS
from bot.core.public.words import because, may
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import Ask, Button, Choice, Column, Csv, Menu, Paragraph, Section, Share, Table, View
from commands.s3.public import Answer, PublicBuckets, when
from commands.s3.rows import COLUMNS, place, row

_SHOWN, _CHOICES = 20, 24


def show(request: PublicBuckets, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; what is unknown is never counted with what is not public."""
    listed = answer.judged if request.all else (*answer.public, *answer.unknown)
    return View(
        title=_title(answer),
        sections=tuple(_sections(answer, accounts)),
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


def _title(answer: Answer) -> str:
    public, unknown, every = len(answer.public), len(answer.unknown), len(answer.judged)
    blind = any(one.weight == "blind" or one.code == "account-not-asked" for one in answer.caveats)
    of = f"of {every:,} bucket{'s' if every != 1 else ''}"
    more = f", and of {unknown:,} more I can’t tell" if unknown else ""
    if public:
        return f"{public:,} {of} {'is' if public == 1 else 'are'} public{more}"
    if unknown:
        return f"I can’t tell of {unknown:,} {of} whether {'it is' if unknown == 1 else 'they are'} public; no other is"
    if blind:
        return f"I can’t tell whether a bucket is public: none of the {every:,} that I saw is"
    return f"No bucket is public ({every:,} looked at)" if every else "There is no bucket here"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    if answer.public:
        yield Paragraph((_counts(answer),))
        columns = tuple(Column(name) for name in ("bucket", "everybody may", "by", "since", "where"))
        shown = answer.public[:_SHOWN]
        rows = tuple(_row(answer, number, accounts) for number in range(len(shown)))
        yield Table(columns, rows, more=len(answer.public) - len(shown))
    if answer.unknown:
        yield Paragraph(tuple(_unknown(answer)))


def _counts(answer: Answer) -> Line:
    worst = Counter(
        next((each for each in EVERY_ACCESS if each in one.verdict.access), None) for one in answer.public
    )
    words = [f"{count:,} everybody may {may((access,) if access else ())}" for access, count in worst.items()]
    return (Strong(" · ".join(words)),)


def _row(answer: Answer, number: int, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    one = answer.public[number]
    then = when(answer, one)
    since: Line = (
        (When(then.at), *((Small(" or before"),) if then.or_before else ())) if then.at else ("not known",)
    )
    via = ", ".join(dict.fromkeys(way.via.replace("-", " ") for way in one.verdict.via))
    return ((Code(one.bucket.name),), (may(one.verdict.access),), (via,), since, (place(one, accounts),))


def _unknown(answer: Answer) -> Iterator[Line]:
    """Why, each reason once, with the buckets that it is about."""
    reasons: dict[str, list[str]] = {}
    for one in answer.unknown:
        for missing in one.verdict.unknown_because or ():
            reasons.setdefault(because(missing), []).append(one.bucket.name)
    yield (Strong("I can’t tell"), f" of {len(answer.unknown):,}:")
    for reason, names in sorted(reasons.items(), key=lambda each: -len(each[1]))[:8]:
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""  # noqa: PLR2004 - names of one line
        yield (f"{', '.join(names[:3])}{more}: ", Small(reason))


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
        words = ("config", "history", one.bucket.name, "--type", "AWS::S3::Bucket", "--since", "90d")
        yield Choice(f"What changed in {one.bucket.name}", words, "Changes")
