"""`noroshi setup`, word for word."""

from datetime import date

import pytest
from click.testing import CliRunner

from bot.adapters.aws.s3_change import PUTS
from bot.deploy.policy import fixing_policy, fixing_text, policy, setup_text, text
from bot.edges.setup import SetupParts, setup_group
from bot.errors import AccessDenied
from bot.settings import Settings
from bot.trail.setting_up import Done, LogPlace
from bot.trail.table import ddl

PLACE = LogPlace("s3://acme/AWSLogs/", ("111122223333",), ("eu-west-1",), date(2026, 1, 1))
OLD = "--location s3://acme/AWSLogs/ --account 111122223333 --region eu-west-1"


class Setup:
    """Tells what it is told to, and keeps what it was asked."""

    def __init__(self, *lines):
        self.lines, self.asked = lines, []

    def make(self, wish):
        self.asked.append(("make", wish))
        yield from self.lines

    def adopt(self, wish):
        self.asked.append(("adopt", wish))
        yield from self.lines

    def find(self, _):
        yield from self.lines
        return None if any(line.failed for line in self.lines) else PLACE

    def statements(self, *_):
        yield "CREATE ONE"
        yield "CREATE TWO"


def unused(_):
    raise AssertionError("not needed here")


@pytest.fixture
def run():
    def say(words, *lines):
        made = Setup(*lines)
        group = setup_group(SetupParts(Settings, lambda _: made, (), unused))
        result = CliRunner().invoke(group, words.split())
        result.asked = made.asked
        return result

    return say


def test_each_line_is_said_with_its_next_step(run):
    result = run(
        "trail", Done("table", "noroshi.cloudtrail: made", "do this next"), Done("workgroup", "made")
    )

    assert result.exit_code == 0
    assert result.stdout == (
        "  table      noroshi.cloudtrail: made\n             → do this next\n  workgroup  made\n"
    )


def test_a_part_that_failed_is_marked_and_is_the_exit_code(run):
    result = run("trail", Done("database", "refused", failed=True), Done("workgroup", "made"))

    assert result.exit_code == 4
    assert result.stdout.startswith("! database   refused\n  workgroup  made")


def test_what_is_asked_for_arrives(run):
    result = run(
        "trail --trail acme --account 111122223333 --region eu-west-1 --since 2026-01-02"
        " --compact s3://acme/compact/ --apply-workgroup"
    )
    ((how, wish),) = result.asked

    assert how == "make"
    assert (wish.trail, wish.accounts, wish.regions) == ("acme", ("111122223333",), ("eu-west-1",))
    assert (wish.since, wish.compact, wish.apply_workgroup) == (date(2026, 1, 2), "s3://acme/compact/", True)


def test_adopting_does_nothing_else(run):
    assert [how for how, _ in run("trail --adopt").asked] == ["adopt"]


def test_printing_changes_nothing_and_keeps_stdout_for_the_statements(run):
    result = run("trail --print", Done("trail", "acme"))

    assert result.stdout == "CREATE ONE;\n\nCREATE TWO\n"
    assert result.stderr == "  trail      acme\n"
    assert result.asked == []


def test_nothing_is_printed_for_a_trail_that_was_not_found(run):
    result = run("trail --print", Done("trail", "no trail", failed=True))

    assert (result.exit_code, result.stdout) == (4, "")


def test_a_location_alone_prints_the_statement_and_asks_aws_nothing(run):
    result = run(f"trail {OLD}")

    assert result.exit_code == 0
    assert result.asked == []
    assert result.stdout == (
        ddl("noroshi", "cloudtrail", "s3://acme/AWSLogs/", ["111122223333"], ["eu-west-1"], "2024/01/01")
        + "\n"
    )


def test_a_location_needs_its_accounts_and_regions(run):
    result = run("trail --location s3://acme/AWSLogs/ --region eu-west-1")

    assert result.exit_code == 2
    assert "--account must be said" in result.stderr


@pytest.mark.parametrize("day", ["soon", "2026/13/01", "01/02/2026"])
def test_a_day_that_is_none_is_told(run, day):
    result = run(f"trail --since {day}")

    assert result.exit_code == 2
    assert "is not a day" in result.stderr
    assert result.asked == []


def test_settings_that_are_refused_are_told_on_stderr():
    def refuse(_):
        raise AccessDenied("AWS refused.", "Allow it.", action="s3:ListBucket")

    result = CliRunner().invoke(setup_group(SetupParts(Settings, refuse, (), unused)), ["trail"])

    assert result.exit_code == 4
    assert "AWS refused." in result.stderr


def test_each_policy_is_printed_by_itself(run):
    assert run("policy").stdout == text()
    assert run("policy --for-setup").stdout == setup_text()
    assert run("policy --for-fixes").stdout == fixing_text()


def test_the_bots_own_policy_changes_no_bucket():
    (fixing,) = fixing_policy()["Statement"]
    held = {action for statement in policy()["Statement"] for action in statement["Action"]}

    assert not held & set(fixing["Action"])
    assert {action for actions in PUTS.values() for action in actions} == set(fixing["Action"])
