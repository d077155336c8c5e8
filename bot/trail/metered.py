"""A question's price: estimated first, agreed to where it is high, and booked on whoever asked.

A question may be several queries, one after the other: what is agreed to, and what it may cost, is for all together.
"""

from dataclasses import dataclass, field, replace

from bot.core.amounts import price, whole_cents
from bot.core.view import Caveat
from bot.errors import (
    AccessDenied,
    BadRequest,
    Costly,
    Forbidden,
    NoroshiError,
    NotConfigured,
    QueryFailed,
    Throttled,
    Upstream,
)
from bot.ports import Progress, TrailQuery, TrailRows
from bot.trail.estimate import Estimate, Estimating
from bot.trail.spending import Booked, Spending

_NARROW = "--since, --account, --region"
_NOT_RUN = (BadRequest, NotConfigured, AccessDenied, Throttled)


@dataclass(frozen=True, slots=True)
class Limits:
    """In USD; None is no limit. The names of `bot.settings.Trail`."""

    ask_above_usd: float | None = None
    refuse_above_usd: float | None = None
    usd_per_person_a_day: float | None = None

    @property
    def any(self) -> bool:
        """Whether any question could meet one of them."""
        return (self.ask_above_usd, self.refuse_above_usd, self.usd_per_person_a_day) != (None, None, None)


@dataclass(slots=True)
class _Paid:
    usd: float = 0.0


@dataclass(frozen=True, slots=True)
class MeteredEngine:
    """Satisfies `bot.ports.TrailEngine` for one question of one asker, whose queries run one after the other.

    The asker has agreed to pay `up_to` USD for the question (None: was not asked).
    """

    engine: Estimating
    limits: Limits
    spending: Spending
    asker: str
    up_to: float | None = None
    _paid: _Paid = field(default_factory=_Paid, init=False, repr=False, compare=False)

    @property
    def table(self) -> str:
        """The engine's."""
        return self.engine.table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Run what may be paid for; raises Costly, Forbidden, and what the engine raises.

        A price that can't be told stops nobody: the answer has the caveat `estimate-unknown`.
        """
        if not self.limits.any:
            return self.engine.run(query, progress)
        estimate, caveats = self._estimated(query, progress)
        if estimate:
            self._may_be_asked(estimate)
        # Before anybody is asked for a yes: one that could not be used is not asked for.
        booked = self._book(estimate)
        cost = None  # what is not known stays booked as it was estimated
        try:
            if estimate:
                self._is_agreed(estimate)
                if not estimate.nothing:
                    progress(f"Reading {estimate.reads} in {estimate.where}: {estimate.costs}…")
            answer = self.engine.run(query, progress)
            cost = answer.receipt.cost_usd
        except QueryFailed as error:
            cost = error.cost_usd
            raise
        except _NOT_RUN:
            cost = 0.0
            raise
        finally:
            self._paid.usd += cost if cost is not None else estimate.usd if estimate else 0.0
            if booked and cost is not None:
                self.spending.settle(booked, cost)
        return replace(answer, caveats=(*answer.caveats, *caveats))

    def _estimated(self, query: TrailQuery, progress: Progress) -> tuple[Estimate | None, tuple[Caveat, ...]]:
        try:
            return self.engine.estimate(query, progress), ()
        except (Upstream, NotConfigured) as error:
            return None, (_unknown(error),)

    def _may_be_asked(self, estimate: Estimate) -> None:
        most = self.limits.refuse_above_usd
        if most is not None and self._whole(estimate) > most:
            raise Forbidden(
                f"{self._would(estimate)}; nothing above {price(most)} may be asked here.",
                f"Narrow it: {_NARROW}. The limit is NOROSHI_TRAIL__REFUSE_ABOVE_USD.",
            )

    def _is_agreed(self, estimate: Estimate) -> None:
        most, whole = self.limits.ask_above_usd, self._whole(estimate)
        agreed = self.up_to is not None and self.up_to >= whole
        if most is not None and whole > most and not agreed:
            hint = f"Narrow it: {_NARROW}; or say --up-to {whole_cents(whole)}"
            raise Costly(f"{self._would(estimate)}.", hint, usd=whole, bytes=estimate.bytes)

    def _whole(self, estimate: Estimate) -> float:
        """What the question will have cost."""
        return self._paid.usd + estimate.usd

    def _would(self, estimate: Estimate) -> str:
        if not self._paid.usd:
            return f"This question would read {estimate.reads} in {estimate.where}, for {estimate.costs}"
        return (
            f"This question has cost {price(self._paid.usd)}, and would read {estimate.reads} more "
            f"in {estimate.where}, for {estimate.costs} more"
        )

    def _book(self, estimate: Estimate | None) -> Booked | None:
        # Without a limit for a day nobody asks what was spent, and a question in the terminal makes no store.
        most = self.limits.usd_per_person_a_day
        return None if most is None else self.spending.book(self.asker, estimate.usd if estimate else 0, most)


def _unknown(error: NoroshiError) -> Caveat:
    action = f" ({error.action})" if isinstance(error, AccessDenied) else ""
    return Caveat(
        "estimate-unknown", f"what it would cost could not be told beforehand{action}: {error.message}"
    )
