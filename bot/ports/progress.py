"""How a question tells that it goes on."""

from collections.abc import Callable

Progress = Callable[[str], None]
