"""A question's price: estimated first, agreed to where it is high, and booked on whoever asked."""

from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class MeteredEngine:
    """Satisfies `bot.ports.TrailEngine` for one asker, who has agreed to pay `up_to` USD (None: was not asked)."""

    engine: Estimating
    limits: Limits
    spending: Spending
    asker: str
    up_to: float | None = None

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
        if most is not None and estimate.usd > most:
            raise Forbidden(
                f"{_would(estimate)}; nothing above {price(most)} may be asked here.",
                f"Narrow it: {_NARROW}. The limit is NOROSHI_TRAIL__REFUSE_ABOVE_USD.",
            )

    def _is_agreed(self, estimate: Estimate) -> None:
        most = self.limits.ask_above_usd
        agreed = self.up_to is not None and self.up_to >= estimate.usd
        if most is not None and estimate.usd > most and not agreed:
            hint = f"Narrow it: {_NARROW}; or say --up-to {whole_cents(estimate.usd)}"
            raise Costly(f"{_would(estimate)}.", hint, usd=estimate.usd, bytes=estimate.bytes)

    def _book(self, estimate: Estimate | None) -> Booked | None:
        # Without a limit for a day nobody asks what was spent, and a question in the terminal makes no store.
        most = self.limits.usd_per_person_a_day
        return None if most is None else self.spending.book(self.asker, estimate.usd if estimate else 0, most)


def _would(estimate: Estimate) -> str:
    return f"This question would read {estimate.reads} in {estimate.where}, for {estimate.costs}"


def _unknown(error: NoroshiError) -> Caveat:
    action = f" ({error.action})" if isinstance(error, AccessDenied) else ""
    return Caveat(
        "estimate-unknown", f"what it would cost could not be told beforehand{action}: {error.message}"
    )
