"""Buttons that ask what this bot can answer."""

from collections.abc import Sequence
from dataclasses import replace

from bot.command import Slash
from bot.core.buttons import Ask, Button
from bot.core.view import View


def answerable(view: View, commands: Sequence[Slash]) -> View:
    """The view without the questions that no command has."""
    known = {(command.name, name) for command in commands for name in command.asks()}
    return replace(view, buttons=tuple(each for each in view.buttons if _is_known(each, known)))


def _is_known(button: Button, known: set[tuple[str | None, str]]) -> bool:
    return not isinstance(button, Ask) or tuple(button.words[:2]) in known
