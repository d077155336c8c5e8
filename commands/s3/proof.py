"""The proof as a tree: each level of block, ownership, ACL, each statement, each access point, the website."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.amounts import counted
from bot.core.public import ownership
from bot.core.public.block import Flags
from bot.core.public.bucket import Judged
from bot.core.public.conditions import Condition
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.meaning import Judgement, Unread, named
from bot.core.public.policy import Statement, statements
from bot.core.public.verdict import Verdict
from bot.core.public.way import Way
from bot.core.public.words import does
from bot.core.text import Code, Line, Strong

_MARKS = {"public": "●", "unknown": "?", "not-public": "○"}
_RANK = ("public", "unknown", "not-public")
_SAID = {"public": "lets everybody in", "unknown": "nobody can tell", "not-public": "lets nobody in"}
_SAVES = {True: "saves it", False: "does not save it", None: "nobody can tell whether it saves it"}


@dataclass(frozen=True, slots=True)
class Proof:
    """The tree, part by part; `cut` where something was left out, which the whole of it has."""

    parts: tuple[tuple[Line, ...], ...]
    cut: bool = False


def proof(one: Judged, most: int = 12) -> Proof:
    """In the order in which AWS looks at it: `most` of its statements and of its access points, what decides first."""
    if one.facts.is_directory:
        # S3 refuses these questions of a directory bucket, and they would change nothing.
        return Proof((tuple(_way("Directory bucket", way) for way in one.verdict.ways),))
    told, points = _statements(one.facts), _points(one.facts)
    parts = [
        tuple(_blocks(one.facts)),
        tuple(_acl(one.facts, one.verdict)),
        tuple(_policy(told, one.verdict, most)),
    ]
    if isinstance(one.facts.access_points, Unread) or points:
        parts.append(tuple(_through(one, points, most)))
    if one.website is not False:
        parts.append((_website(one.website),))
    return Proof(tuple(parts), max(len(told), len(points)) > most)


def unread(part: Unread) -> Line:
    """Why a part is not known, with the missing action."""
    action = (" (", Code(part.action), ")") if part.action else ()
    return ("not known: ", part.why, *action)


def _blocks(facts: Facts) -> Iterator[Line]:
    yield (Strong("Block Public Access"),)
    # What AWS answers of an account has its organization's policy in it.
    if facts.organization_block != Flags():
        yield ("  organization: ", *_flags(facts.organization_block))
    yield ("  account, with its organization: ", *_flags(facts.account_block))
    yield ("  bucket: ", *_flags(facts.bucket_block))
    levels = [flags for flags in facts.blocks.values() if isinstance(flags, Flags)]
    if through := Flags(frozenset().union(*(flags.on for flags in levels))).let_through:
        yield (f"  together they let through: {'; '.join(through)}",)


def _flags(flags: Flags | Unread) -> Line:
    if isinstance(flags, Unread):
        return unread(flags)
    if not flags.let_through:
        return ("all four on",)
    return (f"{', '.join(sorted(flags.on))} on" if flags.on else "none of the four on",)


def _acl(facts: Facts, verdict: Verdict) -> Iterator[Line]:
    off = facts.ownership if isinstance(facts.ownership, Unread) else ownership.acls_are_off(facts.ownership)
    owned: Line = unread(off) if isinstance(off, Unread) else ("ACLs are off" if off else "ACLs count",)
    yield (Strong("Object ownership"), ": ", *owned)
    yield from (_way("ACL", way) for way in verdict.ways if way.via == "acl")


def _statements(facts: Facts) -> tuple[Statement, ...]:
    return () if facts.policy is None or isinstance(facts.policy, Unread) else statements(facts.policy)


def _policy(told: Sequence[Statement], verdict: Verdict, most: int) -> Iterator[Line]:
    for way in verdict.ways:
        if way.via == "policy":
            # Its statements say why, where they decide it; what stops them, or what AWS says, they don't.
            decided = any(one.judgement == way.judgement for one in told) and not way.stopped_by
            yield _way("Policy", way, why=not decided)
    for one in sorted(_foremost(told, most), key=lambda each: each.number):
        yield from _statement(one)
    yield from _rest(len(told) - most, "more statement", told)


def _foremost(told: Sequence[Statement], most: int) -> list[Statement]:
    """What decides is never among what is left out."""
    return sorted(told, key=lambda one: _RANK.index(one.judgement))[:most]


def _rest(more: int, word: str, every: Sequence[Statement] | Sequence[Way]) -> Iterator[Line]:
    if more > 0:
        open_ones = sum(one.judgement != "not-public" for one in every)
        closed = ", none of which lets everybody in" if open_ones <= len(every) - more else ""
        yield (f"  … and {counted(more, word)}{closed}",)


def _statement(one: Statement) -> Iterator[Line]:
    what = f" {one.effect} to {one.who}: {does(one.access).removeprefix('do ')}"
    tests = one.conditions if _decide(one) else ()
    yield (
        f"  {_MARKS[one.judgement]} ",
        Code(one.sid or f"statement {one.number}"),
        what if tests else f"{what} — {one.why}",
    )
    yield from map(_condition, tests)


def _decide(one: Statement) -> bool:
    """Whether its conditions are what its verdict comes from: not those of a Deny, nor where it names whom it lets in."""
    return one.effect == "Allow" and (
        one.judgement != "not-public" or any(test.saves for test in one.conditions)
    )


def _condition(test: Condition) -> Line:
    name = f"{test.operator} {test.key} {named(test.values)}".strip() or "its Condition"
    return ("      ↳ ", Code(name), f" {_SAVES[test.saves]}: {test.why}")


def _points(facts: Facts) -> tuple[AccessPoint, ...]:
    return () if isinstance(facts.access_points, Unread) else facts.access_points


def _through(one: Judged, points: Sequence[AccessPoint], most: int) -> Iterator[Line]:
    if isinstance(one.facts.access_points, Unread):
        yield (Strong("Access points"), ": ", *unread(one.facts.access_points))
        return
    ways = [way for way in one.verdict.ways if way.name]
    says = {point.name: point.aws_says for point in points}
    for way in sorted(ways, key=lambda each: _RANK.index(each.judgement))[:most]:
        kind = "Multi-region access point" if way.via == "multi-region-access-point" else "Access point"
        yield (*_way(f"{kind} {way.name}", way), *_says(says.get(way.name)))
    yield from _rest(len(points) - most, "more access point", ways)


def _says(said: bool | Unread | None) -> Line:
    """What AWS itself calls an access point's policy."""
    words = {True: "public", False: "not public"}
    return (f"; AWS itself calls its policy {words[said]}",) if isinstance(said, bool) else ()


def _website(website: bool | Unread) -> Line:
    if isinstance(website, Unread):
        return (Strong("Website"), ": ", *unread(website))
    return (Strong("Website"), ": it serves one, to whom policy and ACL let in, and to nobody else")


def _way(what: str, way: Way, *, why: bool = True) -> Line:
    said: Judgement = way.judgement
    return (f"{_MARKS[said]} ", Strong(what), f": {_SAID[said]}{f' — {way.why}' if why else ''}")
