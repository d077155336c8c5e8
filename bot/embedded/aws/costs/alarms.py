"""Alarms on the bill: whether the newest points make them go off.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

import operator
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from moto.cloudwatch.models import Alarm

from bot.embedded.aws.costs.billing import Json
from bot.embedded.aws.costs.estimates import METRIC, NAMESPACE, Estimates
from bot.embedded.aws.costs.statistics import STATISTICS

_COMPARED: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
    "LessThanThreshold": (operator.lt, "less than"),
}


def begin(alarm: Alarm, at: datetime) -> None:
    """A new alarm has seen nothing yet; moto calls it OK, in this machine's time."""
    alarm.state_value = "INSUFFICIENT_DATA"
    alarm.configuration_updated_timestamp = alarm.state_updated_timestamp = at


def in_time(alarm: Alarm, estimates: Estimates, place: tuple[str, str], at: datetime) -> None:
    """Bring an alarm's state up to date; one on other metrics never has data here."""
    state, reason = _judged(alarm, estimates, place, at)
    if state != alarm.state_value:
        alarm.state_value, alarm.state_reason, alarm.state_updated_timestamp = state, reason, at


def matching(alarms: Sequence[Alarm], asked: Json) -> list[Alarm]:
    """Those that a DescribeAlarms means, by name."""
    names, prefix = asked.get("AlarmNames") or [], asked.get("AlarmNamePrefix") or ""
    action, state = asked.get("ActionPrefix") or "", asked.get("StateValue")
    return sorted(
        (
            each
            for each in alarms
            if (not names or each.name in names) and each.name.startswith(prefix)
            if not action or any(one.startswith(action) for one in each.alarm_actions)
            if state in (None, each.state_value)
        ),
        key=lambda each: each.name,
    )


def _judged(alarm: Alarm, estimates: Estimates, place: tuple[str, str], at: datetime) -> tuple[str, str]:
    if (alarm.namespace, alarm.metric_name) != (NAMESPACE, METRIC):
        return alarm.state_value, alarm.state_reason
    dimensions = {str(each.name): str(each.value) for each in alarm.dimensions}
    since = at - timedelta(seconds=int(alarm.period) * int(alarm.evaluation_periods))
    points = estimates.points(place, dimensions, since, at + timedelta(seconds=1))
    if not points:
        return "INSUFFICIENT_DATA", "Insufficient Data: 1 datapoint was unknown."
    compare, words = _COMPARED[alarm.comparison_operator]
    value = STATISTICS[alarm.statistic]([each for _, each in points[-1:]])
    crossed = compare(value, float(alarm.threshold))
    said = f"was {words}" if crossed else f"was not {words}"
    reason = (
        f"Threshold Crossed: 1 datapoint [{value} ({points[-1][0]:%d/%m/%y %H:%M:%S})] {said} "
        f"the threshold ({float(alarm.threshold)})."
    )
    return ("ALARM" if crossed else "OK"), reason
