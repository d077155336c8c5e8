"""Points in periods, as CloudWatch's two questions about metrics give them.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

Point = tuple[datetime, float]

STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "Average": lambda values: sum(values) / len(values),
    "Maximum": max,
    "Minimum": min,
    "SampleCount": lambda values: float(len(values)),
    "Sum": sum,
}
_FINE, _COARSE = timedelta(days=15), timedelta(days=63)


def aligned(start: datetime, now: datetime) -> datetime:
    """A StartTime as CloudWatch takes it: to the whole minute, five minutes or hour below, by its age."""
    age = now - start
    seconds = 60 if age < _FINE else 300 if age < _COARSE else 3600
    return start - timedelta(seconds=start.timestamp() % seconds)


def in_periods(points: Iterable[Point], start: datetime, period: int) -> dict[datetime, list[float]]:
    """The values of each period that has any, by the period's beginning; periods are counted from `start`."""
    found: dict[datetime, list[float]] = defaultdict(list)
    for at, value in points:
        found[start + (at - start) // timedelta(seconds=period) * timedelta(seconds=period)].append(value)
    return dict(found)
