"""What the Grafana dashboard shows, row by row; every name is one of bot.core.measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core import measures as m

Kind = Literal["timeseries", "stat", "bargauge", "table"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: `asks` are PromQL with the legend of each; `bad` is from which value on it is red."""

    title: str
    kind: Kind
    width: int
    asks: tuple[tuple[str, str], ...]
    unit: str = "short"
    bad: float | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Panels that belong together."""

    title: str
    panels: Sequence[Panel]


def _rate(counter: m.Measure, by: str, where: str = "") -> str:
    return f"sum by ({by}) (rate({counter.name}{where}[$__rate_interval]))"


def _quantile(share: float, histogram: m.Measure, by: str = "") -> str:
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({histogram.name}_bucket[$__rate_interval])))"


def _top(measure: m.Measure, by: str) -> str:
    return f"topk(15, sum by ({by}) ({measure.name}))"


_BAD_AWS = '{outcome!~"ok|absent"}'
_BAD = '{outcome!="ok"}'
_MONEY = "What is not known is not drawn. Credits and refunds are left out."

ROWS = (
    Row(
        "Money",
        (
            Panel(
                "Month to date",
                "stat",
                4,
                ((f"sum by (currency) ({m.MONTH_TO_DATE.name})", "{{currency}}"),),
                about=_MONEY,
            ),
            Panel("Whole month, expected", "stat", 4, ((m.MONTH_END.name, "{{currency}}"),)),
            Panel(
                "Yesterday",
                "stat",
                4,
                ((f"sum by (currency) ({m.YESTERDAY.name})", "{{currency}}"),),
                about=_MONEY,
            ),
            Panel(
                "Age of the figures", "stat", 4, ((f"time() - {m.AS_OF.name}", "{{source}}"),), "s", 129_600
            ),
            Panel(
                "Cost Explorer requests today",
                "stat",
                8,
                ((m.REQUESTS_TODAY.name, "asked"), (m.REQUESTS_LIMIT.name, "at most")),
                about="USD 0.01 each.",
            ),
            Panel(
                "Month to date by service",
                "timeseries",
                12,
                ((_top(m.MONTH_TO_DATE, "service, currency"), "{{service}} ({{currency}})"),),
            ),
            Panel(
                "Yesterday by account",
                "bargauge",
                12,
                ((_top(m.YESTERDAY, "account, currency"), "{{account}} ({{currency}})"),),
            ),
        ),
    ),
    Row(
        "What is wrong",
        (
            Panel(
                "Open, nobody acknowledged",
                "stat",
                6,
                ((f'sum by (severity) ({m.PROBLEMS.name}{{state="new"}})', "{{severity}}"),),
                bad=1,
            ),
            Panel("In a storm's digest alone", "stat", 3, ((m.IN_STORM.name, "problems"),)),
            Panel("Public buckets", "stat", 3, ((f"sum({m.PUBLIC.name})", "public"),), bad=1),
            Panel("Buckets nobody can tell of", "stat", 3, ((f"sum({m.UNKNOWN.name})", "unknown"),)),
            Panel("Resources that break a rule", "stat", 5, ((f"sum({m.BROKEN.name})", "resources"),)),
            Panel("Broken rules", "stat", 4, ((f"sum({m.RULES.name})", "rules"),)),
            Panel(
                "Open problems by source",
                "timeseries",
                8,
                ((f"sum by (source) ({m.PROBLEMS.name})", "{{source}}"),),
            ),
            Panel(
                "GuardDuty's findings",
                "timeseries",
                8,
                ((f"sum by (severity) ({m.FINDINGS.name})", "{{severity}}"),),
            ),
            Panel(
                "Public buckets by account",
                "table",
                8,
                (
                    (
                        f"({m.PUBLIC.name} > 0) * on (account) group_left (name) {m.ACCOUNT.name} or {m.PUBLIC.name} > 0",
                        "",
                    ),
                ),
            ),
        ),
    ),
    Row(
        "Alerts on their way",
        (
            Panel(
                "Messages in queues",
                "timeseries",
                8,
                ((f"sum by (queue, state) ({m.MESSAGES.name})", "{{queue}} {{state}}"),),
            ),
            Panel("How far behind", "timeseries", 8, ((m.LAG.name, "{{queue}}"),), "s", 900),
            Panel("Dead letters", "stat", 3, ((m.DEAD.name, "{{queue}}"),), bad=1),
            Panel("Queue can be reached", "stat", 2, ((m.REACHABLE.name, "{{queue}}"),)),
            Panel(
                "Health",
                "stat",
                3,
                ((m.FAULTS.name, "faults"), (f"count by (version) ({m.BUILD.name})", "{{version}}")),
                bad=1,
            ),
            Panel(
                "From an event to Slack",
                "timeseries",
                12,
                ((_quantile(0.5, m.DELIVERY_LATENCY), "half"), (_quantile(0.95, m.DELIVERY_LATENCY), "95 %")),
                "s",
                60,
            ),
            Panel(
                "Deliveries",
                "timeseries",
                12,
                ((_rate(m.DELIVERIES, "does, outcome"), "{{does}} {{outcome}}"),),
                "ops",
            ),
        ),
    ),
    Row(
        "Calls",
        (
            Panel(
                "AWS requests by service",
                "timeseries",
                8,
                ((_rate(m.AWS_CALLS, "service"), "{{service}}"),),
                "reqps",
            ),
            Panel(
                "AWS requests that failed",
                "timeseries",
                8,
                ((_rate(m.AWS_CALLS, "service, outcome", _BAD_AWS), "{{service}} {{outcome}}"),),
                "reqps",
            ),
            Panel(
                "AWS, 95 % within",
                "timeseries",
                8,
                ((_quantile(0.95, m.AWS_SECONDS, "service"), "{{service}}"),),
                "s",
            ),
            Panel(
                "Slack calls by method",
                "timeseries",
                8,
                ((_rate(m.SLACK_CALLS, "method"), "{{method}}"),),
                "reqps",
            ),
            Panel(
                "Slack calls that failed",
                "timeseries",
                8,
                ((_rate(m.SLACK_CALLS, "method, outcome", _BAD), "{{method}} {{outcome}}"),),
                "reqps",
            ),
            Panel(
                "Slack, 95 % within",
                "timeseries",
                8,
                ((_quantile(0.95, m.SLACK_SECONDS, "method"), "{{method}}"),),
                "s",
            ),
        ),
    ),
    Row(
        "How much of this is known",
        (
            Panel(
                "Parts that could be looked up",
                "stat",
                8,
                ((m.SUCCESS.name, "{{part}}"),),
                about="0: what the part tells is absent from the pictures above.",
            ),
            Panel("Age of each part", "timeseries", 6, ((f"time() - {m.REFRESHED.name}", "{{part}}"),), "s"),
            Panel("How long a look takes", "timeseries", 4, ((m.REFRESH_SECONDS.name, "{{part}}"),), "s"),
            Panel("Places that could not be seen", "stat", 3, ((m.UNSEEN.name, "{{part}}"),), bad=1),
            Panel(
                "Cost Explorer requests of this process",
                "stat",
                3,
                ((f"sum(increase({m.REQUESTS.name}[1d]))", "a day"),),
            ),
        ),
    ),
)
