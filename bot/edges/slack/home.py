"""The Home tab: how the accounts stand, and below it what can be asked, out of the commands themselves."""

from collections.abc import Sequence
from typing import Protocol

import click

from bot.command import Slash
from bot.core.view import View
from bot.edges.answerable import answerable
from bot.errors import NoroshiError
from bot.render.lines import Json
from bot.render.views import home

_ASK = "Ask about your AWS accounts, in any channel"


class State(Protocol):
    """How the accounts stand, as it was last looked up."""

    def view(self) -> View:
        """At once: nobody is asked, and nothing waited for."""

    def look_again(self) -> None:
        """Have it looked at soon; may wait for the store."""


def front(commands: Sequence[Slash], state: View | None = None, *, note: str = "") -> Json:
    """How things stand, where that is known; a note on that; then every question with its usage and one line of help."""
    asks = [ask for command in commands for ask in _asks(command)]
    return home(_ASK, asks, state=answerable(state, commands) if state else None, note=note)


def closed(error: NoroshiError) -> Json:
    """What somebody sees who may not ask."""
    return home(error.message, [("Noroshi", error.hint)] if error.hint else [])


def _asks(command: Slash) -> list[tuple[str, str]]:
    above = click.Context(command, info_name=f"/{command.name}")
    return [(_usage(above, name, ask), ask.get_short_help_str(200)) for name, ask in command.asks().items()]


def _usage(above: click.Context, name: str, ask: click.Command) -> str:
    context = click.Context(ask, info_name=name, parent=above)
    needed = [each.make_metavar(context) for each in ask.params if isinstance(each, click.Argument)]
    return " ".join([context.command_path, *needed])
