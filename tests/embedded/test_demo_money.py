"""In the demo, what AWS tells of money and what one finds by asking are the same."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import pytest_asyncio

from bot.embedded.incident.news import money
from tests.embedded.demo_world import demo_world

pytestmark = pytest.mark.asyncio(loop_scope="module")
BILLS, CENT = "us-east-1", Decimal("0.01")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with demo_world() as made:
        yield made.world


def dollars(text, before):
    return Decimal(re.search(rf"{before}\$?([\d,.]+\d)", text)[1].replace(",", ""))


async def test_the_alarm_tells_the_newest_estimate(world):
    cloudwatch, now = world.aws.client("cloudwatch", region=BILLS), world.incident.now
    (told,) = money.bill(now, world.incident)
    points = cloudwatch.get_metric_statistics(
        Namespace="AWS/Billing",
        MetricName="EstimatedCharges",
        Dimensions=[{"Name": "Currency", "Value": "USD"}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["monthly-bill"])["MetricAlarms"]

    assert dollars(told.message, r"datapoint \[") == Decimal(str(points[-1]["Maximum"]))
    assert alarm["StateValue"] == "ALARM"
    assert f'"Threshold": {alarm["Threshold"]}' in told.message


async def test_the_budget_tells_what_it_is_spent(world):
    (told,) = money.budget(world.incident.now, world.incident)
    account = world.incident.prod.id
    (budget,) = world.aws.client("budgets", region=BILLS).describe_budgets(AccountId=account)["Budgets"]

    spent = Decimal(budget["CalculatedSpend"]["ActualSpend"]["Amount"])
    assert dollars(told.message, "ACTUAL Amount: ") == spent.quantize(CENT)
    assert dollars(told.message, "Budgeted Amount: ") == Decimal(budget["BudgetLimit"]["Amount"])


async def test_the_machines_are_on_todays_bill(world):
    day = world.incident.times.instances_started.date()
    ce = world.aws.client("ce", region=BILLS)
    told = ce.get_cost_and_usage(
        TimePeriod={"Start": f"{day}", "End": f"{day + timedelta(days=1)}"},
        Granularity="DAILY",
        Metrics=["UnblendedCost"],
        GroupBy=[{"Type": "DIMENSION", "Key": "USAGE_TYPE"}],
    )["ResultsByTime"][0]["Groups"]

    assert "APN1-BoxUsage:g5.12xlarge" in {each["Keys"][0] for each in told}


async def test_asking_counts_from_nothing(world):
    before = world.aws.cost_requests
    world.aws.client("ce", region=BILLS).get_anomaly_monitors()

    assert world.aws.cost_requests == before + 1


async def test_the_topic_of_bills_takes_a_policy_that_lets_aws_tell(world):
    sns, policy = world.aws.client("sns", region=BILLS), '{"Version":"2012-10-17","Statement":[]}'
    sns.set_topic_attributes(TopicArn=world.topic, AttributeName="Policy", AttributeValue=policy)

    assert sns.get_topic_attributes(TopicArn=world.topic)["Attributes"]["Policy"] == policy
    (alarm,) = world.aws.client("cloudwatch", region=BILLS).describe_alarms()["MetricAlarms"]
    assert alarm["AlarmActions"] == [world.topic]
