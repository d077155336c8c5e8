"""What the machines in Tokyo cost, as AWS tells of it: an anomaly, an alarm on the bill, a budget.

Shapes: Cost Management user guide, "Detecting unusual spend"; CloudWatch user guide, "Alarm events"; the text
of AWS Budgets' notifications. The amounts are the incident's own spend, as Cost Explorer has it.
"""

import json
from datetime import datetime, timedelta

from bot.embedded.incident.company import Place
from bot.embedded.incident.news.envelope import BySns, Json, OnBus, event
from bot.embedded.incident.spend import compute, limits
from bot.embedded.incident.story import Incident

_EXPECTED = 0.0


def anomaly(incident: Incident, at: datetime, *, hours: float) -> tuple[OnBus, ...]:
    """EC2 costs more than expected after so many hours of the machines; the same anomaly, however often told."""
    cost = float(round(compute(incident, incident.times.instances_started + timedelta(hours=hours)), 2))
    place = Place(incident.prod.id, "us-east-1")
    day = f"{incident.times.instances_started:%Y-%m-%d}T00:00:00Z"
    monitor, ident = incident.hexadecimal("monitor", 32), incident.hexadecimal("anomaly", 32)
    detail = {
        "accountId": place.account_id,
        "anomalyId": ident,
        "anomalyDetailsLink": "https://console.aws.amazon.com/cost-management/home#/anomaly-detection/monitors/"
        f"{monitor}/anomalies/{ident}",
        "anomalyStartDate": day,
        "anomalyEndDate": day,
        "anomalyScore": {"currentScore": 0.82, "maxScore": 0.82},
        "dimensionalValue": "Amazon Elastic Compute Cloud - Compute",
        "impact": {
            "maxImpact": cost,
            "totalActualSpend": cost,
            "totalExpectedSpend": _EXPECTED,
            "totalImpact": cost,
        },
        "monitorArn": f"arn:aws:ce::{place.account_id}:anomalymonitor/{monitor}",
        "monitorName": "every-service",
        "rootCauses": [_cause(incident, cost)],
        "subscriptionName": "security",
    }
    return (OnBus(event("aws.ce", "Anomaly Detected", place, at, detail)),)


def _cause(incident: Incident, cost: float) -> Json:
    return {
        "service": "Amazon Elastic Compute Cloud - Compute",
        "region": incident.gpu_region,
        "linkedAccount": incident.prod.id,
        "linkedAccountName": incident.prod.name,
        "usageType": f"APN1-BoxUsage:{incident.gpu_types[-1]}",
        "impact": {"contribution": cost},
    }


def bill(at: datetime, incident: Incident, *, over: bool = True) -> tuple[BySns, ...]:
    """The month's bill passes the alarm, or (the limit was raised) stands below it again."""
    was, now = ("OK", "ALARM") if over else ("ALARM", "OK")
    alarm_at = limits.alarm(incident)
    limit, spent = float(alarm_at.allowed if over else alarm_at.raised), float(alarm_at.spent)
    said = "was greater than" if over else "was not greater than"
    reason = (
        f"Threshold Crossed: 1 datapoint [{spent} ({at:%d/%m/%y %H:%M:00})] {said} the threshold ({limit})."
    )
    alarm = {
        "AlarmName": "monthly-bill",
        "AlarmDescription": "Estimated charges of this month",
        "AWSAccountId": incident.prod.id,
        "NewStateValue": now,
        "NewStateReason": reason,
        "StateChangeTime": f"{at:%Y-%m-%dT%H:%M:%S}.000+0000",
        "Region": "US East (N. Virginia)",
        "AlarmArn": f"arn:aws:cloudwatch:us-east-1:{incident.prod.id}:alarm:monthly-bill",
        "OldStateValue": was,
        "Trigger": {
            "MetricName": "EstimatedCharges",
            "Namespace": "AWS/Billing",
            "StatisticType": "Statistic",
            "Statistic": "MAXIMUM",
            "Unit": None,
            "Dimensions": [{"value": "USD", "name": "Currency"}],
            "Period": 21600,
            "EvaluationPeriods": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": limit,
        },
    }
    return (BySns(f'{now}: "monthly-bill" in US East (N. Virginia)', json.dumps(alarm)),)


def budget(at: datetime, incident: Incident) -> tuple[BySns, ...]:
    """The budget's own note, in plain text as it has always been."""
    (alert, spent), planned = limits.alert(incident), limits.planned(incident)
    message = f"""AWS Budget Notification {at:%B %d, %Y}
AWS Account {incident.prod.id}

Dear AWS Customer,

You requested that we alert you when the ACTUAL Cost associated with your prod-monthly budget is greater than \
${alert:,.2f} for the current month. The ACTUAL Cost associated with this budget is ${spent:,.2f}. You can find \
additional details below and by accessing the AWS Budgets dashboard [1].

Budget Name: prod-monthly
Budget Type: Cost
Budgeted Amount: ${planned:,.2f}
Alert Type: ACTUAL
Alert Threshold: > ${alert:,.2f}
ACTUAL Amount: ${spent:,.2f}

[1] https://console.aws.amazon.com/billing/home#/budgets
"""
    return (BySns("AWS Budgets: prod-monthly has exceeded your alert threshold", message),)
