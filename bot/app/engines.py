"""The engines that answer `/trail`, and who changed something, as the settings say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.core.configuration.item import Place
from bot.errors import NotConfigured
from bot.ports import TrailEngine

if TYPE_CHECKING:
    from bot.adapters.athena import AthenaEngine
    from bot.adapters.aws.ways import Ways
    from bot.adapters.duckdb.engine import DuckdbEngine
    from bot.adapters.fallback import OrHistory
    from bot.ports import Store
    from bot.settings_parts import Trail
    from bot.trail.compaction import Compactor
    from bot.trail.estimate import Estimating
    from bot.trail.spending import Spending

_REMEMBERED = timedelta(days=90, hours=1)
"""How far back CloudTrail’s event history goes, and a little: `--since 90d` is cut to the minute."""
_PATIENCE = 30.0
"""Seconds that somebody who asks who changed something waits for each look into the event history."""
_NEXT_TO_FREE = 0.05
"""USD that a question may cost in the table when nobody was told of a price."""


@dataclass(frozen=True)
class Engines:
    """Each made when it is first asked, as are `session`, `ways` and `store`; `names` are the accounts' by id."""

    settings: "Trail"
    session: Callable[[], Any]
    ways: "Callable[[], Ways]"
    store: "Callable[[], Store]"
    names: Mapping[str, str]
    now: Callable[[], datetime]

    @cached_property
    def trail(self) -> TrailEngine:
        """The engine that the settings name; CloudTrail's event history where it has nothing to read."""
        trail = self.settings
        if trail.engine == "athena":
            return self._athena_or_history
        return (
            self._duckdb if trail.location else self._history("no log files", "set NOROSHI_TRAIL__LOCATION")
        )

    @property
    def named(self) -> TrailEngine:
        """The engine that the settings name, for who looks whether it works."""
        return self._athena if self.settings.engine == "athena" else self._duckdb

    @cached_property
    def _athena_or_history(self) -> "OrHistory":
        from bot.adapters.fallback import OrHistory

        return OrHistory(self._athena, self._history("no table", "make a table: noroshi setup trail"))

    def _history(self, missing: str, way: str) -> TrailEngine:
        from bot.adapters.aws.lookup import LookupEngine
        from bot.adapters.aws.lookup_caveats import Instead
        from bot.adapters.aws.session import client

        trail = self.settings
        return LookupEngine(
            lambda region: client("cloudtrail", region, self.session()),
            lambda: client("cloudtrail", session=self.session()).meta.region_name,
            table=f"{trail.database}.{trail.table}",
            timeout_seconds=trail.timeout_seconds,
            instead=Instead(missing, way),
        )

    @cached_property
    def _athena(self) -> "AthenaEngine":
        from bot.adapters.athena import AthenaEngine, AthenaSettings

        return AthenaEngine(AthenaSettings(**self._of_trail(AthenaSettings)), session=self.session())

    @cached_property
    def compactor(self) -> "Compactor":
        """What keeps the compact copy of the engine that the settings name."""
        if self.settings.engine != "athena":
            return self._duckdb
        from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
        from bot.adapters.aws.session import client

        settings = CompactSettings(**self._of_trail(CompactSettings))
        return AthenaCompactor(settings, lambda service: client(service, session=self.session()))

    def _of_trail(self, kind: Any) -> dict[str, Any]:
        """Those of the trail's settings that a dataclass of an adapter's has by the same name."""
        trail = self.settings
        wanted = {field.name for field in fields(kind)} & set(type(trail).model_fields)
        return trail.model_dump(include=wanted)

    @cached_property
    def _duckdb(self) -> "DuckdbEngine":
        trail = self.settings
        if not trail.location:
            raise NotConfigured(
                "The duckdb engine has no log files to read.",
                "Set NOROSHI_TRAIL__LOCATION to a folder, or to s3://….",
            )
        from bot.adapters.duckdb.engine import DuckdbEngine

        place = trail.model_dump(include={"database", "table", "timeout_seconds", "compact_location"})
        return DuckdbEngine(trail.location, **place)

    def paid(self, asker: str, up_to: float | None) -> TrailEngine:
        """Athena within the settings' limits; DuckDB costs nothing, whoever asks."""
        if self.settings.engine != "athena":
            return self.trail
        return self._metered(self._athena_or_history, asker, up_to)

    def _metered(
        self, engine: "Estimating", asker: str, up_to: float | None, **instead: float
    ) -> TrailEngine:
        from bot.trail.metered import Limits, MeteredEngine

        limits = Limits(**self._of_trail(Limits) | instead)
        return MeteredEngine(engine, limits, self._spending, asker, up_to)

    @cached_property
    def _spending(self) -> "Spending":
        from bot.trail.spending import Spending

        return Spending(self.store, self.now)

    def calls(self, place: Place, asker: str, up_to: float | None, *, since: datetime) -> TrailEngine:
        """Files on disk, else the table where that is next to free, else the place's event history, if it reaches back.

        What is older than the history, and in no account that we may ask in, is in the table alone, at its price.
        """
        trail = self.settings
        if trail.engine == "duckdb" and trail.location:
            return self.trail
        if since < self.now() - _REMEMBERED or not self.ways().leads_to(place.account_id):
            return self.paid(asker, up_to)
        from bot.adapters.fallback import QuickFirst

        return QuickFirst(self._history_of(place), self._next_to_free(asker, up_to))

    def _history_of(self, place: Place) -> TrailEngine:
        from bot.adapters.aws.lookup import LookupEngine
        from bot.adapters.aws.lookup_caveats import Instead
        from bot.adapters.aws.session import client

        if place not in self._histories:
            session = self.ways().session(place.account_id)
            made = LookupEngine(
                lambda region: client("cloudtrail", region, session),
                lambda: place.region,
                table=f"{self.settings.database}.{self.settings.table}",
                timeout_seconds=min(self.settings.timeout_seconds, _PATIENCE),
                instead=Instead("who did it", "older ones: /trail resource", self._whose(place.account_id)),
            )
            self._histories.setdefault(place, made)  # who came first: all share its pace
        return self._histories[place]

    def _whose(self, account_id: str) -> str:
        name = self.names.get(account_id)
        words = f"{name} ({account_id})" if name else account_id
        return f"account {words}" if words else "the bot’s own account"

    @cached_property
    def _histories(self) -> dict[Place, TrailEngine]:
        return {}

    def _next_to_free(self, asker: str, up_to: float | None) -> TrailEngine | None:
        """The table alone, for what costs some cents at most, or what was agreed to; None where there is none."""
        if self.settings.engine != "athena":
            return None
        asks = self.settings.ask_above_usd
        most = _NEXT_TO_FREE if asks is None else min(asks, _NEXT_TO_FREE)
        return self._metered(self._athena, asker, up_to, ask_above_usd=most)
