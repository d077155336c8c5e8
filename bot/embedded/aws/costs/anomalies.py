"""What Cost Anomaly Detection found, and what people say of it.

https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
"""

from collections.abc import Callable
from datetime import date, timedelta

from moto.core.responses import ActionResult

from bot.embedded.aws.costs.asking import Asking, invalid
from bot.embedded.aws.costs.billing import Json
from bot.embedded.aws.costs.found import anomalies

_DAYS_BACK = 90
_PAGE = 100
_COMPARED: dict[str, Callable[[float, Json], bool]] = {
    "EQUAL": lambda value, asked: value == asked["StartValue"],
    "GREATER_THAN_OR_EQUAL": lambda value, asked: value >= asked["StartValue"],
    "LESS_THAN_OR_EQUAL": lambda value, asked: value <= asked["StartValue"],
    "GREATER_THAN": lambda value, asked: value > asked["StartValue"],
    "LESS_THAN": lambda value, asked: value < asked["StartValue"],
    "BETWEEN": lambda value, asked: asked["StartValue"] <= value <= asked["EndValue"],
}
_FEEDBACK = {"YES", "NO", "PLANNED_ACTIVITY"}


class Anomalies(Asking):
    """What it answers; all of it belongs to the payer."""

    def get_anomalies(self) -> ActionResult:
        """What was found in some of the last 90 days."""
        asked = self.asked()
        begin, end = self._dates(asked)
        seen = anomalies(self.billing) if self.is_payer() else ()
        found = [each for each in seen if _overlaps(each, begin, end) and _is_meant(each, asked)]
        told, token = self.page(asked, found, int(asked.get("MaxResults") or _PAGE))
        return ActionResult({"Anomalies": told} | ({"NextPageToken": token} if token else {}))

    def provide_anomaly_feedback(self) -> ActionResult:
        """Say whether it was one."""
        asked = self.asked()
        if asked.get("Feedback") not in _FEEDBACK:
            raise invalid(f"Feedback must be among {', '.join(sorted(_FEEDBACK))}")
        if asked["AnomalyId"] not in {each["AnomalyId"] for each in anomalies(self.billing)}:
            raise invalid(f"Anomaly {asked['AnomalyId']} does not exist")
        self.billing.feedback[asked["AnomalyId"]] = asked["Feedback"]
        return ActionResult({"AnomalyId": asked["AnomalyId"]})

    def _dates(self, asked: Json) -> tuple[date, date]:
        interval, today = asked["DateInterval"], self.billing.clock().date()
        begin, end = _day(interval["StartDate"]), _day(interval.get("EndDate") or f"{today}")
        if begin < today - timedelta(days=_DAYS_BACK):
            raise invalid(f"StartDate must be within the last {_DAYS_BACK} days")
        if begin > end:
            raise invalid("StartDate must not be after EndDate")
        return begin, end


def _day(text: str) -> date:
    return date.fromisoformat(text[: len("2026-09-08")])


def _overlaps(anomaly: Json, begin: date, end: date) -> bool:
    """One that goes on has no end."""
    last = _day(anomaly.get("AnomalyEndDate") or f"{end}")
    return _day(anomaly["AnomalyStartDate"]) <= end and last >= begin


def _is_meant(anomaly: Json, asked: Json) -> bool:
    impact = asked.get("TotalImpact")
    return (
        asked.get("MonitorArn") in (None, anomaly["MonitorArn"])
        and asked.get("Feedback") in (None, anomaly.get("Feedback"))
        and (not impact or _COMPARED[impact["NumericOperator"]](anomaly["Impact"]["TotalImpact"], impact))
    )
