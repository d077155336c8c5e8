"""`noroshi setup billing` against a stand-in: what is missing is made once, what is there stays, a refusal stops nothing."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.adapters.aws.billing_setup import BillingSetup
from bot.adapters.aws.billing_topic import Queue
from bot.core.billing.setting_up import BillingWish
from bot.core.billing.telling_policies import lets
from bot.embedded.aws import HOME, PROD, AwsStandIn
from bot.embedded.incident import Incident
from bot.embedded.incident.spend import spend_of
from bot.errors import NotConfigured
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES

BILLS = "us-east-1"
TOPIC = f"arn:aws:sns:{BILLS}:{PROD.id}:noroshi-bill"
PARTS = ["topic", "queue", "delivery", "alarm", "budget", "monitor", "anomalies", "switch"]
BUDGET = f"""AWS Budget Notification September 08, 2026
AWS Account {PROD.id}

Budget Name: noroshi
Budget Type: Cost
Budgeted Amount: $120.00
Alert Type: ACTUAL
Alert Threshold: > $120.00
ACTUAL Amount: $130.00
"""


class World:
    """The stand-in, a queue in another region than the bills', and what is said."""

    def __init__(self, aws):
        self.aws = aws
        self.sqs = aws.client("sqs", region=HOME)
        self.url = self.sqs.create_queue(QueueName="noroshi")["QueueUrl"]
        self.last_month = lambda: Decimal("100.01")

    def client(self, service):
        return self.aws.client(service, region=BILLS)

    def run(self, queues=True, **wish):
        given = [Queue(self.url, self.sqs)] if queues else []
        lines = list(BillingSetup(self.client, BILLS, given, self.last_month).make(BillingWish(**wish)))
        return {line.what: line for line in lines}

    def policy(self):
        attributes = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["Policy"])
        return json.loads(attributes["Attributes"]["Policy"])

    def alarms(self):
        return self.client("cloudwatch").describe_alarms()["MetricAlarms"]

    def budgets(self):
        return self.client("budgets").describe_budgets(AccountId=PROD.id)["Budgets"]


@pytest.fixture
def world():
    with AwsStandIn().serve() as aws:
        yield World(aws)


def failed(told):
    return [what for what, line in told.items() if line.failed]


def test_it_makes_everything_that_tells_of_money(world):
    told = world.run()

    assert list(told) == PARTS
    assert failed(told) == []
    assert all(told[what].words.startswith("made: ") for what in PARTS[:-1])
    (alarm,) = world.alarms()
    assert (alarm["Namespace"], alarm["Period"], alarm["TreatMissingData"]) == (
        "AWS/Billing",
        21600,
        "missing",
    )
    assert (alarm["Threshold"], alarm["AlarmActions"], alarm["OKActions"]) == (121.0, [TOPIC], [TOPIC])
    (budget,) = world.budgets()
    assert (budget["BudgetLimit"]["Unit"], Decimal(budget["BudgetLimit"]["Amount"])) == ("USD", 121)
    assert [budget["CostTypes"][f"Include{kind}"] for kind in ("Credit", "Refund")] == [False, False]
    (subscription,) = world.client("ce").get_anomaly_subscriptions()["AnomalySubscriptions"]
    assert (subscription["Frequency"], subscription["Subscribers"][0]["Address"]) == ("IMMEDIATE", TOPIC)


def test_a_second_run_changes_nothing(world):
    world.run()
    policy, alarms, budgets = world.policy(), world.alarms(), world.budgets()
    told = world.run(limit=Decimal(999), budget=Decimal(999))

    assert failed(told) == []
    assert not any("made" in line.words for line in told.values())
    assert (world.policy(), world.alarms(), world.budgets()) == (policy, alarms, budgets)


def test_printing_says_what_would_be_made_and_changes_nothing(world):
    told = world.run(only_print=True)

    assert all(told[what].words.startswith("would be made: ") for what in PARTS[:-1])
    assert world.client("sns").list_topics()["Topics"] == []
    assert (
        "Policy"
        not in world.sqs.get_queue_attributes(QueueUrl=world.url, AttributeNames=["All"])["Attributes"]
    )
    assert (world.alarms(), world.budgets()) == ([], [])
    assert world.client("ce").get_anomaly_monitors()["AnomalyMonitors"] == []


def test_what_budgets_publishes_arrives_as_an_alert(world):
    world.run()
    world.client("sns").publish(TopicArn=TOPIC, Message=BUDGET, Subject="AWS Budgets: noroshi has exceeded")
    (body,) = [each["Body"] for each in world.sqs.receive_message(QueueUrl=world.url)["Messages"]]

    assert (
        read(unwrap(body), SOURCES).title
        == "Budget noroshi: $130.00 spent this month, above the alert at $120.00"
    )
    assert unwrap(body).carriers == ("sns",)


def test_the_topic_lets_in_aws_tellers_of_this_account_alone(world):
    world.run()
    policy = json.loads(world.client("sns").get_topic_attributes(TopicArn=TOPIC)["Attributes"]["Policy"])

    for sender in ("budgets", "costalerts", "cloudwatch"):
        assert lets(policy, sender, "sns:Publish", PROD.id)
        assert not lets(policy, sender, "sns:Publish", "999999999999")


