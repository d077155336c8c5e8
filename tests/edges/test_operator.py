"""What an operator runs, word for word."""

import json

import pytest
from click.testing import CliRunner

from bot.core.check import Check, Found
from bot.deploy import grafana
from bot.deploy.template import text
from bot.edges import operator
from bot.settings import Settings


def checks(name):
    return lambda _: [Check("alerts", name, lambda: Found("ok", "well"))]


@pytest.fixture
def run():
    def unused(*_):
        raise AssertionError("not needed here")

    parts = operator.Parts(
        settings=Settings,
        whole=unused,
        decide=unused,
        presses=unused,
        status=unused,
        checks=checks("queue"),
        compactor=unused,
        changing=unused,
        trail_setup=unused,
        billing_setup=unused,
        slashes=(),
        end_to_end=checks("sample"),
    )
    commands = {command.name: command for command in operator.commands(parts)}
    return lambda *words: CliRunner().invoke(commands[words[0]], words[1:])


def names(result):
    return [row["check"] for row in json.loads(result.stdout)["rows"]]


def test_the_doctor_sends_a_sample_only_when_asked(run):
    assert names(run("doctor", "--format", "json")) == ["queue"]
    assert names(run("doctor", "--end-to-end", "--format", "json")) == ["queue", "sample"]


def test_the_template_alone_goes_to_stdout_and_the_next_step_to_stderr(run):
    result = run("setup", "template")

    assert result.exit_code == 0
    assert result.stdout == text()
    assert "aws cloudformation deploy --template-file noroshi.yaml" in result.stderr
    assert "--capabilities CAPABILITY_IAM" in result.stderr
    assert result.stderr.index('HomeRegion="$AWS_REGION"') < result.stderr.index("--region us-east-1")
    assert "NOROSHI_ALERTS__QUEUE_URL" in result.stderr


def test_the_dashboard_is_printed_as_it_is_in_the_package(run):
    result = run("setup", "grafana")

    assert (result.exit_code, result.stdout) == (0, grafana.text())
