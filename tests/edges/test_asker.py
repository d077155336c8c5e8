"""Who asks is told to the command, so that what a question costs is kept by the person: in Slack and in the terminal."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from bot.command import Slash
from bot.core.view import View
from bot.edges.slack.answers import Answers
from bot.edges.slack.asking import Asking
from bot.edges.slack.pace import Pace
from bot.edges.slack.place import Place
from bot.edges.slack.pool import Pool
from bot.edges.terminal import program


@click.group(name="spend", cls=Slash)
def spend():
    """Spend money."""


@spend.command("some")
@click.pass_obj
def some(reach):
    """Spend some."""
    reach.trail(0.5)
    return View("spent")


class Ports:
    """Remembers who wanted an engine, for how much."""

    zone, accounts = UTC, {}

    def __init__(self):
        self.asked = []

    def paid_trail(self, asker, up_to):
        self.asked.append((asker, up_to))

    def now(self):
        return datetime(2026, 9, 8, tzinfo=UTC)


class Reply(SimpleNamespace):
    async def note(self, words):
        pass

    async def answer(self, message):
        self.message = message


@pytest.mark.asyncio
async def test_in_slack_it_is_the_members_id():
    ports, pace = Ports(), Pace()
    asking = Asking([spend], ports, Pool(1, 1), Answers(time.monotonic), pace)
    try:
        await asking.ask(["spend", "some"], Reply(place=Place("U123")))
    finally:
        asking.close()

    assert ports.asked == [("U123", 0.5)]


def test_in_the_terminal_it_is_the_machines_user(monkeypatch):
    monkeypatch.setenv("LOGNAME", "marta")
    ports = Ports()

    CliRunner().invoke(program([spend], lambda: ports, []), ["spend", "some"])

    assert ports.asked == [("terminal:marta", 0.5)]
