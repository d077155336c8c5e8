"""CloudWatch's billing metric, as botocore checks it: the series, and the points that were put there."""

import json
from datetime import UTC, date, datetime, time

import boto3
from botocore.exceptions import ClientError

from bot.adapters.aws.estimated_charges import EstimatedCharges

OWN = "111122223333"


def at(day: str, hour: int = 20) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), UTC)


class FakeEstimates:
    """cloudwatch's client in as far as it is asked; `points` by (currency, service, account)."""

    def __init__(self):
        self.points = {}
        self.asked = []
        self.refusing = ""
        self.status = "Complete"
        self.client = boto3.client(
            "cloudwatch", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="s"
        )
        # What is asked is checked by AWS's own model, and answered here instead of sent.
        self.client.meta.events.register("before-call.cloudwatch", self._answer)

    def count(self, day, value, service="", account="", currency="USD", hour=20):
        """What a series had run up to, at an hour of a day."""
        self.points.setdefault((currency, service, account), []).append((at(day, hour), value))

    def _answer(self, model, params, **_):
        if self.refusing:
            raise ClientError({"Error": {"Code": self.refusing, "Message": ""}}, model.name)
        body = json.loads(params["body"])
        self.asked.append((model.name, body))
        return _Fine(), getattr(self, f"_{model.name}")(body)

    def _ListMetrics(self, body):  # noqa: N802 - the operation's own name
        metrics = [
            {"Dimensions": [{"Name": n, "Value": v} for n, v in zip(_NAMES, key, strict=True) if v]}
            for key in self.points
        ]
        return {"Metrics": metrics}

    def _GetMetricData(self, body):  # noqa: N802 - same
        return {"MetricDataResults": [self._result(each, body) for each in body["MetricDataQueries"]]}

    def _result(self, query, body):
        said = {each["Name"]: each["Value"] for each in query["MetricStat"]["Metric"]["Dimensions"]}
        points = self.points.get(tuple(said.get(name, "") for name in _NAMES), [])
        since, until = (datetime.fromtimestamp(body[name], UTC) for name in ("StartTime", "EndTime"))
        inside = sorted(point for point in points if since <= point[0] < until)
        return {
            "Id": query["Id"],
            "Timestamps": [moment for moment, _ in inside],
            "Values": [value for _, value in inside],
            "StatusCode": self.status,
        }


class _Fine:
    status_code = 200


_NAMES = ("Currency", "ServiceName", "LinkedAccount")


def estimates(fake, now):
    return EstimatedCharges(lambda: fake.client, lambda: OWN, now=lambda: now)
