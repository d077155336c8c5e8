"""The proof as a tree: each level of block, ownership, ACL, each statement, each access point, then the verdict."""

from collections.abc import Iterator, Mapping

from bot.core.public import ownership
from bot.core.public.block import Flags
from bot.core.public.bucket import Judged
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.fix import Fix, fix
from bot.core.public.meaning import Unread
from bot.core.public.policy import Statement, statements
from bot.core.public.way import Way
from bot.core.public.words import because, may
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import Ask, Button, Csv, Paragraph, Section, Share, View
from commands.s3.explain import Answer, Explain
from commands.s3.rows import COLUMNS, place, row

_MARKS = {"public": "●", "unknown": "?", "not-public": "○"}
_STATEMENTS = 12


def show(request: Explain, answer: Answer, accounts: Mapping[str, str]) -> View:
    """Everything that the verdict is made of, in the order in which AWS looks at it."""
    one = answer.judged
    return View(
        title=_title(answer),
        sections=tuple(_sections(answer, accounts)),
        command="s3 explain",
        request={"bucket": request.bucket, "account": request.account or None},
        rows=(row(one, answer.since),),
        columns=COLUMNS,
        receipt=answer.receipt,
        buttons=_buttons(answer),
    )


def _title(answer: Answer) -> str:
    verdict, name = answer.judged.verdict, answer.judged.bucket.name
    if answer.judged.gone:
        return f"{name} was deleted while I looked at it"
    if verdict.judgement == "public":
        return f"{name} is public: everybody may {may(verdict.access)}"
    if verdict.judgement == "unknown":
        return f"I can’t tell whether {name} is public"
    return f"{name} is not public"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    one, facts = answer.judged, answer.judged.facts
    when: Line = ()
    if answer.since.at:
        before = " or before" if answer.since.or_before else ""
        when = (Small(" · public since "), When(answer.since.at), Small(before))
    yield Paragraph(((Small(f"bucket · {place(one, accounts)}"), *when),))
    yield Paragraph(tuple(_blocks(facts)))
    yield Paragraph(tuple(_acl(answer)))
    yield Paragraph(tuple(_policy(answer)))
    if isinstance(facts.access_points, Unread) or facts.access_points:
        yield Paragraph(tuple(_points(answer)))
    if one.website is not False:
        yield Paragraph((_website(one.website),))
    yield Paragraph(tuple(_verdict(answer)))


def _blocks(facts: Facts) -> Iterator[Line]:
    yield (Strong("Block Public Access"),)
    for level, flags in facts.blocks.items():
        if level.startswith("the organization") and flags == Flags():
            continue
        said = level.removeprefix("the ").removesuffix("'s block").removesuffix("’s block")
        yield (f"  {said}: ", *_flags(flags))
    levels = [flags for flags in facts.blocks.values() if isinstance(flags, Flags)]
    if through := Flags(frozenset().union(*(flags.on for flags in levels))).let_through:
        yield (Small(f"  Together they let through: {'; '.join(through)}"),)


def _flags(flags: Flags | Unread) -> Line:
    if isinstance(flags, Unread):
        return _unread(flags)
    if not flags.let_through:
        return ("all four on",)
    return (f"{', '.join(sorted(flags.on))} on" if flags.on else "none of the four on",)


def _unread(part: Unread) -> Line:
    action = (" (", Code(part.action), ")") if part.action else ()
    return ("not known: ", part.why, *action)


def _acl(answer: Answer) -> Iterator[Line]:
    facts = answer.judged.facts
    off = facts.ownership if isinstance(facts.ownership, Unread) else ownership.acls_are_off(facts.ownership)
    owned: Line = _unread(off) if isinstance(off, Unread) else ("ACLs are off" if off else "ACLs count",)
    yield (Strong("Object ownership"), ": ", *owned)
    yield from (_way("ACL", way) for way in answer.judged.verdict.ways if way.via == "acl")


