"""AWS Budgets: budgets with what is spent and expected of them, and who is told.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import ClassVar

from moto.budgets.models import Budget, Notification
from moto.budgets.responses import BudgetsResponse
from moto.core.responses import ActionResult, EmptyResult

from bot.core.billing.days import month_of
from bot.embedded.aws.costs.billing import HOME, Billing, Json
from bot.embedded.aws.costs.budgeted import calculated
from bot.embedded.aws.errors import Refused, common

_PAGE, _MOST_MAILS = 100, 10
_MATCHED = ("NotificationType", "ComparisonOperator", "Threshold")


class Budgets(BudgetsResponse):
    """One request; a subclass carries the stand-in's bill. What is kept is moto's."""

    billing: ClassVar[Billing]

    def create_budget(self) -> ActionResult:
        """Make a budget, and who is told of it; at most one topic and ten addresses for each alert."""
        asked = self._asked()
        budget, alerts = asked["Budget"], asked.get("NotificationsWithSubscribers") or []
        for each in alerts:
            _check(each["Subscribers"])
        now = self.billing.clock()
        first = datetime.combine(month_of(now.date()).start, time(), UTC).timestamp()
        budget.setdefault("TimePeriod", {"Start": first, "End": 3706473600})
        self.backend.create_budget(self.current_account, budget, alerts)
        budget["LastUpdatedTime"] = now.timestamp()
        return EmptyResult()

    def describe_budget(self) -> ActionResult:
        """One by its name; raises where there is none."""
        return ActionResult({"Budget": self._told(self._budget(self._asked()))})

    def describe_budgets(self) -> ActionResult:
        """All of the account."""
        asked = self._asked()
        found = list(self.backend.budgets[self.current_account].values())
        return _page(asked, "Budgets", [self._told(each) for each in found])

    def describe_notifications_for_budget(self) -> ActionResult:
        """The alerts of a budget, each with whether it is passed."""
        asked = self._asked()
        budget = self._budget(asked)
        return _page(asked, "Notifications", [self._state(budget, each) for each in budget.notifications])

    def describe_subscribers_for_notification(self) -> ActionResult:
        """Who is told by one of them."""
        asked = self._asked()
        wanted = asked["Notification"]
        for each in self._budget(asked).notifications:
            if all(str(each.details[key]) == str(wanted[key]) for key in _MATCHED):
                return _page(asked, "Subscribers", list(each.subscribers))
        raise Refused("NotFoundException", "Unable to get subscribers - the notification doesn't exist.")

    def _asked(self) -> Json:
        self.parse_parameters(self.normalized_request)
        asked = dict(self.params)
        if self.region != HOME:
            raise common("InvalidSignatureException", "Credential should be scoped to a valid region.")
        if asked["AccountId"] != self.current_account:
            raise Refused("AccessDeniedException", "The account of a budget must be the caller's own.")
        return asked

    def _budget(self, asked: Json) -> Budget:
        name = asked["BudgetName"]
        found = self.backend.budgets[self.current_account].get(name)
        if found is None:
            words = f"Unable to get budget: {name} - the budget doesn't exist."
            raise Refused("NotFoundException", words)
        return found

    def _told(self, budget: Budget) -> Json:
        told: Json = budget.to_dict()
        told["CalculatedSpend"] = calculated(self.billing, self.current_account, told)
        return told

    def _state(self, budget: Budget, alert: Notification) -> Json:
        told = self._told(budget)
        kind = "ForecastedSpend" if alert.details["NotificationType"] == "FORECASTED" else "ActualSpend"
        spent = float(told["CalculatedSpend"].get(kind, {"Amount": 0})["Amount"])
        limit = float(alert.details["Threshold"])
        if alert.details.get("ThresholdType", "PERCENTAGE") == "PERCENTAGE":
            limit *= float(told["BudgetLimit"]["Amount"]) / 100
        above = alert.details["ComparisonOperator"] == "GREATER_THAN"
        passed = spent > limit if above else spent < limit
        return {**alert.details, "NotificationState": "ALARM" if passed else "OK"}


def _check(subscribers: Sequence[Json]) -> None:
    kinds = [each["SubscriptionType"] for each in subscribers]
    if not kinds or kinds.count("SNS") > 1 or kinds.count("EMAIL") > _MOST_MAILS:
        words = f"A notification needs 1 to {_MOST_MAILS} e-mail subscribers and at most 1 SNS topic."
        raise Refused("InvalidParameterException", words)


def _page(asked: Json, name: str, found: Sequence[Json]) -> ActionResult:
    size, token = int(asked.get("MaxResults") or _PAGE), str(asked.get("NextToken") or "0")
    if not token.isdigit():
        raise Refused("InvalidNextTokenException", "The token is invalid.")
    begin = int(token)
    answer: Json = {name: list(found[begin : begin + size])}
    if begin + size < len(found):
        answer["NextToken"] = str(begin + size)
    return ActionResult(answer)
