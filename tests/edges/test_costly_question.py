"""A question that costs more than may be spent unasked, from the words in the terminal to Athena and back."""

import json

import pytest
from click.testing import CliRunner

from bot.app.production import Production
from bot.edges.terminal import program
from bot.settings import Settings
from commands import COMMANDS
from tests.aws_world import furnished

QUESTION = ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-01", "--until", "2026-09-08T12:00Z")


@pytest.fixture
def world(monkeypatch):
    with furnished() as made:
        for name, value in made.aws.environment().items():
            monkeypatch.setenv(name, value)
        yield made


@pytest.fixture
def ask(world, tmp_path):
    store = f"sqlite:///{tmp_path}/noroshi.db"

    def run(*more, **limits):
        trail = {"workgroup": "noroshi", "reuse_minutes": 0} | limits
        given = Settings.model_validate({"trail": trail, "alerts": {"store": store}})
        terminal = program(COMMANDS, lambda: Production(given), [])
        result = CliRunner().invoke(terminal, [*QUESTION, *more, "--format", "json"])
        return result.exit_code, json.loads(result.stdout)

    return run


def test_it_is_asked_about_and_a_yes_answers_it(ask):
    code, told = ask(ask_above_usd=0.00001)
    assert (code, told["error"]["type"]) == (2, "Costly")
    assert "--up-to 0.01" in told["error"]["hint"]

    code, told = ask("--up-to", "0.01", ask_above_usd=0.00001)

    assert code == 0
    assert told["rows"]


def test_above_the_last_limit_it_is_forbidden(ask):
    code, told = ask("--up-to", "100", refuse_above_usd=0.00001)

    assert (code, told["error"]["type"]) == (5, "Forbidden")


def test_a_days_questions_stop_at_the_persons_limit(ask, tmp_path):
    first, _ = ask(usd_per_person_a_day=0.00008)
    assert (tmp_path / "noroshi.db").exists()

    second, told = ask(usd_per_person_a_day=0.00008)

    assert (first, second) == (0, 5)
    assert "today" in told["error"]["message"]


def test_a_question_within_the_limits_leaves_no_store_behind(ask, tmp_path):
    code, told = ask(ask_above_usd=1)

    assert code == 0
    assert not any(tmp_path.iterdir())
    assert not [one for one in told["caveats"] if one["code"] == "estimate-unknown"]
