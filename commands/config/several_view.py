"""More than one resource has that name: a button for each, nothing picked silently."""

from collections.abc import Mapping

from bot.core.buttons import Ask, Button, Choice, Menu
from bot.core.configuration import kinds
from bot.core.configuration.item import Resource
from bot.core.sections import Paragraph
from bot.core.text import Code, Line, Small, When
from bot.core.view import View
from commands.config.common import of, place_words, title
from commands.config.locating import Several

_BUTTONS, _MOST = 4, 25


def show(question: str, several: Several, accounts: Mapping[str, str], more: tuple[str, ...] = ()) -> View:
    """Ask which one is meant; `question` is the one that was asked (`history`), `more` its other words."""
    resources = several.found.resources[:_MOST]
    return View(
        title=f"{len(several.found.resources):,} resources may be meant by {several.said}. Which one?",
        sections=(Paragraph(tuple(_line(one, accounts) for one in resources)),),
        command=f"config {question}",
        request={"resource": several.said},
        rows=tuple(_row(one) for one in several.found.resources),
        columns=("resource_type", "resource_id", "resource_name", "account_id", "region", "deleted_at"),
        caveats=several.found.caveats,
        buttons=_buttons(question, resources, accounts, more),
    )


def _line(one: Resource, accounts: Mapping[str, str]) -> Line:
    gone: Line = (Small(" · deleted "), When(one.deleted_at)) if one.deleted_at else ()
    return (f"{kinds.words(one.type)} ", Code(title(one)), Small(f" · {place_words(one, accounts)}"), *gone)


def _buttons(
    question: str, resources: tuple[Resource, ...], accounts: Mapping[str, str], more: tuple[str, ...]
) -> tuple[Button, ...]:
    asks = [(_label(one, accounts), ("config", question, *of(one), *more)) for one in resources]
    if len(asks) > _BUTTONS:
        return (Menu("Which one…", tuple(Choice(label, words) for label, words in asks)),)
    return tuple(Ask(label, words) for label, words in asks)


def _label(one: Resource, accounts: Mapping[str, str]) -> str:
    return f"{kinds.words(one.type)} {one.name or one.id} · {place_words(one, accounts)}"


def _row(one: Resource) -> dict[str, object]:
    return {
        "resource_type": one.type,
        "resource_id": one.id,
        "resource_name": one.name or None,
        "account_id": one.place.account_id or None,
        "region": one.place.region or None,
        "deleted_at": one.deleted_at,
    }
