"""The README tells the truth of today."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from bot.core import handover
from bot.deploy.policy import policy, text
from bot.settings import Settings
from bot.trail.calls import Call
from bot.trail.human import By
from commands import COMMANDS
from commands.advisor import rows as rows_of_advice
from commands.billing import anomalies_view, billing, forecast_view, spent, why_view
from commands.billing import rows as rows_of
from commands.config import compliance_view, config, history_view, state_view, who_view
from commands.guardduty import guardduty, rules_view, status_view, summary_view
from commands.guardduty import rows as rows_of_findings
from commands.s3 import policy_view, rows, s3
from commands.trail import trail
from commands.trail.coverage import TrailRow
from commands.trail.kinds import KINDS
from commands.trail.new import First
from commands.trail.who_accessed import Accessor

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
        "guardduty:UnarchiveFindings",
        "guardduty:UpdateFindingsFeedback",
        "guardduty:CreateFilter",
        "support:RefreshTrustedAdvisorCheck",  # lets AWS look again
        "iam:GenerateCredentialReport",  # IAM counts it as reading
    }
    reads = re.compile(
        r"[\w-]+:(Get|List|Describe|Select|Receive|StartQuery|StopQuery|BatchGet|Query|Decrypt|AssumeRole|Lookup|Validate|View)"
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


def documented():
    """What the README says of rows as JSON: question to the names of its fields."""
    table = README[README.index("| the fields of a row |") :].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ", 1) for line in table.splitlines()[2:]]
    return {
        question: re.findall(r"`(\w+)`", told.partition(";")[0])
        for questions, told in rows
        for question in re.findall(r"`([\w-]+)`", questions)
    }


def test_the_fields_of_every_questions_rows_stand_in_it_in_their_order():
    told, calls = documented(), list(Call.model_fields)
    other = {
        "who-accessed": list(Accessor.model_fields),
        "session": ["human", "known_by"],  # the same as calls, and these
        "new": list(First.model_fields),
        "coverage": list(TrailRow.model_fields),
        "sql": [],
    }

    assert told == dict.fromkeys(KINDS, calls) | other
    assert set(told) == set(trail.asks())


CONFIG = {
    "history": history_view.COLUMNS,
    "who": who_view.COLUMNS,
    "diff": ("path", "kind", "before", "after"),
    "at": state_view.STATE,
    "compliance": compliance_view.COLUMNS,
}


def test_the_fields_of_configs_rows_stand_in_it_in_their_order():
    table = README[README.index("| `/config …` | its rows |") :].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ", 1) for line in table.splitlines()[2:]]
    told = {
        question.strip("`"): re.findall(r"`(\w+)`", fields.partition(";")[0]) for question, fields in rows
    }

    assert told == {question: list(fields) for question, fields in CONFIG.items()}
    assert set(told) == set(config.asks())


def fields_of(heading):
    """The fields that a table of the README names, by question."""
    table = README[README.index(heading) :].partition("\n\n")[0]
    return {
        question: re.findall(r"`(\w+)`", fields.partition(";")[0])
        for questions, fields in (line.strip("| ").split(" | ", 1) for line in table.splitlines()[2:])
        for question in re.findall(r"`([\w-]+)`", questions)
    }


def test_the_fields_of_s3s_rows_stand_in_it_in_their_order():
    told = fields_of("| `/s3 …` | its rows |")

    assert told == {"public": [*rows.COLUMNS], "explain": [*rows.COLUMNS], "policy": [*policy_view.COLUMNS]}
    assert set(told) == set(s3.asks())


BILLING = {
    "summary": rows_of.columns("service"),
    "by-service": rows_of.columns("service"),
    "by-account": rows_of.columns("account"),
    "by-region": rows_of.columns("region"),
    "by-tag": rows_of.columns("tag:team"),
    "forecast": forecast_view.COLUMNS,
    "anomalies": anomalies_view.COLUMNS,
    "why": why_view.COLUMNS,
    "bot": spent.COLUMNS,
}


def test_the_fields_of_billings_rows_stand_in_it_in_their_order():
    told = fields_of("| `/billing …` | its rows |")

    assert told == {question: [*fields] for question, fields in BILLING.items()}
    assert set(told) == set(billing.asks())


GUARDDUTY = {
    "list": rows_of_findings.COLUMNS,
    "show": rows_of_findings.COLUMNS,
    "summary": summary_view.COLUMNS,
    "status": status_view.COLUMNS,
    "handover": handover.COLUMNS,
    "suppressions": rules_view.COLUMNS,
}


def test_the_fields_of_guarddutys_rows_stand_in_it_in_their_order():
    told = fields_of("| `/guardduty …` | its rows |")

    assert told == {question: [*fields] for question, fields in GUARDDUTY.items()}
    assert set(told) == set(guardduty.asks())


def test_the_fields_of_advisors_rows_stand_in_it_in_their_order():
    told = fields_of("| `/advisor …` | its rows |")

    assert told == {question: [*rows_of_advice.COLUMNS] for question in ("list", "show")}


def test_who_may_be_behind_a_session_is_known_by_words_that_stand_in_it():
    line = next(line for line in README.splitlines() if line.startswith("| `session` |"))

    assert line.rpartition(": ")[2].removesuffix(" |").split(", ") == [*get_args(By)]


def test_it_tells_what_is_asked_where_there_is_no_table():
    (line,) = (one for one in README.splitlines() if "LookupEvents" in one and "event history" in one)

    assert "no table" in line
    assert "90 days" in line
