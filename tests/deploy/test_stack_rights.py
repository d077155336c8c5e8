"""Who may do what in the stacks: nobody more than the way of an event needs."""

import json

import pytest

from bot.deploy.hearing import archiving
from bot.embedded.aws import PROD, STAGING
from tests.deploy.conftest import PLACES
from tests.deploy.stack import make_stack


def rule_arns(aws, stack):
    account = PROD if stack.account_id == PROD.id else STAGING
    return {rule["Arn"] for rule in aws.client("events", account, stack.region).list_rules()["Rules"]}


def senders(policy):
    """Who may send, by the service that sends."""
    return {
        one["Principal"]["Service"]: one["Condition"]["ArnEquals"]["aws:SourceArn"]
        for one in policy["Statement"]
        if one["Action"] == "sqs:SendMessage"
    }


@pytest.mark.parametrize(
    ("place", "name"), [("home", "QueuePolicy"), *((place, "UndeliveredPolicy") for place in PLACES)]
)
def test_a_queue_takes_from_the_rules_that_were_made_and_the_bills_topic_alone(aws, stacks, place, name):
    stack = stacks[place]
    made = stack.properties(name)["PolicyDocument"]

    assert set(senders(made)["events.amazonaws.com"]) == rule_arns(aws, stack)
    assert senders(made)["sns.amazonaws.com"] == f"arn:aws:sns:us-east-1:{stack.account_id}:noroshi-bill"


@pytest.mark.parametrize("place", PLACES)
def test_what_can_not_be_delivered_is_kept_in_the_rules_own_region(aws, stacks, place):
    stack = stacks[place]
    account = PROD if stack.account_id == PROD.id else STAGING
    events = aws.client("events", account, stack.region)
    kept = {
        target["DeadLetterConfig"]["Arn"]
        for arn in rule_arns(aws, stack)
        for target in events.list_targets_by_rule(Rule=arn.rpartition("/")[2])["Targets"]
    }

    assert kept == {f"arn:aws:sqs:{stack.region}:{stack.account_id}:noroshi-undelivered"}
    retention = stack.properties("Undelivered")["MessageRetentionPeriod"]
    assert retention == 14 * 24 * 60 * 60


def test_the_bills_messages_that_can_not_be_delivered_are_kept_too(stacks):
    redrive = stacks["bill"].properties("BillToQueue")["RedrivePolicy"]

    assert redrive["deadLetterTargetArn"] == f"arn:aws:sqs:us-east-1:{PROD.id}:noroshi-undelivered"


def test_the_role_that_carries_events_home_can_do_nothing_else(stacks):
    role = stacks["staging"].properties("CarryHomeRole")

    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {
        "Service": "events.amazonaws.com"
    }
    (only,) = role["Policies"]
    assert only["PolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Action": "events:PutEvents",
            "Resource": f"arn:aws:events:eu-west-1:{PROD.id}:event-bus/default",
        }
    ]


def test_home_hears_only_the_accounts_that_are_named(stacks):
    statement = stacks["home"].properties("AccountsMaySend")["Statement"]

    assert statement["Principal"] == {"AWS": [STAGING.id]}
    assert statement["Resource"] == f"arn:aws:events:eu-west-1:{PROD.id}:event-bus/default"
    assert not {"OrganizationMaySend"} & stacks["home"].ids
    assert not {"AccountsMaySend"} & stacks["staging"].ids


def test_only_aws_itself_may_tell_of_the_bill_and_only_for_this_account(stacks):
    statements = stacks["bill"].properties("BillPolicy")["PolicyDocument"]["Statement"]

    assert {one["Principal"]["Service"] for one in statements} == {
        "cloudwatch.amazonaws.com",
        "budgets.amazonaws.com",
        "costalerts.amazonaws.com",
    }
    assert all(one["Condition"] == {"StringEquals": {"aws:SourceAccount": PROD.id}} for one in statements)


def test_the_bots_policy_names_its_own_queue_and_archives_nothing(stacks):
    text = json.dumps(stacks["home"].properties("BotPolicy"))

    assert f"arn:aws:sqs:eu-west-1:{PROD.id}:noroshi" in text
    assert "Archive" not in text
    assert not {"ArchivePolicy", "KeyPolicy", "TablePolicy", "Table", "Key"} & stacks["home"].ids


@pytest.fixture
def furnished(aws, stacks):
    """Home again, in a region of its own, with all that can be asked for."""
    return make_stack(
        "eu-north-1",
        HomeRegion="eu-north-1",
        Encryption="kms",
        Store="dynamodb",
        Archive="yes",
        RootReads="no",
        OperatorEmail="ops@example.com",
        Organization="o-exampleorgid",
        Name="signal",
    )


def test_all_that_can_be_asked_for_is_made(aws, furnished):
    key = furnished.properties("Queue")["KmsMasterKeyId"]

    assert key.startswith(f"arn:aws:kms:eu-north-1:{PROD.id}:key/")
    assert furnished.properties("Undelivered")["KmsMasterKeyId"] == key
    assert "SqsManagedSseEnabled" not in furnished.properties("Queue")
    users = {
        one["Principal"]["Service"]
        for one in furnished.properties("Key")["KeyPolicy"]["Statement"]
        if "Service" in one["Principal"]
    }
    assert users >= {"events.amazonaws.com", "sns.amazonaws.com"}
    assert furnished.properties("KeyPolicy")["PolicyDocument"]["Statement"][0]["Resource"] == key
    table = f"arn:aws:dynamodb:eu-north-1:{PROD.id}:table/signal"
    kept = furnished.properties("TablePolicy")["PolicyDocument"]["Statement"][0]["Resource"]
    assert kept == [table, f"{table}/index/lane"]
    archives = furnished.properties("ArchivePolicy")["PolicyDocument"]["Statement"]
    assert archives == [archiving()]
    mailed = furnished.properties("OperatorByMail")
    assert (mailed["Protocol"], mailed["Endpoint"]) == ("email", "ops@example.com")
    hears = furnished.properties("OrganizationMaySend")["Statement"]["Condition"]
    assert hears == {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}
    rules = aws.client("events", PROD, "eu-north-1").list_rules()["Rules"]
    assert {rule["State"] for rule in rules} == {"ENABLED"}
