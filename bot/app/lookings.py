"""What is looked up now and then, part by part, as the settings say: for Prometheus, and for people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.adapters.aws.guardduty_open import open_findings
from bot.adapters.aws.queue_depth import Depths
from bot.app.alerts import ledger
from bot.app.clock import now
from bot.app.production import Production
from bot.core.configuration.item import Place
from bot.core.glance import Part
from bot.core.standing.overview import SHOWN
from bot.edges import looks, record_looks
from bot.edges.glances import Looking, Seen
from bot.errors import Upstream
from bot.settings_parts import SOURCE_NAMES

_QUEUES = timedelta(minutes=1)
"""How often the queues are looked at: what waits there is news of this minute, and a request is next to nothing."""
_OWN = timedelta(seconds=30)
"""How often the bot's own record is: what it has just told of must not stand there as nothing."""
_PRICED = timedelta(hours=3)
"""How often at most the bill is: AWS brings it up to date every six hours, and CloudWatch charges USD 0.01 for 1,000
series. What is expected is asked as often, for it asks for the same figures."""
_SELDOM = timedelta(hours=1)
"""How often at most every bucket is, which takes some requests each: one that opens is told at once anyway. And
the checks, which look at all of an account."""
_AT_MOST: dict[Part, timedelta] = {
    "spend": _PRICED,
    "forecast": _PRICED,
    "buckets": _SELDOM,
    "advice": _SELDOM,
}
_SOONEST: dict[Part, timedelta] = {"problems": timedelta(seconds=10)}
"""How soon after a look somebody may have another: the bot's own record can be read whenever somebody asks."""
_OFF: dict[Part, str] = {
    "problems": "alerts are off (NOROSHI_ALERTS__QUEUE_URL)",
    "queues": "there is no queue (NOROSHI_ALERTS__QUEUE_URL)",
}
Asks = dict[Part, Callable[[], Seen]]


@dataclass(frozen=True, slots=True)
class Lookings:
    """`link` says where a message of a channel is found.

    `production` is the bot's own: its bills are asked once for questions, metrics and alerts. All else is looked up by
    one apart, so that no question waits for its pace.
    """

    production: Production
    link: record_looks.Link = record_looks.no_link

    def all(self) -> list[Looking]:
        """Every part of a glance that the settings make possible."""
        given = self.production.settings
        every = timedelta(minutes=given.metrics.refresh_minutes)
        soon = min(every, timedelta(minutes=given.home.refresh_minutes) or every)
        free = {
            "queues": min(soon, _QUEUES),
            "problems": min(soon, _OWN),
            "open_findings": soon,
            "compliance": soon,
        }
        paces = free | {part: max(every, pace) for part, pace in _AT_MOST.items()}
        return [
            Looking(part, ask, paces.get(part, every), part in _AT_MOST, _SOONEST.get(part, _QUEUES))
            for part, ask in self._asks().items()
        ]

    def off(self) -> dict[Part, str]:
        """Why parts are never looked at."""
        possible = self._asks()
        return {part: _OFF.get(part, "it is switched off") for part in SHOWN if part not in possible}

    def _asks(self) -> Asks:
        apart = Production(self.production.settings, self.production.counting)
        return {**_of_aws(apart), **self._of_bills(), **self._of_alerts(apart)}

    @property
    def _by(self) -> tuple[str, ...]:
        """What the bill is asked by: people are shown its sum alone."""
        return looks.BEARERS if self.production.counting else ("service",)

    def _of_bills(self) -> Asks:
        # Made before any loop begins: threads that come first together would each make their own.
        bills, by = self.production.bills, self._by
        return {
            "spend": lambda: looks.spend(bills, now(), by),
            "forecast": lambda: looks.month_end(bills, now(), by),
            "requests": lambda: Seen(bills.asked()),
        }

    def _of_alerts(self, apart: Production) -> Asks:
        alerts = apart.settings.alerts
        if not (alerts.queue_url and alerts.channel):
            return {}
        depths = Depths(lambda: apart.session)

        def problems() -> Seen:
            book = ledger(apart.settings, self.production.store)
            return record_looks.problems(record_looks.Record(book, alerts.channels, SOURCE_NAMES, self.link))

        def queues() -> Seen:
            urls = {url.rpartition("/")[2]: url for url in alerts.queue_url}
            return looks.each_of(urls, lambda name: depths.of(urls[name]))

        return {"problems": problems, "queues": queues}


def _of_aws(production: Production) -> Asks:
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

    by_place: Asks = {"findings": findings} if production.counting else {}
    return by_place | {
        "open_findings": lambda: looks.open_findings(production.findings),
        "buckets": buckets,
        "advice": lambda: looks.advice(production.advice),
        "compliance": lambda: looks.compliance(production.configurations, places()),
    }
