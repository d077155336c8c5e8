"""The bot may do what it asks for, and nothing that would change anything else."""

import re
from pathlib import Path

import bot.adapters
from bot.adapters import dynamodb
from bot.deploy.policy import policy

ADAPTERS = Path(bot.adapters.__file__).parent
OPERATORS = {
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
    assert asked(*ADAPTERS.rglob("*.py")) - OPERATORS - FREE <= allowed()


def test_what_only_an_operator_does_the_bot_may_not():
    assert not OPERATORS & allowed()


def test_the_bot_may_keep_its_records_and_no_more():
    assert allowed("DynamoDB") - {"dynamodb:DescribeTable"} == asked(Path(dynamodb.__file__))


def test_archiving_is_a_statement_of_its_own_that_says_what_it_is_for():
    held = [one for one in policy()["Statement"] if "guardduty:ArchiveFindings" in one["Action"]]

    assert [(one["Sid"], one["Action"]) for one in held] == [
        ("ArchiveOnlyForAccessChange", ["guardduty:ArchiveFindings"])
    ]
