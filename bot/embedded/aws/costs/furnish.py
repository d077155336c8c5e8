"""Acme's bill in the stand-in, and what its payer has set up: an alarm, a budget, a monitor, all told by one topic."""

from datetime import UTC, datetime, time

from bot.embedded.aws.costs.billing import HOME
from bot.embedded.aws.costs.found import MONITOR, monitor_arn
from bot.embedded.aws.stand_in import AwsStandIn
from bot.embedded.incident import Incident
from bot.embedded.incident.spend import limits, spend_of

ALARM, BUDGET, TOPIC = "monthly-bill", "prod-monthly", "noroshi-bills"
_ALERT_PERCENT = 80


def furnish_bills(stand_in: AwsStandIn, incident: Incident) -> None:
    """Let the incident's spend be on the bill, with billing metrics on since its first day."""
    billing, spend = stand_in.billing, spend_of(incident)
    billing.spend = spend
    billing.estimates_since = datetime.combine(spend.first_day, time(), UTC)
    topic = f"arn:aws:sns:{HOME}:{incident.prod.id}:{TOPIC}"
    _alarm(stand_in, incident, topic)
    _budget(stand_in, incident, topic)
    _monitor(stand_in, incident, topic)


def _alarm(stand_in: AwsStandIn, incident: Incident, topic: str) -> None:
    stand_in.client("cloudwatch", region=HOME).put_metric_alarm(
        AlarmName=ALARM,
        AlarmDescription="Estimated charges of this month",
        Namespace="AWS/Billing",
        MetricName="EstimatedCharges",
        Dimensions=[{"Name": "Currency", "Value": "USD"}],
        Statistic="Maximum",
        Period=21600,
        EvaluationPeriods=1,
        ComparisonOperator="GreaterThanThreshold",
        Threshold=float(limits.alarm(incident).allowed),
        AlarmActions=[topic],
        OKActions=[topic],
    )


def _budget(stand_in: AwsStandIn, incident: Incident, topic: str) -> None:
    account_id = incident.prod.id
    stand_in.client("budgets", region=HOME).create_budget(
        AccountId=account_id,
        Budget={
            "BudgetName": BUDGET,
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": str(limits.planned(incident)), "Unit": "USD"},
            "CostFilters": {"LinkedAccount": [account_id]},
        },
        NotificationsWithSubscribers=[
            {
                "Notification": {
                    "NotificationType": "ACTUAL",
                    "ComparisonOperator": "GREATER_THAN",
                    "Threshold": _ALERT_PERCENT,
                    "ThresholdType": "PERCENTAGE",
                },
                "Subscribers": [{"SubscriptionType": "SNS", "Address": topic}],
            }
        ],
    )


def _monitor(stand_in: AwsStandIn, incident: Incident, topic: str) -> None:
    """Under the id that the story's messages have for it."""
    arn, day = monitor_arn(incident), f"{stand_in.billing.estimates_since:%Y-%m-%dT%H:%M:%SZ}"
    stand_in.billing.monitors[arn] = {
        "MonitorArn": arn,
        "MonitorName": MONITOR,
        "MonitorType": "DIMENSIONAL",
        "MonitorDimension": "SERVICE",
        "CreationDate": day,
        "LastUpdatedDate": day,
    }
    subscription = (
        f"arn:aws:ce::{incident.prod.id}:anomalysubscription/{incident.hexadecimal('subscription', 32)}"
    )
    stand_in.billing.subscriptions[subscription] = {
        "SubscriptionArn": subscription,
        "AccountId": incident.prod.id,
        "SubscriptionName": "security",
        "MonitorArnList": [arn],
        "Subscribers": [{"Type": "SNS", "Address": topic, "Status": "CONFIRMED"}],
        "Frequency": "IMMEDIATE",
        "ThresholdExpression": {
            "Dimensions": {
                "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                "Values": ["20"],
                "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
            }
        },
    }
