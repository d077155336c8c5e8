"""One engine where the other can't answer: the event history where there is no table, or none that is cheap or whole."""

from dataclasses import dataclass

from bot.adapters.aws.athena_outside import OUTSIDE
from bot.adapters.aws.glue import NoTable
from bot.errors import AccessDenied, Costly, Forbidden, NoroshiError, NotConfigured, Upstream
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
class QuickFirst:
    """Satisfies `bot.ports.TrailEngine`: the table where it has the place and costs next to nothing, else the history.

    The event history is free, and slow: two requests a second, some dozens an answer. `engine` is None where the
    settings name no table; it raises Costly or Forbidden for what costs more than next to nothing.
    """

    history: TrailEngine
    engine: TrailEngine | None

    @property
    def table(self) -> str:
        """The history's, which is the table's too."""
        return self.history.table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """The table's answer, or the history's; raises what the table raised where the history can't be asked either."""
        if self.engine is None:
            return self.history.run(query, progress)
        try:
            answer = self.engine.run(query, progress)
        except (NoTable, Costly, Forbidden, NotConfigured, Upstream) as refused:
            return self._instead(query, progress, refused)
        if any(one.code == OUTSIDE and one.weight == "blind" for one in answer.caveats):
            return self.history.run(query, progress)
        return answer

    def _instead(self, query: TrailQuery, progress: Progress, refused: NoroshiError) -> TrailRows:
        try:
            return self.history.run(query, progress)
        except (NotConfigured, AccessDenied) as error:
            raise error if isinstance(refused, NoTable) else refused from error
