"""The proof, and after it the verdict, AWS's own beside it, and the smallest change that closes the bucket."""

import shlex
from collections.abc import Iterator, Mapping

from bot.core.buttons import Act, Ask, Button, Csv, Download, Share
from bot.core.public.bucket import Judged
from bot.core.public.fix import Fix, fix
from bot.core.public.meaning import Unread, judgement
from bot.core.public.policy import openings
from bot.core.public.words import who_may
from bot.core.sections import Paragraph, Section
from bot.core.text import Code, Line, Small, Strong, When, plain
from bot.core.view import File, View
from commands.s3.explain import Answer, Explain
from commands.s3.proof import Proof, proof, unread
from commands.s3.rows import COLUMNS, row
from commands.s3.words import by, history, missing, place, reasons

_WHOLE = 100_000
_REASONS = 3


def show(request: Explain, answer: Answer, accounts: Mapping[str, str], *, fixable: bool = False) -> View:
    """Everything that the verdict is made of; what a message has no room for is in the file.

    `fixable`: a public bucket can be fixed from here.
    """
    one, told = answer.judged, proof(answer.judged)
    return View(
        title=_title(one),
        sections=tuple(_sections(answer, told, accounts)),
        command="s3 explain",
        request={"bucket": request.bucket, "account": request.account or None},
        rows=(row(one, answer.since),),
        columns=COLUMNS,
        receipt=answer.receipt,
        buttons=tuple(_buttons(one, cut=told.cut, fixable=fixable)),
        file=_file(answer, accounts) if told.cut else None,
    )


def _title(one: Judged) -> str:
    verdict, name = one.verdict, one.bucket.name
    if one.gone:
        return f"{name} was deleted while I looked at it"
    if verdict.judgement == "public":
        return f"{name} is public: {who_may(verdict)}"
    if verdict.judgement == "unknown":
        return f"I can’t tell whether {name} is public"
    return f"{name} is not public" + (", but single objects may be" if verdict.objects_may_be_public else "")


def _sections(answer: Answer, told: Proof, accounts: Mapping[str, str]) -> Iterator[Section]:
    one = answer.judged
    unread = ((Strong("Missing"), f": {each}") for each in missing(one.verdict))
    yield Paragraph(((Small(f"bucket · {place(one, accounts)}"), *_since(answer)), *unread))
    yield from (Paragraph(part) for part in told.parts)
    yield Paragraph(tuple(_verdict(one)))


def _since(answer: Answer) -> Line:
    if answer.judged.verdict.judgement != "public":
        return ()
    since = answer.since
    if since.at is None:
        return (Small(f" · since when it is public is not known: {since.why}"),)
    itself = " by its own settings" if since.by_itself else ""
    more = (" or before" if since.or_before else "") + (f": {since.by}" if since.by else "")
    return (Small(f" · public{itself} since "), When(since.at), *((Small(more),) if more else ()))


def _verdict(one: Judged) -> Iterator[Line]:
    verdict = one.verdict
    words = {"unknown": "So nobody can tell whether it is public", "not-public": "So it is not public"}
    yield (Strong(words.get(verdict.judgement, f"So it is public by {by(verdict)}")),)
    if verdict.judgement == "not-public":
        yield from ((f"  {reason}",) for reason in reasons(one)[:_REASONS])
    if not one.facts.is_directory:
        yield from _aws(one)
    if closing := fix(one.facts, verdict):
        yield (Strong("To close it"), f": {closing.words}", *(Small(f"; {cost}") for cost in closing.costs))
        yield from _by_hand(one, closing)
    if verdict.objects_may_be_public:
        yield ("ACLs count here: single objects may be public by their own, which no bucket tells.",)


def _aws(one: Judged) -> Iterator[Line]:
    """What AWS says of the policy itself; where we differ, who says what, and that it counts as public."""
    says, policy = one.facts.aws_says, one.facts.policy
    if policy is None and says is not True:
        return  # there is nothing that AWS could judge
    if not isinstance(says, bool):
        yield ("What AWS itself says of its policy is ", *unread(says))
        return
    yield ("AWS itself says that its policy is ", Strong("public" if says else "not public"))
    ours = "unknown" if isinstance(policy, Unread) else judgement(openings(policy))
    stopped = any(way.via == "policy" and way.stopped_by for way in one.verdict.ways)
    if not stopped and ours != "unknown" and says != (ours == "public"):
        mine = "public" if ours == "public" else "not public"
        yield (
            Strong("We differ"),
            f": by AWS’s documented rules it is {mine}. It counts as public, for one of the two is enough.",
        )


def _by_hand(one: Judged, closing: Fix) -> Iterator[Line]:
    """The call replaces the bucket's own block, so what is on already has to be in it."""
    own = one.facts.bucket_block
    on = sorted({*closing.flags, *(() if isinstance(own, Unread) else own.on)})
    words = ["aws", "s3api", "put-public-access-block", "--bucket", one.bucket.name]
    words += ["--region", one.bucket.region] if one.bucket.region else []
    flags = ",".join(f"{flag}=true" for flag in on)
    yield (Code(f"{shlex.join(words)} --public-access-block-configuration {flags}"),)
    if isinstance(own, Unread):
        yield (
            Small("It replaces the bucket’s own block, which nobody could read: add the flags that are on."),
        )


def _buttons(one: Judged, *, cut: bool, fixable: bool) -> Iterator[Button]:
    public = one.verdict.judgement == "public"
    yield Ask("Who accessed it", ("trail", "who-accessed", one.bucket.name), strong=public)
    yield Ask("What changed", history(one))
    if public and fixable and one.bucket.account_id:
        yield Act("Fix…", "fix", one.bucket.subject)
    yield Download("The whole proof") if cut else Csv()
    yield Share()


def _file(answer: Answer, accounts: Mapping[str, str]) -> File:
    parts = [part.lines for part in _sections(answer, proof(answer.judged, _WHOLE), accounts) if isinstance(part, Paragraph)]  # fmt: skip
    text = "\n\n".join("\n".join(map(plain, lines)) for lines in parts)
    return File(f"{answer.judged.bucket.name}-proof.txt", f"{_title(answer.judged)}\n\n{text}\n")
