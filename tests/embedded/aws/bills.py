"""A stand-in with a bill, whose clock can be set: at any moment the incident is just told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import PROD, AwsStandIn
from bot.embedded.aws.costs.furnish import furnish_bills
from bot.embedded.incident import Incident
from bot.embedded.incident.spend import Spend, spend_of

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
BILLS = "us-east-1"


class Bills:
    """The stand-in, serving; `now` is its time."""

    def __init__(self) -> None:
        self.now = NOW
        self.aws = AwsStandIn(clock=lambda: self.now)

    def at(self, now: datetime) -> Spend:
        """Let it be another time, and the bill the one of that time's incident."""
        self.now = now.replace(microsecond=0)
        spend = spend_of(Incident(1, self.now))
        self.aws.billing.spend = spend
        self.aws.billing.estimates_since = datetime.combine(spend.first_day, time(), UTC)
        return spend

    def client(self, service, account=PROD):
        return self.aws.client(service, account, BILLS)


@contextmanager
def serving() -> Iterator[Bills]:
    bills = Bills()
    with bills.aws.serve():
        furnish_bills(bills.aws, Incident(1, NOW))
        yield bills


def refused(method, **asked):
    """The code and the words with which it is refused."""
    with pytest.raises(ClientError) as caught:
        method(**asked)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def days(start, end):
    return {"Start": f"{start}", "End": f"{end}"}


def by(*keys):
    return [
        {"Type": "TAG", "Key": key[4:]} if key.startswith("tag:") else {"Type": "DIMENSION", "Key": key}
        for key in keys
    ]


def usd(metrics, metric="UnblendedCost"):
    assert metrics[metric]["Unit"] == "USD"
    return Decimal(metrics[metric]["Amount"])


def asked_of(ce, **asked):
    """All results of all pages, a page's groups put to those of the same period before."""
    told, token = {}, {}
    while True:
        page = ce.get_cost_and_usage(**asked, **token)
        for each in page["ResultsByTime"]:
            known = told.setdefault(each["TimePeriod"]["Start"], {**each, "Groups": []})
            known["Groups"] += each["Groups"]
        if "NextPageToken" not in page:
            return list(told.values())
        token = {"NextPageToken": page["NextPageToken"]}


def total(results, metric="UnblendedCost"):
    """The sum of every group, or of the totals where it is by nothing."""
    parts = [group["Metrics"] for each in results for group in each["Groups"]]
    parts += [each["Total"] for each in results if each["Total"]]
    return sum((usd(each, metric) for each in parts), Decimal(0))
