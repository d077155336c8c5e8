"""Athena's engine where there is a table; CloudTrail's event history where there is none yet."""

from dataclasses import dataclass

from bot.adapters.aws.glue import NoTable
from bot.ports import Progress, TrailEngine, TrailQuery, TrailRows
from bot.trail.estimate import Estimate, Estimating


@dataclass(frozen=True, slots=True)
class OrHistory:
    """Satisfies `bot.trail.estimate.Estimating`.

    Only a table that is not there makes way: one that is broken or refused, or a wrong setting, is told as it is.
    """

    engine: Estimating
    history: TrailEngine

    @property
    def table(self) -> str:
        """The engine's."""
        return self.engine.table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """The engine's answer, or the history's; raises what they raise."""
        try:
            return self.engine.run(query, progress)
        except NoTable:
            return self.history.run(query, progress)

    def estimate(self, query: TrailQuery, progress: Progress) -> Estimate:
        """The engine's; the history costs nothing."""
        try:
            return self.engine.estimate(query, progress)
        except NoTable:
            return Estimate(0, 0.0)
