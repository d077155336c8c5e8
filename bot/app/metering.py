"""What Prometheus scrapes, put together: who counts, what was looked up, and the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.clock import now
from bot.app.glancing import Watched
from bot.core.glance import Glance
from bot.edges.alerting import Alerting
from bot.edges.health import Health
from bot.edges.web import Page, Web
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.edges.counters import Counters


@dataclass(frozen=True, slots=True)
class Metering:
    """`counting` hears of every call, None where nothing is to be scraped, or its library is missing."""

    given: Settings
    counting: "Counters | None" = None

    def web(self, alerting: Alerting, watched: Watched | None) -> Web | None:
        """What serves the page of this bot, with what is `watched`. None where no port is set."""
        metrics = self.given.metrics
        if metrics.port is None:
            return None
        health = Health(alerting, now)
        page: Page | None = None
        if self.counting and watched:
            glances, _ = watched
            page = _page(lambda: glances.glance, self.counting, alerting, health, self.given)
        return Web(metrics.host, metrics.port, page, health.faults)


def metering(given: Settings) -> Metering:
    """Who counts, where the settings say that something is scraped."""
    if given.metrics.port is None:
        return Metering(given)
    try:
        from bot.edges.counters import Counters
    except ModuleNotFoundError as error:
        if error.name != "prometheus_client":
            raise
        return Metering(given)
    return Metering(given, Counters())


def _page(
    glance: Callable[[], Glance], counters: "Counters", alerting: Alerting, health: Health, given: Settings
) -> Page:
    from bot.edges.metrics import Exposition, Sensed

    quick = (counters, Sensed(alerting.senses, health.faults))
    return Exposition(glance, quick, tuple(given.account_names.items())).page
