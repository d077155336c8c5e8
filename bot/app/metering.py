"""What Prometheus scrapes, put together: who counts, what is looked up now and then, and the page."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.adapters.aws.guardduty_open import open_findings
from bot.adapters.aws.queue_depth import Depths
from bot.app.alerts import ledger, open_store
from bot.app.production import Production
from bot.core.configuration.item import Place
from bot.core.glance import Glance, Part
from bot.edges import looks
from bot.edges.alerting import Alerting
from bot.edges.glances import Glances, Looking, Seen
from bot.edges.health import Health
from bot.edges.web import Page, Web
from bot.errors import Upstream
from bot.ports import Counting
from bot.settings import Settings
from bot.settings_parts import SOURCE_NAMES

if TYPE_CHECKING:
    from bot.edges.counters import Counters

_QUEUES = timedelta(minutes=1)
"""How often the queues are looked at: what waits there is news of this minute, and a request is next to nothing."""
_SELDOM = timedelta(hours=1)
"""How often at most the bill is, which AWS brings up to date every six hours, and CloudWatch charges by the series;
and every bucket, which takes some requests each: one that opens is told at once anyway."""
_DEAR: tuple[Part, ...] = ("spend", "forecast", "buckets")


@dataclass(frozen=True, slots=True)
class Metering:
    """`counting` hears of every call, None where nothing is to be scraped, or its library is missing."""

    given: Settings
    counting: "Counters | None" = None

    def web(self, alerting: Alerting) -> Web | None:
        """What serves the page of this bot; its looks become loops of `alerting`. None where no port is set."""
        metrics = self.given.metrics
        if metrics.port is None:
            return None
        health = Health(alerting, _now)
        page: Page | None = None
        if self.counting:
            glances = Glances(lookings(self.given, self.counting), _now)
            alerting.loops = [*alerting.loops, *glances.loops()]
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


def lookings(given: Settings, counting: Counting | None) -> list[Looking]:
    """Every part of a glance that the settings make possible."""
    every = timedelta(minutes=given.metrics.refresh_minutes)
    asks = {**_of_aws(Production(given, counting)), **_of_alerts(given, counting)}
    pace = {"queues": min(every, _QUEUES)} | dict.fromkeys(_DEAR, max(every, _SELDOM))
    return [Looking(part, ask, pace.get(part, every)) for part, ask in asks.items()]


def _of_aws(production: Production) -> dict[Part, Callable[[], Seen]]:
    def findings() -> Seen:
        return looks.each_of(places(), lambda each: open_findings(production.client("guardduty", each)))

    def buckets() -> Seen:
        accounts = dict.fromkeys(each.account_id for each in places())
        return looks.buckets(production.public_access, accounts)

    def places() -> tuple[Place, ...]:
        found = production.places
        if not found[0].account_id:
            raise Upstream("AWS does not say whose account this is.", "Run: noroshi doctor --only aws")
        return found

    return {
        "spend": lambda: looks.spend(production.bills, _now()),
        "forecast": lambda: looks.month_end(production.bills, _now()),
        "requests": lambda: Seen(production.bills.asked()),
        "findings": findings,
        "buckets": buckets,
        "compliance": lambda: looks.compliance(production.configurations, places()),
    }


def _of_alerts(given: Settings, counting: Counting | None) -> dict[Part, Callable[[], Seen]]:
    if not (given.alerts.queue_url and given.alerts.channel):
        return {}
    production = Production(given, counting)
    depths = Depths(lambda: production.session)

    def problems() -> Seen:
        with closing(open_store(given, counting)) as store:
            return looks.problems(ledger(given, store), given.alerts.channels, SOURCE_NAMES)

    def queues() -> Seen:
        urls = {url.rpartition("/")[2]: url for url in given.alerts.queue_url}
        return looks.each_of(urls, lambda name: depths.of(urls[name]))

    return {"problems": problems, "queues": queues}


def _page(
    glance: Callable[[], Glance], counters: "Counters", alerting: Alerting, health: Health, given: Settings
) -> Page:
    from bot.edges.metrics import Exposition, Sensed

    quick = (counters, Sensed(alerting.senses, health.faults))
    return Exposition(glance, quick, tuple(given.account_names.items())).page


def _now() -> datetime:
    return datetime.now(UTC)
