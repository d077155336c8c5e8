"""CloudWatch for bills: the series of AWS/Billing, and alarms; no other metrics are here.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from bot.embedded.aws.costs.alarms import begin, in_time, matching
from bot.embedded.aws.costs.billing import Billing, Json
from bot.embedded.aws.costs.estimates import METRIC, NAMESPACE, Estimates
from bot.embedded.aws.costs.statistics import STATISTICS, Point, aligned, in_periods
from bot.embedded.aws.errors import Refused

_MOST_POINTS, _MOST_QUERIES, _PAGE, _MINUTE = 1440, 500, 500, 60
_MOST_DATA = 100_800


class CloudWatch(CloudWatchResponse):
    """One request; a subclass carries the stand-in's bill and its estimates."""

    billing: ClassVar[Billing]
    estimates: ClassVar[Estimates]

    def list_metrics(self) -> ActionResult:
        """The series that had a point in the last two weeks, 500 to a page."""
        asked = self._words()
        begin, wanted = _position(asked), asked.get("Dimensions") or []
        named = asked.get("Namespace", NAMESPACE) == NAMESPACE and asked.get("MetricName", METRIC) == METRIC
        found = [each for each in self.estimates.series(self._place()) if named and _has(each, wanted)]
        answer: Json = {"Metrics": [_metric(each) for each in found[begin : begin + _PAGE]]}
        return ActionResult(answer | _further(begin + _PAGE, len(found)))

    def get_metric_statistics(self) -> ActionResult:
        """The statistics of a series, in no order, as CloudWatch gives them."""
        asked = self._words()
        start, end = self._times(asked)
        period, wanted = _period(asked["Period"]), asked.get("Statistics") or []
        if not wanted:
            words = "Must specify either Statistics or ExtendedStatistics"
            raise Refused("InvalidParameterCombination", words)
        if (count := (end - start).total_seconds() // period) > _MOST_POINTS:
            words = f"You have requested up to {count:,.0f} datapoints, which exceeds the limit of {_MOST_POINTS:,}."
            raise Refused("InvalidParameterCombination", words)
        values = in_periods(self._points(asked, start, end), start, period)
        told = [
            {"Timestamp": at, "Unit": "None"} | {each: STATISTICS[each](found) for each in wanted}
            for at, found in sorted(values.items(), key=lambda each: (each[0].day % 5, each[0]))
        ]
        return ActionResult({"Label": asked["MetricName"], "Datapoints": told})

    def get_metric_data(self) -> ActionResult:
        """Several series at once, newest first unless asked otherwise; metric math is not served."""
        asked = self._words()
        queries = asked["MetricDataQueries"]
        if len(queries) > _MOST_QUERIES:
            words = f"The collection MetricDataQueries must not have a size greater than {_MOST_QUERIES}."
            raise Refused("ValidationError", words)
        results = [self._result(asked, query) for query in queries if query.get("ReturnData", True)]
        size, begin = int(asked.get("MaxDatapoints") or _MOST_DATA), _position(asked)
        longest = max((len(each["Timestamps"]) for each in results), default=0)
        for each in results:
            each["Timestamps"] = each["Timestamps"][begin : begin + size]
            each["Values"] = each["Values"][begin : begin + size]
            each["StatusCode"] = "PartialData" if begin + size < longest else "Complete"
        return ActionResult({"MetricDataResults": results, "Messages": []} | _further(begin + size, longest))

    def put_metric_alarm(self) -> Any:
        """Make or change an alarm; it is judged when somebody looks."""
        answer, name = super().put_metric_alarm(), self._words()["AlarmName"]
        begin(self.cloudwatch_backend.alarms[name], self.billing.clock())
        return answer

    def describe_alarms(self) -> ActionResult:
        """Alarms by name, their state as the newest points make it."""
        asked = self._words()
        alarms = list(self.cloudwatch_backend.alarms.values())
        for each in alarms:
            in_time(each, self.estimates, self._place(), self.billing.clock())
        found, begin = matching(alarms, asked), _position(asked)
        size = int(asked.get("MaxRecords") or 50)
        answer: Json = {"MetricAlarms": found[begin : begin + size], "CompositeAlarms": []}
        return ActionResult(answer | _further(begin + size, len(found)))

    def _result(self, asked: Json, query: Json) -> Json:
        stat = query.get("MetricStat")
        if not stat:
            raise Refused("ValidationError", "The AWS stand-in serves MetricStat, no expressions.")
        if stat["Stat"] not in STATISTICS:
            raise Refused("ValidationError", f"The value {stat['Stat']} for parameter Stat is not supported.")
        start, end = self._times(asked)
        points = self._points(stat["Metric"], start, end)
        values = in_periods(points, start, _period(stat["Period"]))
        order = sorted(values, reverse=asked.get("ScanBy") != "TimestampAscending")
        return {
            "Id": query["Id"],
            "Label": query.get("Label") or stat["Metric"]["MetricName"],
            "Timestamps": order,
            "Values": [STATISTICS[stat["Stat"]](values[at]) for at in order],
        }

    def _points(self, metric: Json, start: datetime, end: datetime) -> list[Point]:
        if (metric["Namespace"], metric["MetricName"]) != (NAMESPACE, METRIC):
            return []
        dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions") or ()}
        return self.estimates.points(self._place(), dimensions, start, end)

    def _times(self, asked: Json) -> tuple[datetime, datetime]:
        start, end = (_utc(asked[name]) for name in ("StartTime", "EndTime"))
        if start >= end:
            words = "The parameter StartTime must be less than the parameter EndTime."
            raise Refused("ValidationError", words)
        return aligned(start, self.billing.clock()), end

    def _words(self) -> Json:
        return dict(self._get_params())

    def _place(self) -> tuple[str, str]:
        return self.current_account, self.region


def _utc(at: datetime) -> datetime:
    # moto parses the times of requests as UTC without saying so.
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _period(seconds: Any) -> int:
    if int(seconds) < _MINUTE or int(seconds) % _MINUTE:
        raise Refused("InvalidParameterValue", "The parameter Period must be a multiple of 60.")
    return int(seconds)


def _has(dimensions: Mapping[str, str], wanted: Sequence[Json]) -> bool:
    return all(
        each["Name"] in dimensions and each.get("Value") in (None, dimensions[each["Name"]])
        for each in wanted
    )


def _metric(dimensions: Mapping[str, str]) -> Json:
    named = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    return {"Namespace": NAMESPACE, "MetricName": METRIC, "Dimensions": named}


def _position(asked: Json) -> int:
    token = asked.get("NextToken") or "0"
    if not str(token).isdigit():
        raise Refused("InvalidNextToken", "The token is invalid.")
    return int(token)


def _further(end: int, count: int) -> dict[str, str]:
    return {"NextToken": str(end)} if end < count else {}
