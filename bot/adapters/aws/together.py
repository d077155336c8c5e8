"""Asking several places at once, and keeping what some of them refused."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from bot.adapters.aws.errors import code, is_switched_off
from bot.adapters.aws.pace import Tally
from bot.core.spoken import some
from bot.core.view import Caveat
from bot.errors import AccessDenied, NoroshiError, NotConfigured, Upstream

_AT_ONCE = 8
_NAMED = 4

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Refusals:
    """What was refused, and where (in words).

    `kind` is the caveats' code; `absent` are AWS's codes for having nothing there, which is no refusal.
    """

    kind: str
    absent: frozenset[str] = frozenset()
    said: list[tuple[str, NoroshiError]] = field(default_factory=list)

    def add(self, where: str, error: NoroshiError) -> None:
        """Keep one; that there merely is nothing is none."""
        if code(error) not in self.absent or not code(error):
            self.said.append((where, error))

    def caveats(self, weight: Literal["blind", "note"]) -> tuple[Caveat, ...]:
        """One for each reason, with the places that it holds for."""
        by_reason: dict[str, list[tuple[str, NoroshiError]]] = {}
        for where, error in self.said:
            action = error.action if isinstance(error, AccessDenied) else code(error) or error.message
            by_reason.setdefault(action, []).append((where, error))
        return tuple(
            Caveat(self.kind, f"{_listed(where for where, _ in each)}: {_words(each[0][1])}", weight)
            for each in by_reason.values()
        )

    def raise_if_alone(self, tally: Tally) -> None:
        """Raise the first where nobody answered at all."""
        if self.said and not tally.answered:
            raise self.said[0][1]

    def raise_if_hopeless(self, tally: Tally) -> None:
        """Raise what no other place will answer either: no network, no credentials."""
        refused = [error for _, error in self.said if not isinstance(error, AccessDenied | NotConfigured)]
        if refused and not tally.answered:
            raise refused[0]


def together(
    asked: Sequence[tuple[str, Callable[[], Answer]]], refusals: Refusals, *, sweeping: bool = False
) -> list[Answer]:
    """What each gave, in order, those that were refused left out; `sweeping` passes over regions that are off."""
    if not asked:
        return []
    with ThreadPoolExecutor(min(_AT_ONCE, len(asked)), "noroshi-aws") as pool:
        running = [(where, pool.submit(ask)) for where, ask in asked]
    answers = []
    for where, one in running:
        try:
            answers.append(one.result())
        except (Upstream, NotConfigured) as error:
            if not (sweeping and is_switched_off(error)):
                refusals.add(where, error)
    return answers


def _listed(places: Iterable[str]) -> str:
    return some(list(dict.fromkeys(places)), _NAMED)


def _words(error: NoroshiError) -> str:
    missing = f" ({error.action} is missing)" if isinstance(error, AccessDenied) else ""
    return f"{error.message.rstrip('.')}{missing}"
