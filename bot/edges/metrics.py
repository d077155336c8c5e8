"""What Prometheus reads, of what is known: a scrape asks nobody; needs the extra `metrics`.

https://prometheus.io/docs/instrumenting/exposition_formats/. Money becomes a float here and nowhere before: Prometheus
has no other numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector

from bot import __version__
from bot.core import measures
from bot.core.glance import Glance
from bot.core.hearing.senses import QueueSense
from bot.core.measures import Measure
from bot.edges.glance_samples import Sample, samples
from bot.render.safe import clean

_OPEN = "application/openmetrics-text"


def gauge(measure: Measure, found: Iterable[Sample]) -> GaugeMetricFamily:
    """A family of samples, each the values of its labels and a number; what is hidden in a name is made visible.

    Half a character in one name would else make no page at all of all the others.
    """
    family = GaugeMetricFamily(measure.name, measure.help, labels=measure.labels)
    for labels, value in found:
        family.add_metric([clean(label, lines=True) for label in labels], float(value))
    return family


@dataclass(frozen=True, slots=True)
class Looked(Collector):
    """What was looked up; the same until something is looked up anew."""

    glance: Glance
    accounts: tuple[tuple[str, str], ...] = ()

    def collect(self) -> Iterator[Metric]:
        """A family for each measure that anything is known of."""
        yield InfoMetricFamily(
            measures.BUILD.name.removesuffix("_info"), measures.BUILD.help, {"version": __version__}
        )
        named: list[Sample] = [(each, 1) for each in self.accounts]
        for measure, found in ((measures.ACCOUNT, named), *samples(self.glance)):
            if found:
                yield gauge(measure, found)


@dataclass(frozen=True, slots=True)
class Sensed(Collector):
    """What the process knows of itself at any moment."""

    queues: Callable[[], Sequence[QueueSense]]
    faults: Callable[[], Sequence[str]]

    def collect(self) -> Iterator[Metric]:
        """The queues as the intakes last found them, and the bot's health."""
        queues = self.queues()
        lags = [((one.name,), Decimal(one.lag.total_seconds())) for one in queues if one.lag is not None]
        reachable = [((one.name,), Decimal(one.failing_since is None)) for one in queues]
        if queues:
            yield gauge(measures.LAG, lags)
            yield gauge(measures.REACHABLE, reachable)
        yield gauge(measures.FAULTS, [((), len(self.faults()))])


@dataclass(slots=True)
class Exposition:
    """The page; `glance` gives what was last looked up, `quick` is what changes from one scrape to the next.

    Thousands of samples of a bill are written once for each look, not for each scrape.
    """

    glance: Callable[[], Glance]
    quick: Sequence[Collector] = ()
    accounts: tuple[tuple[str, str], ...] = ()
    _of: Glance | None = None
    _kept: dict[str, bytes] = field(default_factory=dict)

    def page(self, accept: str) -> tuple[bytes, str]:
        """The whole page in the form that an Accept header asks for, and its content type; from any thread."""
        encode, form, end = _form(accept)
        quick = b"".join(encode(each).removesuffix(end) for each in self.quick)
        return self._looked(encode, form).removesuffix(end) + quick + end, form

    def _looked(self, encode: Callable[[Collector], bytes], form: str) -> bytes:
        glance, kept = self.glance(), self._kept
        if glance is not self._of:
            self._of, self._kept = glance, (kept := {})
        if form not in kept:
            kept[form] = encode(Looked(glance, self.accounts))
        return kept[form]


def _form(accept: str) -> tuple[Callable[[Collector], bytes], str, bytes]:
    """What writes the form that is named first, its content type, and its last line: people get the plain one.

    prometheus_client's own choice breaks over a version that is no number, and says back whatever was asked for.
    """
    named = [each.partition(";")[0].strip().lower() for each in accept.split(",")]
    first = next((each for each in named if each in (_OPEN, "text/plain")), "")
    if first == _OPEN:
        return openmetrics.generate_latest, openmetrics.CONTENT_TYPE_LATEST, b"# EOF\n"
    return generate_latest, CONTENT_TYPE_PLAIN_0_0_4, b""
