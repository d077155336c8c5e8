"""What is told in a chaos: which findings, how often, with how many copies; the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.chaos.findings import body, key


@dataclass(frozen=True)
class Told:
    """One finding: how many tellings of its own, and whether it is archived in the end."""

    number: int
    tellings: int
    archived: bool
    critical: bool

    @property
    def severity(self) -> float:
        return 9 if self.critical else 2 + self.number % 7

    @property
    def key(self) -> str:
        return key(self.number)


def findings(many: int, chance: random.Random) -> list[Told]:
    """Most are told once; some go on, some end."""
    return [
        Told(n, 1 + (chance.random() < 0.15), chance.random() < 0.05, chance.random() < 0.02)
        for n in range(many)
    ]


def tellings(told: list[Told], chance: random.Random) -> list[list[str]]:
    """The queue's messages in handfuls, in the order in which they are sent; a fifth comes twice, from two regions."""
    said = [line for each in told for line in _said(each, chance)]
    # What is told again comes a while after its first telling, as GuardDuty's updates do.
    said.sort(key=lambda line: line[0])
    return list(_handfuls([text for _, text in said], chance))


def endings(told: list[Told], chance: random.Random) -> list[list[str]]:
    """The same for what people then archive."""
    said = [
        body(each.number, each.severity, telling=each.tellings + 1, archived=True)
        for each in told
        if each.archived
    ]
    return list(_handfuls(said, chance))


def _said(told: Told, chance: random.Random) -> Iterator[tuple[float, str]]:
    begin = chance.random()
    for telling in range(1, told.tellings + 1):
        for copy in range(1 + (chance.random() < 0.2)):
            at = begin + 0.2 * (telling - 1) + 0.02 * copy
            yield at, body(told.number, told.severity, telling=telling, copy=copy)


def _handfuls(texts: list[str], chance: random.Random) -> Iterator[list[str]]:
    while texts:
        many = chance.choice((1, 1, 2, 5, 12, 30))
        yield texts[:many]
        del texts[:many]
