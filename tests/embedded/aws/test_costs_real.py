"""Against answers that AWS really gave: the same keys, and values of the same kinds."""

import json
import re
from pathlib import Path

import pytest

from bot.embedded.incident import Incident
from bot.embedded.incident.news import money
from tests.embedded.aws.bills import NOW, by, days, serving

_DATA = Path(__file__).parents[4] / "shared" / "data" / "billing"

pytestmark = pytest.mark.skipif(
    not _DATA.is_dir(), reason="the real answers (../shared/data/billing) are not here"
)

_AUGUST = days("2026-08-01", "2026-09-01")
_KINDS = (
    ("number", re.compile(r"-?\d+(\.\d+)?(E-?\d+)?")),
    ("day", re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:]+Z)?")),
)


@pytest.fixture(scope="module")
def bills():
    with serving() as made:
        made.at(NOW)
        yield made


def real(name):
    return json.loads((_DATA / name).read_text())


def shape(value):
    """The keys and kinds of an answer; a list is what all its members have in common and may have."""
    match value:
        case dict():
            return {key: shape(inner) for key, inner in value.items() if key != "ResponseMetadata"}
        case list():
            merged = {}
            for each in value:
                known = shape(each)
                merged = merged | known if isinstance(known, dict) else {"": known}
            return [merged]
        case str():
            return next((kind for kind, pattern in _KINDS if pattern.fullmatch(value)), "text")
    return "bool" if isinstance(value, bool) else "float" if isinstance(value, float | int) else "moment"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "cost-explorer/iandees-example_boto3_result.json",
            {"Granularity": "DAILY", "Metrics": ["UnblendedCost"], "GroupBy": by("SERVICE")},
        ),
        (
            "aws-cli/ce-get-cost-and-usage-2.json",
            {
                "Granularity": "MONTHLY",
                "Metrics": ["BlendedCost", "UnblendedCost", "UsageQuantity"],
                "GroupBy": by("SERVICE", "tag:team"),
            },
        ),
    ],
)
def test_costs_have_the_shape_of_real_ones(bills, name, asked):
    told, wanted = bills.client("ce").get_cost_and_usage(TimePeriod=_AUGUST, **asked), real(name)
    for answer in (told, wanted):
        answer.pop("DimensionValueAttributes", None)

    assert shape(told) == shape(wanted)


def test_all_days_of_an_open_month_were_estimates(bills):
    """Asked on the 24th, for the 16th to the 22nd."""
    asked = {
        "Granularity": "DAILY",
        "Metrics": ["UnblendedCost"],
        "TimePeriod": days("2026-09-01", "2026-09-08"),
    }
    for answer in (
        real("cost-explorer/iandees-example_boto3_result.json"),
        bills.client("ce").get_cost_and_usage(**asked),
    ):
        assert [each["Estimated"] for each in answer["ResultsByTime"]] == [True] * 7


def test_a_real_filter_is_understood(bills):
    told = bills.client("ce").get_cost_and_usage(
        TimePeriod=_AUGUST,
        Granularity="MONTHLY",
        Metrics=["UnblendedCost"],
        GroupBy=by("SERVICE"),
        Filter=real("aws-cli/ce-get-cost-and-usage.json"),
    )
    (group,) = told["ResultsByTime"][0]["Groups"]

    assert group["Keys"] == ["Amazon Simple Storage Service"]


def test_a_budget_has_all_that_a_real_one_has(bills):
    told = bills.client("budgets").describe_budgets(AccountId="111122223333")["Budgets"][0]
    wanted = real("aws-cli/budgets-describe-budgets.json")["Budgets"][0]

    assert wanted.keys() <= told.keys()
    for key in ("CalculatedSpend", "CostTypes", "BudgetLimit"):
        assert shape(told[key]) == shape(wanted[key])


def test_an_alarm_has_all_that_a_real_one_has(bills):
    wanted = real("alarm-api-c7n/test_alarm_delete__monitoring.DescribeAlarms_1.json")["data"]["MetricAlarms"]
    told = bills.client("cloudwatch").describe_alarms()["MetricAlarms"]

    assert all(each.keys() <= told[0].keys() for each in wanted)


def test_an_anomaly_is_told_with_the_keys_of_a_real_one():
    (told,) = money.anomaly(Incident(1, NOW), NOW, hours=3.3)
    detail, wanted = shape(told.event["detail"]), shape(real("anomaly/anomaly_ec2.json"))
    impact = detail["impact"]

    assert impact.keys() <= wanted["impact"].keys()
    assert detail.keys() - wanted.keys() == {"monitorName"}
    assert detail["rootCauses"][0].keys() - wanted["rootCauses"][0].keys() == {"impact"}
