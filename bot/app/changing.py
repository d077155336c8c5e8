"""Changing findings from the terminal, put together."""

from contextlib import closing

from bot.app.alerts import open_store
from bot.app.production import Production
from bot.app.record import must_be_kept
from bot.edges.finding_commands import Changing
from bot.edges.terminal import user
from bot.pipeline import audit
from bot.settings import Settings


def changing(given: Settings) -> Changing:
    """What the commands need; who did what is kept beside the presses, where a bot keeps any."""
    production = Production(given)

    def note(pressed: audit.Pressed) -> None:
        must_be_kept(given)
        with closing(open_store(given)) as store:
            audit.note(store, pressed, production.now())

    return Changing(
        production.findings,
        production.finding_changes,
        note,
        user(),
        production.accounts,
        production.now,
    )
