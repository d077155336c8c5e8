"""What watches the bill in AWS: CloudWatch's alarm, a budget, Cost Anomaly Detection; each tells one topic.

Docs: CloudWatch, Creating a billing alarm; AWS Budgets API, CreateBudget; Cost Management API, CreateAnomalyMonitor and
CreateAnomalySubscription. All of them are in us-east-1.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.adapters.aws.billing_steps import Step
from bot.adapters.aws.errors import asking, code
from bot.core.money import money
from bot.errors import Upstream

NAME = "noroshi"
_SIX_HOURS = 6 * 60 * 60
_ALARM = "noroshi-bill"
_METRIC = {"Namespace": "AWS/Billing", "MetricName": "EstimatedCharges"}
_USD = [{"Name": "Currency", "Value": "USD"}]
_LEAST_IMPACT = "10"
"""USD: an anomaly of less is not told."""
_PREFERENCES = "https://console.aws.amazon.com/billing/home#/preferences"


@dataclass(frozen=True, slots=True)
class Watchers:
    """`client` gives one of a service; `account_id` is the payer's, or its own bill's."""

    client: Callable[[str], Any]
    account_id: str
    topic_arn: str

    def switch(self) -> Step:
        """Whether CloudWatch is given the bill at all: only a person can switch that on, and nobody off again."""
        with asking("cloudwatch:ListMetrics", "whether it has the bill"):
            found = self.client("cloudwatch").list_metrics(**_METRIC).get("Metrics")
        if found:
            return Step("switch", "CloudWatch has the bill (Receive CloudWatch Billing Alerts is on)")
        words = "CloudWatch has no bill yet: “Receive CloudWatch Billing Alerts” must be switched on by hand"
        fix = (
            f"As the payer: {_PREFERENCES} → Alert preferences; the first figures come about 15 minutes later"
        )
        return Step("switch", words, fix)

    def alarm(self, limit: Decimal) -> Step:
        """Tell when the month's charges pass the limit."""
        watch = self.client("cloudwatch")
        with asking("cloudwatch:DescribeAlarms", "which alarms there are"):
            named = watch.describe_alarms(AlarmNames=[_ALARM]).get("MetricAlarms", [])
        if named:
            far = money(Decimal(str(named[0].get("Threshold", 0))))
            if self.topic_arn in named[0].get("AlarmActions", []):
                return Step("alarm", f"{_ALARM} at {far} a month is there, and stays")
            fix = f"Let it tell {self.topic_arn}, or delete it and run this again"
            return Step("alarm", f"{_ALARM} at {far} is there, and does not tell the topic", fix, failed=True)
        return Step(
            "alarm",
            f"{_ALARM}, when a month’s charges pass {money(limit)}",
            make=lambda: self._put_alarm(limit),
        )

    def budget(self, amount: Decimal) -> Step:
        """Tell when the month's charges, or what is forecast of them, pass the budget."""
        known = self._budget()
        if known is None:
            words = f"{NAME}: {money(amount)} a month, told when passed and when forecast to be"
            return Step("budget", words, make=lambda: self._create_budget(amount))
        planned = known.get("BudgetLimit") or {}
        far = f" of {money(Decimal(planned['Amount']), planned.get('Unit', 'USD'))}" if planned else ""
        if self._budget_tells():
            return Step("budget", f"{NAME}{far} is there, and stays")
        fix = f"Let one of its alerts tell {self.topic_arn}, or delete it and run this again"
        return Step("budget", f"{NAME}{far} is there, and does not tell the topic", fix, failed=True)

    def monitor(self) -> Step:
        """Let AWS look for anomalies in each service: there is one such monitor an account."""
        if found := self._monitor():
            return Step("monitor", f"{found['MonitorName']} looks at every service already")
        return Step("monitor", f"{NAME}, which looks at every service", make=self._create_monitor)

    def anomalies(self, *, only_print: bool = False) -> Step:
        """Tell each anomaly at once: SNS hears of no daily or weekly summary."""
        if any(
            self._tells(each) for each in self._pages("get_anomaly_subscriptions", "AnomalySubscriptions")
        ):
            return Step("anomalies", "the topic is told each anomaly at once already")
        monitor = self._monitor()
        if monitor is None and not only_print:
            return Step("anomalies", "there is no monitor to hear from", failed=True)
        words = f"{NAME}: the topic is told at once of each from {money(Decimal(_LEAST_IMPACT))} on"
        return Step("anomalies", words, make=lambda: self._subscribe(str((monitor or {}).get("MonitorArn"))))

    def _put_alarm(self, limit: Decimal) -> None:
        with asking("cloudwatch:PutMetricAlarm", f"for the alarm {_ALARM}"):
            self.client("cloudwatch").put_metric_alarm(
                AlarmName=_ALARM,
                AlarmDescription="The month's charges so far are more than planned.",
                **_METRIC,
                Dimensions=_USD,
                Statistic="Maximum",
                Period=_SIX_HOURS,
                EvaluationPeriods=1,
                Threshold=float(limit),  # CloudWatch's own type for it
                ComparisonOperator="GreaterThanThreshold",
                TreatMissingData="missing",
                AlarmActions=[self.topic_arn],
                OKActions=[self.topic_arn],
            )

    def _budget(self) -> Mapping[str, Any] | None:
        try:
            with asking("budgets:ViewBudget", f"about the budget {NAME}"):
                answer = self.client("budgets").describe_budget(AccountId=self.account_id, BudgetName=NAME)
        except Upstream as error:
            if code(error) == "NotFoundException":
                return None
            raise
        found: Mapping[str, Any] = answer["Budget"]
        return found

    def _create_budget(self, amount: Decimal) -> None:
        """Without credits and refunds: they would hide what is spent."""
        teller = [{"SubscriptionType": "SNS", "Address": self.topic_arn}]
        passed: dict[str, Any] = {
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": 100,
            "ThresholdType": "PERCENTAGE",
        }
        with asking("budgets:ModifyBudget", f"for the budget {NAME}"):
            self.client("budgets").create_budget(
                AccountId=self.account_id,
                Budget={
                    "BudgetName": NAME,
                    "BudgetType": "COST",
                    "TimeUnit": "MONTHLY",
                    "BudgetLimit": {"Amount": f"{amount:.2f}", "Unit": "USD"},
                    "CostTypes": {"IncludeCredit": False, "IncludeRefund": False},
                },
                NotificationsWithSubscribers=[
                    {"Notification": passed | {"NotificationType": kind}, "Subscribers": teller}
                    for kind in ("ACTUAL", "FORECASTED")
                ],
            )

    def _budget_tells(self) -> bool:
        budgets, named = self.client("budgets"), {"AccountId": self.account_id, "BudgetName": NAME}
        with asking("budgets:ViewBudget", f"whom the budget {NAME} tells"):
            notices = budgets.describe_notifications_for_budget(**named).get("Notifications", [])
            told = [
                budgets.describe_subscribers_for_notification(**named, Notification=_asked(notice))
                for notice in notices
            ]
        return any(
            each["Address"] == self.topic_arn for answer in told for each in answer.get("Subscribers", [])
        )

    def _monitor(self) -> Mapping[str, Any] | None:
        return next(
            (
                each
                for each in self._pages("get_anomaly_monitors", "AnomalyMonitors")
                if each.get("MonitorType") == "DIMENSIONAL" and each.get("MonitorDimension") == "SERVICE"
            ),
            None,
        )

    def _create_monitor(self) -> None:
        with asking("ce:CreateAnomalyMonitor", "for a monitor of anomalies"):
            monitor = {"MonitorName": NAME, "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
            self.client("ce").create_anomaly_monitor(AnomalyMonitor=monitor)

    def _subscribe(self, monitor_arn: str) -> None:
        least = {
            "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
            "Values": [_LEAST_IMPACT],
        }
        with asking("ce:CreateAnomalySubscription", "to be told of anomalies"):
            self.client("ce").create_anomaly_subscription(
                AnomalySubscription={
                    "SubscriptionName": NAME,
                    "MonitorArnList": [monitor_arn],
                    "Subscribers": [{"Type": "SNS", "Address": self.topic_arn}],
                    "Frequency": "IMMEDIATE",
                    "ThresholdExpression": {"Dimensions": least},
                }
            )

    def _tells(self, subscription: Mapping[str, Any]) -> bool:
        told = any(each.get("Address") == self.topic_arn for each in subscription.get("Subscribers", []))
        return told and subscription.get("Frequency") == "IMMEDIATE"

    def _pages(self, operation: str, named: str) -> Iterator[Mapping[str, Any]]:
        actions = {
            "get_anomaly_monitors": "ce:GetAnomalyMonitors",
            "get_anomaly_subscriptions": "ce:GetAnomalySubscriptions",
        }
        more: dict[str, str] = {}
        while True:
            with asking(actions[operation], "who looks for anomalies"):
                page = getattr(self.client("ce"), operation)(**more)
            yield from page.get(named, [])
            if not page.get("NextPageToken"):
                return
            more = {"NextPageToken": page["NextPageToken"]}


def _asked(notice: Mapping[str, Any]) -> dict[str, Any]:
    """A notification as it is asked about: its state (OK, ALARM) is no part of its name."""
    return {key: value for key, value in notice.items() if key != "NotificationState"}
