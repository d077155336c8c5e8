"""What the bot does, counted while it runs; needs the extra `metrics`."""

from collections.abc import Iterator
from typing import cast

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.core import measures
from bot.core.measures import Measure
from bot.core.outcome import Outcome

_EXPLORER = "cost-explorer"


class Counters(Collector):
    """Satisfies `bot.ports.Counting`, and is what prometheus_client collects."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._deliveries = self._counter(measures.DELIVERIES)
        self._waits = self._histogram(measures.DELIVERY_LATENCY)
        self._slack, self._slack_seconds = (
            self._counter(measures.SLACK_CALLS),
            self._histogram(measures.SLACK_SECONDS),
        )
        self._aws, self._aws_seconds = (
            self._counter(measures.AWS_CALLS),
            self._histogram(measures.AWS_SECONDS),
        )
        self._explorer = self._counter(measures.REQUESTS)

    def aws(self, service: str, operation: str, outcome: Outcome, seconds: float) -> None:
        """A request to AWS."""
        self._aws.labels(service, operation, outcome).inc()
        self._aws_seconds.labels(service).observe(seconds)
        if service == _EXPLORER:
            self._explorer.inc()

    def slack(self, method: str, outcome: Outcome, seconds: float) -> None:
        """A call of Slack's."""
        self._slack.labels(method, outcome).inc()
        self._slack_seconds.labels(method).observe(seconds)

    def delivered(self, channel: str, does: str, outcome: Outcome, waited: float | None) -> None:
        """A message of an alert's."""
        self._deliveries.labels(channel, does, outcome).inc()
        if waited is not None:
            self._waits.observe(max(0.0, waited))  # Slack's clock, AWS's and ours are three

    def collect(self) -> Iterator[Metric]:
        """Without `_created`: in the plain text it would be one more series beside each."""
        for family in self._registry.collect():
            family.samples = [each for each in family.samples if not each.name.endswith("_created")]
            yield family

    def _counter(self, measure: Measure) -> Counter:
        return Counter(measure.name, measure.help, measure.labels, registry=self._registry)

    def _histogram(self, measure: Measure) -> Histogram:
        buckets = cast("tuple[float | str, ...]", measure.buckets)
        return Histogram(measure.name, measure.help, measure.labels, registry=self._registry, buckets=buckets)