def test_a_queue_policy_that_is_there_is_left_alone_and_the_statement_said(world):
    own = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Mine",
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": "*",
            }
        ],
    }
    world.sqs.set_queue_attributes(QueueUrl=world.url, Attributes={"Policy": json.dumps(own)})
    told = world.run()

    assert failed(told) == ["queue"]
    assert world.policy() == own
    statement = json.loads(told["queue"].fix.removeprefix("Add to its policy: "))
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": TOPIC}}
    both = own | {"Statement": [*own["Statement"], statement]}
    world.sqs.set_queue_attributes(QueueUrl=world.url, Attributes={"Policy": json.dumps(both)})
    assert failed(world.run()) == []


def test_a_topic_that_is_there_keeps_its_policy_and_what_it_lacks_is_said(world):
    world.client("sns").create_topic(Name="noroshi-bill")
    told = world.run()

    assert failed(told) == ["topic"]
    assert "budgets, costalerts, cloudwatch may not publish" in told["topic"].words
    assert "costalerts.amazonaws.com" in told["topic"].fix


def test_an_alarm_or_a_budget_that_tells_nobody_of_ours_is_said(world):
    world.client("cloudwatch").put_metric_alarm(
        AlarmName="noroshi-bill",
        Namespace="AWS/Billing",
        MetricName="EstimatedCharges",
        Statistic="Maximum",
        Period=21600,
        EvaluationPeriods=1,
        Threshold=5,
        ComparisonOperator="GreaterThanThreshold",
    )
    world.client("budgets").create_budget(
        AccountId=PROD.id,
        Budget={
            "BudgetName": "noroshi",
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "5", "Unit": "USD"},
        },
    )
    told = world.run()

    assert failed(told) == ["alarm", "budget"]
    assert (told["alarm"].words, told["budget"].words) == (
        "noroshi-bill at $5.00 is there, and does not tell the topic",
        "noroshi of $5.00 is there, and does not tell the topic",
    )


def test_a_monitor_of_services_that_is_there_is_used(world):
    monitor = {
        "MonitorName": "Default-Services-Monitor",
        "MonitorType": "DIMENSIONAL",
        "MonitorDimension": "SERVICE",
    }
    arn = world.client("ce").create_anomaly_monitor(AnomalyMonitor=monitor)["MonitorArn"]
    told = world.run()

    assert told["monitor"].words == "Default-Services-Monitor looks at every service already"
    (subscription,) = world.client("ce").get_anomaly_subscriptions()["AnomalySubscriptions"]
    assert subscription["MonitorArnList"] == [arn]


def test_what_is_said_stands_over_last_month(world):
    told = world.run(limit=Decimal(500), budget=Decimal(400))

    assert "$500.00" in told["alarm"].words
    assert "$400.00" in told["budget"].words


def test_without_last_month_there_is_no_limit_to_derive_and_the_rest_is_made(world):
    def unknown():
        raise NotConfigured("Billing data is not switched on.")

    world.last_month = unknown
    told = world.run()

    assert failed(told) == ["alarm", "budget"]
    assert told["alarm"].fix == "Say --limit USD"
    assert "Billing data is not switched on." in told["alarm"].words
    assert failed(world.run(limit=Decimal(50))) == []


def test_a_last_month_that_cost_nothing_gives_no_limit(world):
    world.last_month = lambda: Decimal(0)

    assert failed(world.run()) == ["alarm", "budget"]


@pytest.mark.parametrize(
    ("action", "part"),
    [
        ("sns:CreateTopic", "topic"),
        ("sqs:SetQueueAttributes", "queue"),
        ("sns:Subscribe", "delivery"),
        ("cloudwatch:PutMetricAlarm", "alarm"),
        ("budgets:ModifyBudget", "budget"),
        ("ce:CreateAnomalyMonitor", "monitor"),
        ("ce:CreateAnomalySubscription", "anomalies"),
        ("cloudwatch:ListMetrics", "switch"),
    ],
)
def test_a_refusal_names_its_action_and_the_rest_is_made(world, action, part):
    world.aws.refused.add(action)
    told = world.run()

    assert action in told[part].words
    assert set(failed(told)) <= {part, "delivery" if part == "topic" else "anomalies"}
    world.aws.refused.clear()
    assert failed(world.run()) == []


def test_without_a_queue_everything_else_is_made(world):
    told = world.run(queues=False)

    assert failed(told) == ["queue"]
    assert "NOROSHI_ALERTS__QUEUE_URL" in told["queue"].fix


def test_credentials_that_nobody_knows_end_it_with_a_word(world):
    world.aws.refused.add("sts:GetCallerIdentity")

    assert list(world.run()) == ["account"]


def test_a_queue_under_awss_own_key_hears_nothing_and_is_said_so(world):
    world.sqs.set_queue_attributes(QueueUrl=world.url, Attributes={"KmsMasterKeyId": "alias/aws/sqs"})

    assert "SNS can’t send to it" in world.run()["queue"].words


def test_a_switch_that_is_off_is_named_with_its_page(world):
    told = world.run()["switch"]

    assert "“Receive CloudWatch Billing Alerts” must be switched on by hand" in told.words
    assert "https://console.aws.amazon.com/billing/home#/preferences" in told.fix


def test_a_switch_that_is_on_is_seen(world):
    world.aws.billing.spend = spend_of(Incident(1, datetime.now(UTC)))
    world.aws.billing.estimates_since = datetime(2020, 1, 1, tzinfo=UTC)

    assert world.run()["switch"].words.startswith("CloudWatch has the bill")
