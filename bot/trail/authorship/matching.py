"""Which call made which revision, by what the calls say and when they were made. Pure, and blind to their order.

A call is certain where it can't be another. An effect that one revision has for certain is no other's, which may
leave one call alone for the next, and so on; what is left goes to the likeliest, the oldest revision first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from bot.trail.authorship.atoms import Atom
from bot.trail.authorship.case import Case, Said, Table, effects, places
from bot.trail.authorship.claims import Claims, Effect
from bot.trail.authorship.deeds import Deed
from bot.trail.authorship.evidence import Evidence

Why = Literal["content", "only", "several", "part", "late", "name", "unseen", "silent", "unread", "none"]
_WEIGHTS = {
    Evidence.NOT: 0,
    Evidence.ASIDE: 0,
    Evidence.SILENT: 1,
    Evidence.MAY: 1_000,
    Evidence.AGREES: 10**6,
}


@dataclass(frozen=True, slots=True)
class Match:
    """The call that did it, how sure that is, and why; `others` may have done it too, or did a part of it."""

    why: Why
    deed: Deed | None = None
    certain: bool = False
    others: tuple[Deed, ...] = ()


NOBODY = Match("none")


def matched(cases: Sequence[Case], deeds: Iterable[Deed]) -> tuple[Match, ...]:
    """One for each case, in their order."""
    every = sorted({one.key: one for one in deeds}.values(), key=lambda one: (one.at, one.key))
    tables = [Table(case, every) for case in cases]
    claims = Claims()
    found = _certain(tables, claims)
    taken: set[tuple[str, Atom | str]] = {
        (key, place) for key, atom in claims.effects for place in (atom, atom.part)
    }
    for table in sorted(tables, key=lambda one: (one.case.window.captured_at, one.case.number)):
        if table.case.number in found:
            continue
        match, said = _likely(table, claims, taken)
        found[table.case.number] = match
        taken |= places(said) if said else set()
    return tuple(found[table.case.number] for table in tables)


def _certain(tables: Sequence[Table], claims: Claims) -> dict[int, Match]:
    """By their numbers, those that can't be another; their effects are claimed."""
    found: dict[int, Match] = {}
    contested: set[Effect] = set()
    while True:
        fresh = [
            (table, *made)
            for table in tables
            if table.case.number not in found and (made := _sure(table, claims))
        ]
        wanted = Counter(effect for _, _, done in fresh for effect in done)
        contested |= {effect for effect, times in wanted.items() if times > 1}
        sure = [each for each in fresh if not contested & each[2]]
        if not sure:
            return found
        for table, match, done in sure:
            found[table.case.number] = match
            claims.claim(table.case.number, done)


def _sure(table: Table, claims: Claims) -> tuple[Match, set[Effect]] | None:
    """The match that can't be another, with its effects."""
    if not table.case.whole:
        return None
    heroes = _heroes(table, claims)
    calls = [one for one, _ in heroes]
    if not calls or calls[-1].who is None or len({one.who for one in calls}) > 1:
        return None
    if any(one.is_by_name for one in calls):
        return None
    done = set[Effect]().union(*map(effects, heroes))
    if done:
        return Match("content", calls[-1], certain=True, others=tuple(calls[:-1])), done
    alone = sum(bool(table.left(said, claims)) for said in table.near) == 1
    before = any(Evidence.AGREES in table.left(said, claims).values() for said in table.earlier)
    return (Match("only", calls[-1], certain=True), done) if alone and not before else None


def _heroes(table: Table, claims: Claims) -> list[Said]:
    """The one call for each piece, together, oldest first; none where a piece has several, or nobody."""
    left = [(said, table.left(said, claims)) for said in table.near]
    heroes: dict[str, Said] = {}
    loose: list[str] = []
    for atom in table.case.atoms:
        pool = [(said, each[atom]) for said, each in left if atom in each]
        strong = [said for said, how in pool if how >= Evidence.MAY]
        if len(strong) == 1:
            heroes[strong[0][0].key] = strong[0]
        elif strong or not any(how == Evidence.SILENT for _, how in pool):
            return []
        else:
            loose += [said[0].key for said, how in pool if how == Evidence.SILENT]
    # What no call names goes with what the same call did, when no other call can have done it.
    if not heroes.keys() >= set(loose):
        return []
    return sorted(heroes.values(), key=lambda said: (said[0].at, said[0].key))


def _likely(
    table: Table, claims: Claims, taken: AbstractSet[tuple[str, Atom | str]]
) -> tuple[Match, Said | None]:
    """The best of those that may have done it, or nobody; rather one that did not do an earlier one (`taken`)."""
    window = table.case.window

    def weight(said: Said) -> int:
        return sum(_WEIGHTS[how] for how in table.left(said, claims).values())

    def rank(said: Said) -> tuple[object, ...]:
        mine = effects(said) or places(said)
        fresh = not (mine and mine <= taken)
        # Of several that say the same the first did it: what it finds done already, a call does not do again.
        at, key = said[0].at, said[0].key
        return (
            window.holds(at),
            weight(said),
            at <= window.captured_at,
            fresh,
            not table.undone(said),
            window.until - at,
            key,
        )

    if not table.possible:
        return NOBODY, None
    best, *rest = sorted(table.possible, key=rank, reverse=True)
    enough = 1 if window.holds(best[0].at) else _WEIGHTS[Evidence.AGREES]
    if weight(best) < enough and not table.case.unknown:
        return NOBODY, None
    floor = 0 if table.case.unknown else min(weight(best), _WEIGHTS[Evidence.MAY])
    others = tuple(said[0] for said in rest if window.holds(said[0].at) and weight(said) >= floor)
    return Match(_why(table.case, best, others), best[0], others=others), best


def _why(case: Case, best: Said, others: tuple[Deed, ...]) -> Why:  # noqa: PLR0911 - one return a reason
    one, said = best
    if case.unknown:
        return "unread"
    if not case.window.holds(one.at):
        return "late"
    if others:
        return "several"
    if one.is_by_name:
        return "name"
    if max(said.values()) == Evidence.SILENT:
        return "silent"
    if not case.whole:
        return "unseen"
    return "part" if min(said.values()) <= Evidence.ASIDE else "several"
