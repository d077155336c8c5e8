"""Which effects of calls are known for certain to be in one revision, and so in no other."""

from dataclasses import dataclass, field

from bot.trail.authorship.atoms import Atom
from bot.trail.authorship.deeds import Deed
from bot.trail.authorship.evidence import Evidence

Effect = tuple[str, Atom]
"""A call's key, and a piece that it says it did."""


@dataclass(slots=True)
class Claims:
    """By the number of the revision that has them."""

    effects: dict[Effect, int] = field(default_factory=dict)
    parts: dict[tuple[str, str], int] = field(default_factory=dict)

    def claim(self, number: int, effects: set[Effect]) -> None:
        """The revision has these."""
        for key, atom in effects:
            self.effects[key, atom] = number
            self.parts.setdefault((key, atom.part), number)

    def leave(self, number: int, one: Deed, atom: Atom, how: Evidence) -> bool:
        """Whether the call may still have done it in this revision.

        What only may have done it did not, where its effect on the part is in another revision.
        """
        if self.effects.get((one.key, atom), number) != number:
            return False
        return how != Evidence.MAY or self.parts.get((one.key, atom.part), number) == number