def _policy(answer: Answer) -> Iterator[Line]:
    facts = answer.judged.facts
    told = () if facts.policy is None or isinstance(facts.policy, Unread) else statements(facts.policy)
    for way in answer.judged.verdict.ways:
        if way.via == "policy":
            # Its statements say why, where there are any; what stops them they don't.
            yield _way("Policy", way, why=not told or bool(way.stopped_by))
    for one in told[:_STATEMENTS]:
        yield from _statement(one)
    if (more := len(told) - _STATEMENTS) > 0:
        yield (Small(f"  … and {more:,} more statements"),)


def _statement(one: Statement) -> Iterator[Line]:
    name = one.sid or f"statement {one.number}"
    yield (
        f"  {_MARKS[one.judgement]} ",
        Code(name),
        f" {one.effect} to {one.who}: {may(one.access)}{'' if one.conditions else f' — {one.why}'}",
    )
    for test in one.conditions:
        saves = {True: "saves it", False: "does not save it", None: "nobody can tell"}[test.saves]
        yield (Small(f"      condition {saves}: {test.why}"),)


def _points(answer: Answer) -> Iterator[Line]:
    points = answer.judged.facts.access_points
    if isinstance(points, Unread):
        yield (Strong("Access points"), ": ", *_unread(points))
        return
    ways = {way.name: way for way in answer.judged.verdict.ways if way.name}
    for point in points:
        if way := ways.get(point.name):
            yield _way(_kind(point), way)


def _website(website: bool | Unread) -> Line:
    if isinstance(website, Unread):
        return (Strong("Website"), ": ", *_unread(website))
    return (Strong("Website"), ": it serves one, to whom policy and ACL let in, and to nobody else")


def _kind(point: AccessPoint) -> str:
    return f"{'Multi-region access point' if point.is_multi_region else 'Access point'} {point.name}"


def _way(what: str, way: Way, *, why: bool = True) -> Line:
    said = {"public": "lets everybody in", "unknown": "nobody can tell", "not-public": "lets nobody in"}
    return (
        f"{_MARKS[way.judgement]} ",
        Strong(what),
        f": {said[way.judgement]}{f' — {way.why}' if why else ''}",
    )


def _verdict(answer: Answer) -> Iterator[Line]:
    one, verdict = answer.judged, answer.judged.verdict
    says = one.facts.aws_says
    if isinstance(says, bool):
        yield ("AWS itself says that its policy is ", Strong("public" if says else "not public"))
    else:
        yield ("What AWS itself says of its policy is ", *_unread(says))
    for missing in verdict.unknown_because:
        yield (Strong("Missing"), f": {because(missing)}")
    if closing := fix(one.facts, verdict):
        yield (Strong("To close it"), f": {closing.words}", *(Small(f"; {cost}") for cost in closing.costs))
        yield from _by_hand(one, closing)
    if verdict.objects_may_be_public:
        yield (Small("ACLs count here: single objects may be public by their own, which no bucket tells."),)


def _by_hand(one: Judged, closing: Fix) -> Iterator[Line]:
    """The call replaces the bucket's own block, so what is on already has to be in it."""
    own = one.facts.bucket_block
    on = sorted({*closing.flags, *(() if isinstance(own, Unread) else own.on)})
    command = (
        f"aws s3api put-public-access-block --bucket {one.bucket.name} --public-access-block-configuration"
    )
    yield (Code(f"{command} {','.join(f'{flag}=true' for flag in on)}"),)
    if isinstance(own, Unread):
        yield (
            Small("It replaces the bucket’s own block, which nobody could read: add the flags that are on."),
        )


def _buttons(answer: Answer) -> tuple[Button, ...]:
    name = answer.judged.bucket.name
    return (
        Ask(
            "Who accessed it",
            ("trail", "who-accessed", name),
            strong=answer.judged.verdict.judgement == "public",
        ),
        Ask("What changed", ("config", "history", name, "--type", "AWS::S3::Bucket", "--since", "90d")),
        Csv(),
        Share(),
    )
