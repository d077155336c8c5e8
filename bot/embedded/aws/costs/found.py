"""What Cost Anomaly Detection finds in the incident's spend: the machines in Tokyo, and a day of debug logs."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.embedded.aws.costs.billing import Billing, Json
from bot.embedded.incident.spend import Charge, Spend, debugged
from bot.embedded.incident.story import Incident

MONITOR = "every-service"


def monitor_arn(incident: Incident) -> str:
    """Of the monitor that Acme has: the one that the story's messages name."""
    return f"arn:aws:ce::{incident.prod.id}:anomalymonitor/{incident.hexadecimal('monitor', 32)}"


def anomalies(billing: Billing) -> Iterator[Json]:
    """All of them as known now, the newest first; only what a monitor looks at is ever found."""
    spend = billing.spend
    if spend is None or monitor_arn(spend.incident) not in billing.monitors:
        return
    incident = spend.incident
    usage = f"APN1-BoxUsage:{incident.gpu_types[-1]}"
    started = incident.times.instances_started.date()
    last = billing.as_of().date()
    yield from _anomaly(billing, spend, incident.hexadecimal("anomaly", 32), usage, (started, last))
    logs = debugged(incident)
    ident = incident.hexadecimal("anomaly of logs", 32)
    yield from _anomaly(billing, spend, ident, "EU-DataProcessing-Bytes", (logs, logs))


def _anomaly(
    billing: Billing, spend: Spend, ident: str, usage: str, days: tuple[date, date]
) -> Iterator[Json]:
    """One usage type of prod's in some days, without an end while it goes on; nothing before the bill holds it."""
    incident, (first, last) = spend.incident, days
    charges = _charges(billing, incident.prod.id, usage, first, last)
    if not charges:
        return
    week = timedelta(days=7)
    before = _charges(billing, incident.prod.id, usage, first - week, last - week)
    actual, expected = (round(float(sum(each.unblended for each in some)), 2) for some in (charges, before))
    by_day = [
        sum(each.unblended for each in charges if each.day == day) for day in {each.day for each in charges}
    ]
    yield {
        "AnomalyId": ident,
        "AnomalyStartDate": f"{first}T00:00:00Z",
        "DimensionValue": charges[0].service,
        "RootCauses": [_cause(charges[0], incident.prod.name, round(actual - expected, 2))],
        "AnomalyScore": {"MaxScore": 0.82, "CurrentScore": 0.82},
        "Impact": _impact(actual, expected, round(float(max(by_day)), 2)),
        "MonitorArn": monitor_arn(incident),
        **({} if last == billing.as_of().date() else {"AnomalyEndDate": f"{last}T00:00:00Z"}),
        **({"Feedback": billing.feedback[ident]} if ident in billing.feedback else {}),
    }


def _charges(billing: Billing, account_id: str, usage: str, first: date, last: date) -> list[Charge]:
    known = billing.charges(account_id, first, last + timedelta(days=1), billing.as_of())
    return [each for each in known if each.usage_type == usage and each.account_id == account_id]


def _cause(charge: Charge, account_name: str, contribution: float) -> Json:
    return {
        "Service": charge.service,
        "Region": charge.region,
        "LinkedAccount": charge.account_id,
        "LinkedAccountName": account_name,
        "UsageType": charge.usage_type,
        "Impact": {"Contribution": contribution},
    }


def _impact(actual: float, expected: float, highest: float) -> Json:
    impact = round(actual - expected, 2)
    share = {"TotalImpactPercentage": round(impact / expected * 100, 2)} if expected else {}
    return {
        "MaxImpact": min(highest, impact),
        "TotalImpact": impact,
        "TotalActualSpend": actual,
        "TotalExpectedSpend": expected,
    } | share
