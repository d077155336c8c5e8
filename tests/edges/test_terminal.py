"""Slash commands in the terminal: what help and errors show can be pasted into a shell."""

import click
import pytest
from click.testing import CliRunner

from bot.command import Slash
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
