"""What Prometheus is told: every metric by name, with its meaning and labels. bot/deploy/METRICS.md explains them.

Names follow https://prometheus.io/docs/practices/naming/. Money has no unit in its name: its `currency` is a label.
No label takes a value that strangers choose, or that there could be thousands of.
"""

from dataclasses import dataclass
from typing import Literal

_CALLS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_DELIVERIES = (1.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric; `name` is its samples', a histogram's without `_bucket`."""

    name: str
    kind: Literal["gauge", "counter", "histogram", "info"]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


def _gauge(name: str, words: str, *labels: str) -> Measure:
    return Measure(f"noroshi_{name}", "gauge", words, labels)


def _counter(name: str, words: str, *labels: str) -> Measure:
    return Measure(f"noroshi_{name}", "counter", words, labels)


def _histogram(name: str, words: str, buckets: tuple[float, ...], *labels: str) -> Measure:
    return Measure(f"noroshi_{name}", "histogram", words, labels, buckets)


BUILD = Measure("noroshi_build_info", "info", "The running version.", ("version",))
ACCOUNT = _gauge("account_info", "An account and what people call it; always 1.", "account", "name")

MONTH_TO_DATE = _gauge(
    "cost_month_to_date",
    "Charged this month so far (UTC), without credits and refunds, in the currency's own unit.",
    "account",
    "service",
    "currency",
)
YESTERDAY = _gauge(
    "cost_yesterday",
    "Charged yesterday (UTC), without credits and refunds, in the currency's own unit.",
    "account",
    "service",
    "currency",
)
MONTH_END = _gauge("cost_forecast_month_end", "What the whole month is expected to cost.", "currency")
AS_OF = _gauge(
    "cost_as_of_timestamp_seconds", "How fresh the figures of costs are, and whose they are.", "source"
)
REQUESTS = _counter(
    "cost_explorer_requests_total", "Requests that this process sent to Cost Explorer, paid each."
)
REQUESTS_TODAY = _gauge(
    "cost_explorer_requests_today", "Paid requests to Cost Explorer today (UTC), of all replicas."
)
REQUESTS_LIMIT = _gauge("cost_explorer_requests_today_limit", "The most of them in a day.")

PROBLEMS = _gauge(
    "open_problems",
    "Open problems on the bot's record; state is new, acknowledged or muted.",
    "source",
    "severity",
    "state",
)
IN_STORM = _gauge("open_problems_in_storm", "Open problems that only the last storm's digest tells of.")
FINDINGS = _gauge(
    "guardduty_findings", "GuardDuty's findings that are not archived.", "account", "region", "severity"
)
PUBLIC = _gauge("public_buckets", "Buckets that are open to everybody.", "account")
UNKNOWN = _gauge("unknown_buckets", "Buckets of which nobody can tell whether they are open.", "account")
BROKEN = _gauge("noncompliant_resources", "Resources that break a rule of AWS Config.", "account", "region")
RULES = _gauge("noncompliant_rules", "Rules of AWS Config that something breaks.", "account", "region")

MESSAGES = _gauge(
    "queue_messages",
    "Messages in a queue, as SQS guesses; state is visible, in_flight or delayed.",
    "queue",
    "state",
)
DEAD = _gauge("dead_letter_messages", "Messages in the dead-letter queue behind a queue.", "queue")
LAG = _gauge("queue_lag_seconds", "How long the oldest message of the last receive had waited.", "queue")
REACHABLE = _gauge("queue_reachable", "1 where the last receive worked, else 0.", "queue")
FAULTS = _gauge("health_faults", "How many sentences /health has to say against the bot; 0 is well.")

DELIVERIES = _counter(
    "deliveries_total",
    "Messages of alerts, as they ended; does is post, reply or edit.",
    "channel",
    "does",
    "outcome",
)
DELIVERY_LATENCY = _histogram(
    "delivery_latency_seconds", "From an event's own time to its post standing in Slack.", _DELIVERIES
)
SLACK_CALLS = _counter("slack_calls_total", "Calls of Slack's Web API, as they ended.", "method", "outcome")
SLACK_SECONDS = _histogram(
    "slack_call_duration_seconds", "How long a call of Slack's took.", _CALLS, "method"
)
AWS_CALLS = _counter(
    "aws_calls_total",
    "Requests to AWS, each try by itself, as they ended.",
    "service",
    "operation",
    "outcome",
)
AWS_SECONDS = _histogram("aws_call_duration_seconds", "How long a request to AWS took.", _CALLS, "service")

SUCCESS = _gauge(
    "refresh_success",
    "1 where the last look at a part gave something, 0 where it failed and the part is absent.",
    "part",
)
REFRESHED = _gauge("refresh_timestamp_seconds", "When a part was last looked at.", "part")
REFRESH_SECONDS = _gauge("refresh_duration_seconds", "How long the last look at a part took.", "part")
UNSEEN = _gauge(
    "refresh_unseen", "Accounts, places or queues that the last look at a part could not see.", "part"
)

MEASURES: tuple[Measure, ...] = tuple(each for each in dict(globals()).values() if isinstance(each, Measure))
"""All of them."""
