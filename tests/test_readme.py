"""The README tells the truth of today."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.deploy.policy import policy, text
from bot.settings import Settings
from commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def block(language, containing):
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return next(one for one in found if containing in one)


def test_the_policy_is_the_one_that_setup_prints():
    assert block("json", "AskAthena") == text()


def test_the_policy_changes_nothing_but_what_is_the_bots_own_and_archives_findings():
    """Every action reads, starts or stops a query, keeps its results or the bot's records, or takes a message.

    What a role of another account may, its own policy says.
    """
    writes = {
        "s3:PutObject",
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",  # superseded days of the compact copy, which is the bot's own
        "glue:CreatePartition",
        "glue:UpdatePartition",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "dynamodb:PutItem",
        "guardduty:ArchiveFindings",
    }
    reads = re.compile(
        r"\w+:(Get|List|Describe|Receive|StartQuery|StopQuery|BatchGet|Query|Decrypt|AssumeRole|Lookup)"
    )
    actions = {action for statement in policy()["Statement"] for action in statement["Action"]}

    assert {action for action in actions if not reads.match(action)} == writes
    assert all("*" not in action for action in actions)


def test_the_settings_are_settings():
    given = Settings.model_validate(tomllib.loads(block("toml", "[trail]")))

    assert given.trail.workgroup == "noroshi"
    assert given.alerts.channel == "#security"
    assert given.access.channels == ("#security", "#ops")


@pytest.mark.parametrize("picture", re.findall(r"!\[[^]]+\]\(([^)]+)\)", README))
def test_its_pictures_are_there(picture):
    assert (ROOT / picture).stat().st_size > 10_000


def test_every_question_stands_in_it():
    for slash in COMMANDS:
        for name in slash.asks():
            assert f"/{slash.name} {name}" in README


def test_it_opens_with_a_picture_then_a_transcript_then_two_commands_then_the_map():
    places = [
        README.index(part)
        for part in ("](.pictures/answer.png)", "```console", "make demo", "make test", "## The map")
    ]

    assert places == sorted(places)
    assert places[0] < 500
