"""The bot may do what it asks for, and nothing that would change anything else."""

import re
from pathlib import Path

import botocore.session
from botocore import xform_name

import bot.adapters
from bot.adapters import dynamodb
from bot.adapters.aws import s3_calls
from bot.deploy.policy import fixing_policy, policy, setup_policy

ADAPTERS = Path(bot.adapters.__file__).parent
SETUP = {
    "athena:CreateWorkGroup",
    "athena:UpdateWorkGroup",
    "budgets:ModifyBudget",
    "ce:CreateAnomalyMonitor",
    "ce:CreateAnomalySubscription",
    "ce:GetAnomalySubscriptions",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:PutMetricAlarm",
    "glue:BatchCreatePartition",
    "glue:CreateDatabase",
    "glue:CreateTable",
    "glue:UpdateTable",
    "sns:CreateTopic",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:Subscribe",
    "sqs:SetQueueAttributes",
}
"""What only `noroshi setup trail` and `billing` do: the bot could lift its own limit with it, or silence itself."""
OPERATORS = SETUP | {
    "dynamodb:CreateTable",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:UpdateTimeToLive",
    "guardduty:CreateSampleFindings",
}
"""What only whoever sets it up does: the table, and the doctor's sample."""
FREE = {"sts:GetCallerIdentity"}


def asked(*files):
    return {name for file in files for name in re.findall(r'"([a-z0-9-]+:[A-Z]\w+)"', file.read_text())}


def allowed(sid=""):
    return {name for one in policy()["Statement"] if sid in one["Sid"] for name in one["Action"]}


def test_whatever_an_adapter_asks_for_is_allowed():
    fixes = {action for statement in fixing_policy()["Statement"] for action in statement["Action"]}

    assert asked(*ADAPTERS.rglob("*.py")) - OPERATORS - FREE - fixes <= allowed()
    assert not fixes & allowed()


def test_every_question_to_config_is_allowed_and_no_other():
    """The adapter names Config's operations; their actions are called alike."""
    model = botocore.session.get_session().get_service_model("config")
    operations = {xform_name(name): name for name in model.operation_names}
    text = "".join(file.read_text() for file in (ADAPTERS / "aws").glob("config_*.py"))
    named = {name for word, name in operations.items() if f'"{word}"' in text}

    assert len(named) > 10
    assert {f"config:{name}" for name in named} == {name for name in allowed() if name.startswith("config:")}


def test_every_question_about_a_buckets_public_access_is_allowed_and_no_other():
    asked = {call.action for call in s3_calls.EVERY}

    assert asked - allowed("SeeWhatLetsPeopleIntoBuckets") == {"s3:GetBucketLocation"}
    assert allowed("SeeWhatLetsPeopleIntoBuckets") <= asked
    assert asked <= allowed()


def test_every_question_about_the_bill_is_allowed_and_no_other():
    """The adapter names Cost Explorer's operations; their actions are called alike, but for Budgets' one."""
    model = botocore.session.get_session().get_service_model("ce")
    operations = {xform_name(name): name for name in model.operation_names}
    aws = ADAPTERS / "aws"
    files = [aws / "cost_explorer.py", aws / "billing_checks.py", *sorted(aws.glob("estimated_charges*.py"))]
    text = "".join(file.read_text() for file in files)
    named = {f"ce:{name}" for word, name in operations.items() if f'"{word}"' in text}

    assert len(named) == 4
    assert allowed("SeeTheBill") == named | asked(*files) - FREE


def test_every_question_about_findings_is_allowed_and_no_other():
    """The adapter names GuardDuty's operations; their actions are called alike."""
    model = botocore.session.get_session().get_service_model("guardduty")
    operations = {xform_name(name): name for name in model.operation_names}
    text = "".join(file.read_text() for file in (ADAPTERS / "aws").glob("findings*.py"))
    named = {f"guardduty:{name}" for word, name in operations.items() if f'"{word}"' in text}

    assert len(named) >= 7
    assert named <= allowed()
    assert {name for name in allowed("SeeDetectors") if name.startswith("guardduty:")} <= named


def test_every_question_for_advice_is_allowed_and_no_other():
    """The adapters name the operations of five services; their actions are called alike."""
    text = "".join(
        file.read_text()
        for begin in ("own_checks*.py", "trusted_advisor*.py")
        for file in (ADAPTERS / "aws").glob(begin)
    )
    named = {
        f"{service}:{name}"
        for service in ("ec2", "rds", "iam", "support", "trustedadvisor")
        for name in botocore.session.get_session().get_service_model(service).operation_names
        if f'"{xform_name(name)}"' in text
    }

    assert len(named) > 20
    assert allowed("AskTrustedAdvisor") | allowed("CheckTheAccount") == named


def test_what_only_an_operator_does_the_bot_may_not():
    assert not OPERATORS & allowed()


def test_the_bot_may_keep_its_records_and_no_more():
    assert allowed("DynamoDB") - {"dynamodb:DescribeTable"} == asked(Path(dynamodb.__file__))


def test_changing_findings_is_a_statement_of_its_own_that_says_what_it_is_for():
    """The adapter names GuardDuty's operations; their actions are called alike."""
    operations = botocore.session.get_session().get_service_model("guardduty").operation_names
    text = (ADAPTERS / "aws" / "finding_changes.py").read_text()
    named = {f"guardduty:{name}" for name in operations if f'"{xform_name(name)}"' in text}
    held = [one for one in policy()["Statement"] if named.intersection(one["Action"])]

    assert len(named) == 4
    assert [(one["Sid"], set(one["Action"])) for one in held] == [
        ("ChangeFindingsOnlyForAccessChange", named)
    ]


def test_whoever_sets_things_up_may_do_what_that_asks_for():
    trail = ("adopting", "glue", "glue_tables", "log_folders", "log_trails", "partitions", "workgroup")
    files = (*trail, "billing_topic", "billing_watchers")
    may = {name for one in setup_policy()["Statement"] for name in one["Action"]}

    assert asked(*(ADAPTERS / "aws" / f"{name}.py" for name in files)) == may
    assert may >= SETUP
