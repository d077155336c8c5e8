"""Findings are changed from the terminal by who runs it: asked first, on record, and nothing on stdout but the answer."""

import json

import pytest
from click.testing import CliRunner

from bot.core.findings.counts import counted
from bot.core.findings.seen import Listed
from bot.core.severity import Severity
from bot.edges.finding_commands import Changing, finding_commands
from bot.errors import AccessDenied, Upstream
from tests.commands.guardduty.small_findings import NOW, PROD, FakeFindings, ident, seen
from tests.fakes import FakeChanges

ONE, TWO = seen(1), seen(2)
RULE = ("suppress", ident(1), "--by", "type,address", "--name", "our-scanner")


class Terminal:
    def __init__(self):
        self.changes, self.noted, self.unkept = FakeChanges(), [], None

    def note(self, pressed):
        if self.unkept:
            raise self.unkept
        self.noted.append(pressed)

    def run(self, *words):
        made = Changing(
            FakeFindings(ONE, TWO), self.changes, self.note, "terminal:mika", {PROD: "prod"}, lambda: NOW
        )
        commands = {each.name: each for each in finding_commands(lambda: made)}
        return CliRunner().invoke(commands[words[0]], [*words[1:], "--format", "json"])


@pytest.fixture
def terminal():
    return Terminal()


def test_several_are_archived_at_once_and_each_is_on_record(terminal):
    result = terminal.run("archive", ident(1), ident(2), "--yes")

    assert result.exit_code == 0
    assert terminal.changes.archived == [ONE.kept, TWO.kept]
    assert [row["finding_id"] for row in json.loads(result.stdout)["rows"]] == [ident(1), ident(2)]
    assert [(each.act, each.name, each.channel, each.result) for each in terminal.noted] == [
        ("archive finding", "terminal:mika", "terminal", "archived")
    ] * 2


def test_they_can_be_brought_back_and_judged(terminal):
    terminal.run("archive", ident(1), "--yes")
    terminal.run("unarchive", ident(1), "--yes")
    terminal.run("useful", ident(1), "--yes")
    terminal.run("not-useful", ident(2), "--yes")

    assert terminal.changes.archived == []
    assert terminal.changes.judged == [(ONE.kept, True), (TWO.kept, False)]
    assert terminal.noted[-1].result == "judged to be of no use"


@pytest.mark.parametrize("words", [("archive", ident(1)), ("useful", ident(1)), RULE])
def test_where_nobody_can_be_asked_nothing_is_changed(terminal, words):
    result = terminal.run(*words)

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["hint"] == "Say --yes."
    assert (terminal.changes.archived, terminal.changes.judged, terminal.changes.rules) == ([], [], [])


def test_one_that_is_no_finding_keeps_all_others_as_they_are(terminal):
    result = terminal.run("archive", ident(1), ident(9), "--yes")

    assert result.exit_code == 3
    assert terminal.changes.archived == []


def test_what_aws_refuses_is_told_and_on_record(terminal):
    terminal.changes.error = AccessDenied("AWS refused.", action="guardduty:ArchiveFindings")

    result = terminal.run("archive", ident(1), "--yes")

    assert result.exit_code == 4
    assert terminal.noted[0].result == "AccessDenied: AWS refused."


def test_what_could_not_be_kept_is_said_and_was_done_all_the_same(terminal):
    terminal.unkept = Upstream("The store can't be reached.")

    result = terminal.run("archive", ident(1), "--yes")

    assert result.exit_code == 0
    assert terminal.changes.archived == [ONE.kept]
    assert "Not kept beside the presses: The store can't be reached." in result.stderr


def test_a_rule_is_made_after_what_it_hides_was_shown(terminal):
    bands = (Severity.CRITICAL, Severity.LOW)
    found = counted(("Recon:EC2/Portscan", PROD, each) for each in bands)
    terminal.changes.hidden = Listed((seen(),), found, 1, 1)

    result = terminal.run(*RULE, "--description", "we test it", "--yes")

    (rule,) = terminal.changes.rules
    assert list(rule.criteria) == ["type", "service.action.awsApiCallAction.remoteIpDetails.ipAddressV4"]
    assert rule.description == "we test it Made with Noroshi by terminal:mika."
    assert "CAREFUL: the rule our-scanner would have hidden 1 CRITICAL finding" in result.stderr
    assert json.loads(result.stdout)["rows"][0]["would_have_hidden"] == 2
    assert (NOW - terminal.changes.looked[0][1]).days == 30
    assert terminal.noted[0].result == "made"


@pytest.mark.parametrize("by", ["severity", "type", "type,severity", ""])
def test_too_wide_a_rule_is_none(terminal, by):
    result = terminal.run("suppress", ident(1), "--by", by, "--name", "our-scanner", "--yes")

    assert result.exit_code == 2
    assert terminal.changes.rules == []


def test_one_trait_is_enough_where_it_is_meant(terminal):
    terminal.run("suppress", ident(1), "--by", "type", "--name", "our-scanner", "--wide", "--yes")

    assert [list(each.criteria) for each in terminal.changes.rules] == [["type"]]


def test_a_name_that_is_taken_is_said_to_be(terminal):
    terminal.run(*RULE, "--yes")

    result = terminal.run(*RULE, "--yes")

    assert result.exit_code == 2
    assert "already" in json.loads(result.stdout)["error"]["message"]
    assert len(terminal.changes.rules) == 1
