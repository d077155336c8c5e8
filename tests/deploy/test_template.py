"""The template is what the sources say, and what CloudFormation takes."""

from pathlib import Path

import cfnlint
import yaml

from bot.adapters import dynamodb_table
from bot.deploy import policy
from bot.deploy.rules import patterns, reads_too
from bot.deploy.template import template, text
from bot.sources import SOURCES

FILE = Path(policy.__file__).parent / "noroshi.yaml"
REGIONS = ["eu-west-1", "us-east-1", "ap-northeast-1", "eu-north-1"]


def test_the_file_is_what_setup_prints():
    """After a change of a pattern: make template."""
    assert FILE.read_text() == text()


def test_it_reads_back_as_it_was_written():
    assert yaml.safe_load(text()) == template()


def test_cfn_lint_has_nothing_to_say():
    config = cfnlint.ManualArgs(regions=REGIONS, include_checks=["I"])

    assert [f"{found}" for found in cfnlint.lint(text(), config=config)] == []


def test_cfn_lint_would_have_something_to_say():
    spoilt = text().replace("MessageRetentionPeriod", "MessageRetention")

    assert cfnlint.lint(spoilt, config=cfnlint.ManualArgs(regions=REGIONS))


def test_every_pattern_of_every_source_is_a_rule_and_nothing_else_but_our_own_alarms():
    rules = [
        one["Properties"] for one in template()["Resources"].values() if one["Type"] == "AWS::Events::Rule"
    ]
    every = [pattern for source in SOURCES for pattern in source.patterns()]

    made = [rule["EventPattern"] for rule in rules]
    assert [pattern for pattern in made if pattern in every] == every
    assert len(made) == len(every) + 1


def test_only_calls_without_names_are_heard_reading():
    """One rule, of root alone: read-only calls are many."""
    reading = [pattern for _, pattern in patterns(SOURCES) if reads_too(pattern)]

    assert len(reading) == 1
    details = reading[0]["detail"]
    assert {str(one["userIdentity"]["type"]) for one in details.get("$or", [details])} == {"['Root']"}


def test_it_can_be_deployed_without_a_bucket():
    """Limit: docs, CloudFormation quotas, a template body of 51,200 bytes."""
    assert len(text().encode()) < 51_200
    assert len(template()["Description"]) <= 1024


class _Told:
    """Stands for DynamoDB's client, and keeps what it is asked to make."""

    class exceptions:  # noqa: N801 - boto3's own name
        ResourceInUseException = RuntimeError

    def create_table(self, **made):
        self.made = made

    def get_waiter(self, _):
        return self

    def wait(self, **_):
        pass

    def describe_time_to_live(self, **_):
        return {"TimeToLiveDescription": {}}

    def update_time_to_live(self, **made):
        self.made["TimeToLiveSpecification"] = made["TimeToLiveSpecification"]


def test_the_table_is_the_one_that_the_bot_makes_itself():
    told = _Told()
    dynamodb_table.make(told, "noroshi")

    assert template()["Resources"]["Table"]["Properties"] == told.made | {"TableName": {"Ref": "Name"}}
