"""One revision as a case, and what each call near enough says of each of its pieces."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from bot.trail.authorship.atoms import Atom
from bot.trail.authorship.claims import Claims, Effect
from bot.trail.authorship.deeds import Deed
from bot.trail.authorship.evidence import Evidence, evidence, touches
from bot.trail.authorship.windows import Window

Said = tuple[Deed, Mapping[Atom, Evidence]]
"""A call, and what it says of each piece."""
_AT = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Case:
    """One revision: its number, its pieces (none: not known what changed, or nothing did), and its window.

    `whole`: every call of its window was read; `unknown`: that something changed is known, but not what.
    """

    number: int
    atoms: tuple[Atom, ...]
    window: Window
    whole: bool = True
    unknown: bool = False


class Table:
    """What the calls say of a case; they come oldest first."""

    def __init__(self, case: Case, deeds: Sequence[Deed]) -> None:
        self.case = case
        first = bisect_left(deeds, case.window.wide, key=_AT)
        end = bisect_right(deeds, case.window.until, key=_AT)
        self.every: list[Said] = [
            (one, {atom: evidence(one, atom) for atom in case.atoms}) for one in deeds[first:end]
        ]

    @cached_property
    def possible(self) -> list[Said]:
        """Those that may have done it; what came about by the way came with something that the call says."""
        return [
            (one, each)
            for one, each in self.every
            if self.case.unknown or max(each.values()) > Evidence.ASIDE
        ]

    @cached_property
    def near(self) -> list[Said]:
        """Those of them that were made when it is to be expected."""
        return [(one, each) for one, each in self.possible if self.case.window.holds(one.at)]

    @cached_property
    def earlier(self) -> list[Said]:
        """Those of them that were made before that, and say that they did it."""
        return [
            (one, each)
            for one, each in self.possible
            if not self.case.window.holds(one.at) and Evidence.AGREES in each.values()
        ]

    def left(self, said: Said, claims: Claims) -> dict[Atom, Evidence]:
        """What the call says, but for what other revisions have of it."""
        one, each = said
        number = self.case.number
        return {atom: how for atom, how in each.items() if how and claims.leave(number, one, atom, how)}

    def undone(self, said: Said) -> bool:
        """Whether a later call did the opposite of what this one says."""
        one, each = said
        agreed = [atom for atom, how in each.items() if how == Evidence.AGREES]
        return any(
            other.at > one.at and others[atom] == Evidence.NOT and touches(other, atom)
            for atom in agreed
            for other, others in self.every
        )


def effects(said: Said) -> set[Effect]:
    """The pieces that the call says it did."""
    one, each = said
    return {(one.key, atom) for atom, how in each.items() if how == Evidence.AGREES}


def places(said: Said) -> set[tuple[str, Atom | str]]:
    """Where the call has its effect: pieces that it says, and parts that it writes."""
    one, each = said
    parts = {(one.key, atom.part) for atom, how in each.items() if how >= Evidence.MAY}
    return {*effects(said), *parts}
