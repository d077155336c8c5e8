"""What can be pressed under a question that would cost too much: ask it anyway, or change it."""

from collections.abc import Sequence
from math import isfinite

import click

from bot.command import Slash
from bot.core.amounts import price, whole_cents
from bot.core.buttons import Ask, Button, Form
from bot.errors import Costly

_YES = "--up-to"
# What decides which files are read; nothing else makes a question cheaper.
_NARROWS = ("--since", "--until", "--account", "--region")


def ways_on(error: Costly, words: Sequence[str], slash: Slash) -> tuple[Button, ...]:
    """Ask anyway, up to the price in whole cents; and a form, where the question has something to narrow it by."""
    said, _ = _taken(words, {_YES})
    return (*_anyway(error.usd, said), *_change(said, slash))


def _anyway(usd: float, words: list[str]) -> tuple[Ask, ...]:
    if not isfinite(usd) or usd <= 0:
        return ()
    # Never below the price, or the yes would be asked for again.
    cents = whole_cents(usd)
    at = words.index("--") if "--" in words else len(words)
    asked = (*words[:at], _YES, cents, *words[at:])
    return (Ask(f"Ask anyway (up to {price(float(cents))})", asked, strong=True),)


def _change(words: list[str], slash: Slash) -> tuple[Form, ...]:
    question = slash.asks().get(words[1]) if len(words) > 1 else None
    # What a form adds would stand behind the dashes.
    if question is None or "--" in words:
        return ()
    options = {name: each for each in question.params for name in _NARROWS if _narrows(each, name)}
    fixed, present = _taken(words, set(options))
    fields = tuple(
        (name, _label(each, name), present.get(name, _default(each))) for name, each in options.items()
    )
    return (Form("Change…", tuple(fixed), fields),) if fields else ()


def _narrows(parameter: click.Parameter, name: str) -> bool:
    # A field of a form holds one value.
    return isinstance(parameter, click.Option) and name in parameter.opts and not parameter.multiple


def _label(parameter: click.Parameter, name: str) -> str:
    return (parameter.help if isinstance(parameter, click.Option) else None) or name.removeprefix(
        "--"
    ).capitalize()


def _default(parameter: click.Parameter) -> str:
    return parameter.default if isinstance(parameter.default, str) else ""


def _taken(words: Sequence[str], options: set[str]) -> tuple[list[str], dict[str, str]]:
    """The words without these options, and the options' values."""
    rest: list[str] = []
    values: dict[str, str] = {}
    left = iter(words)
    for word in left:
        name, given, value = word.partition("=")
        if word == "--":
            return [*rest, word, *left], values
        if name in options:
            values[name] = value if given else next(left, "")
        else:
            rest.append(word)
    return rest, values
