"""One engine where the other can't answer: the event history where there is no table yet, the table where no history."""

from dataclasses import dataclass

from bot.adapters.aws.glue import NoTable
from bot.errors import AccessDenied, NotConfigured
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


@dataclass(frozen=True, slots=True)
class CheapFirst:
    """Satisfies `bot.ports.TrailEngine`: the event history, and the table only where the history can't be asked.

    `engine` is None where the settings name no table.
    """

    history: TrailEngine
    engine: TrailEngine | None

    @property
    def table(self) -> str:
        """The history's, which is the table's too."""
        return self.history.table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """The history's answer, or the table's; raises what the history raised where there is no table either."""
        try:
            return self.history.run(query, progress)
        except (NotConfigured, AccessDenied) as refused:
            if self.engine is None:
                raise
            try:
                return self.engine.run(query, progress)
            except NoTable:
                raise refused from None
