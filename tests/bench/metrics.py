"""One scrape of 200 accounts by 40 services: how long it takes, against as many plain gauges of prometheus_client.

    python tests/bench/metrics.py

Each account and service has two samples (month to date, yesterday). The floor is the same run's exposition of as many
gauges by the library itself, which keeps each as an object of its own; ours writes a bill once a look.
"""

import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.core.glance import Bearer, Glance, Spend
from bot.edges.counters import Counters
from bot.edges.metrics import Exposition, Sensed
from tests.glanced import NOW

ACCOUNTS, SERVICES, TIMES = 200, 40, 15
PLAIN, OPEN = "text/plain", "application/openmetrics-text"


def bearers():
    """Every account with every service."""
    return [Bearer(f"{n:012}", f"AmazonService{m}") for n in range(ACCOUNTS) for m in range(SERVICES)]


def glance():
    """A look at such a bill; each is another object, as each look makes one."""
    costs = {who: Decimal(f"{n}.{n % 100:02}") for n, who in enumerate(bearers())}
    return Glance(spend=Spend(costs, costs, "USD", NOW, "cloudwatch"))


def gauges():
    """The same samples as gauges of the library's own."""
    registry = CollectorRegistry()
    for name in ("month_to_date", "yesterday"):
        made = Gauge(f"plain_cost_{name}", "Plain.", ["account", "service", "currency"], registry=registry)
        for n, who in enumerate(bearers()):
            made.labels(who.account, who.service, "USD").set(n)
    return registry


def counters():
    """As many calls as a busy bot has kinds of."""
    made = Counters()
    for n in range(150):
        made.aws(f"service{n % 15}", f"Operation{n}", "ok", 0.1)
        made.slack(f"method{n % 20}", "ok", 0.1)
    return made


def took(work):
    """Milliseconds, the middle of some runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main():
    """Measure and print; exit code 1 where a scrape takes longer than the plain gauges."""
    seen = [glance()]
    page = Exposition(lambda: seen[-1], (counters(), Sensed(list, list)))

    def after_a_look():
        seen.append(Glance(spend=seen[0].spend))
        page.page(PLAIN)

    registry = gauges()
    floor, first = took(lambda: generate_latest(registry)), took(after_a_look)
    plain, opened = took(lambda: page.page(PLAIN)), took(lambda: page.page(OPEN))
    size = len(page.page(PLAIN)[0]) / 1e6
    print(f"{ACCOUNTS} accounts × {SERVICES} services, {2 * ACCOUNTS * SERVICES:,} samples, {size:.1f} MB")
    print(f"plain gauges of prometheus_client   {floor:8.1f} ms   1.00")
    print(f"the first scrape after a look       {first:8.1f} ms   {first / floor:.2f}")
    print(f"every other scrape, plain text      {plain:8.1f} ms   {plain / floor:.3f}")
    print(f"every other scrape, OpenMetrics     {opened:8.1f} ms   {opened / floor:.3f}")
    return 0 if plain < floor and opened < floor else 1


if __name__ == "__main__":
    sys.exit(main())
