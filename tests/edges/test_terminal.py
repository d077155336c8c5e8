"""Slash commands in the terminal: what help and errors show can be pasted into a shell."""

import json
from datetime import date, timedelta
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner

from bot.command import Slash
from bot.core.sections import Chart, Series
from bot.core.view import View
from bot.edges.terminal import program


@click.group(name="fire", cls=Slash, short_help="Fires")
def fire():
    """Fires, seen from the hill."""


@fire.command("list", example="--limit 3")
@click.option("--limit", type=int, default=10)
def listed(limit):
    """List the fires."""
    return View(title=f"{limit} fires")


def run(*words):
    return CliRunner().invoke(program([fire], lambda: None, []), ["fire", *words])


@pytest.mark.parametrize("words", [[], ["--help"], ["help"], ["list", "--help"]])
def test_help_is_the_terminals_own(words):
    shown = run(*words)

    assert shown.exit_code == 0
    assert shown.stdout.startswith("Usage: noroshi fire")
    assert "/fire" not in shown.stdout
    assert shown.stdout.count("--format rich|json|csv") == 1


def test_help_has_an_example_to_paste():
    assert "\n  noroshi fire list --limit 3\n" in run("list", "--help").stdout


def test_a_hint_can_be_pasted():
    shown = run("list", "--limit", "many", "--format", "rich")

    assert shown.exit_code == 2
    assert "noroshi fire list --help shows what it takes." in shown.stderr


@fire.command("cost")
def cost():
    """What the fires cost."""
    day, amounts = date(2026, 9, 8), (Decimal(3), Decimal(5))
    days = (day, day + timedelta(days=1))
    return View("$8", (Chart("Cost of fires", "two days", "USD", days, (Series("wood", amounts),)),))


def test_a_picture_is_written_beside_the_answer(tmp_path):
    shown = run("cost", "--picture", str(tmp_path / "cost.png"), "--format", "json")

    assert (tmp_path / "cost.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads(shown.stdout)["title"] == "$8"
    assert shown.stderr == f"Picture: {tmp_path / 'cost.png'}\n"


@pytest.mark.parametrize(
    ("words", "file", "said"),
    [
        (["list"], "fires.png", "has no chart"),
        (["cost"], "no/such/folder.png", "can’t be written: No such file"),
    ],
)
def test_a_picture_that_cannot_be_is_said_and_the_answer_stands(tmp_path, words, file, said):
    shown = run(*words, "--picture", str(tmp_path / file), "--format", "json")

    assert shown.exit_code == 2
    assert said in shown.stderr
    assert json.loads(shown.stdout)
