"""Cost Anomaly Detection's monitors and subscriptions.

https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
"""

import uuid

from moto.core.responses import ActionResult

from bot.embedded.aws.costs.asking import Asking, invalid
from bot.embedded.aws.errors import Refused

_PAGE = 100
_BY = {"IMMEDIATE": "SNS", "DAILY": "EMAIL", "WEEKLY": "EMAIL"}
"""How often, and the only way in which it can be told so often."""


class Monitors(Asking):
    """What looks for anomalies, and who is told; all of it belongs to the payer."""

    def get_anomaly_monitors(self) -> ActionResult:
        """Those of the account, or those named; raises for a name that is none."""
        asked = self.asked()
        monitors = self.billing.monitors if self.is_payer() else {}
        wanted = asked.get("MonitorArnList") or list(monitors)
        for arn in wanted:
            self._known(arn)
        told, token = self.page(
            asked, [monitors[arn] for arn in wanted], int(asked.get("MaxResults") or _PAGE)
        )
        return ActionResult({"AnomalyMonitors": told} | ({"NextPageToken": token} if token else {}))

    def create_anomaly_monitor(self) -> ActionResult:
        """Make one; an account can have a single monitor of all services."""
        asked = self.asked()["AnomalyMonitor"]
        if (asked["MonitorType"] == "DIMENSIONAL") != ("MonitorDimension" in asked):
            raise invalid("MonitorDimension is required for a DIMENSIONAL monitor, and for no other")
        kinds = [each["MonitorType"] for each in self.billing.monitors.values()]
        if asked["MonitorType"] == "DIMENSIONAL" and "DIMENSIONAL" in kinds:
            raise Refused("LimitExceededException", "Limit exceeded on dimensional spend monitor creation")
        arn, day = self._arn("anomalymonitor"), f"{self.billing.clock():%Y-%m-%dT%H:%M:%SZ}"
        self.billing.monitors[arn] = {**asked, "MonitorArn": arn, "CreationDate": day, "LastUpdatedDate": day}
        return ActionResult({"MonitorArn": arn})

    def get_anomaly_subscriptions(self) -> ActionResult:
        """Those of the account, of a monitor, or those named."""
        asked = self.asked()
        names, monitor = asked.get("SubscriptionArnList"), asked.get("MonitorArn")
        for arn in names or ():
            if arn not in self.billing.subscriptions:
                raise Refused("UnknownSubscriptionException", f"Subscription {arn} does not exist")
        found = [
            each
            for arn, each in self.billing.subscriptions.items()
            if self.is_payer() and (not names or arn in names)
            if not monitor or monitor in each["MonitorArnList"]
        ]
        told, token = self.page(asked, found, int(asked.get("MaxResults") or _PAGE))
        return ActionResult({"AnomalySubscriptions": told} | ({"NextPageToken": token} if token else {}))

    def create_anomaly_subscription(self) -> ActionResult:
        """Make one: at once by SNS, or as a summary by e-mail."""
        asked = self.asked()["AnomalySubscription"]
        for arn in asked["MonitorArnList"]:
            self._known(arn)
        by = _BY.get(asked.get("Frequency", ""))
        if by is None or any(each["Type"] != by for each in asked["Subscribers"]):
            raise invalid(f"{asked.get('Frequency')} frequency supports {by or 'no'} subscribers only")
        if ("Threshold" in asked) == ("ThresholdExpression" in asked):
            raise invalid("Exactly one of Threshold and ThresholdExpression is required")
        arn = self._arn("anomalysubscription")
        subscribers = [{"Status": "CONFIRMED", **each} for each in asked["Subscribers"]]
        self.billing.subscriptions[arn] = {
            **asked,
            "SubscriptionArn": arn,
            "AccountId": self.current_account,
            "Subscribers": subscribers,
        }
        return ActionResult({"SubscriptionArn": arn})

    def _known(self, arn: str) -> None:
        if arn not in self.billing.monitors:
            raise Refused("UnknownMonitorException", f"Monitor {arn} does not exist")

    def _arn(self, kind: str) -> str:
        return f"arn:aws:ce::{self.current_account}:{kind}/{uuid.uuid4()}"
