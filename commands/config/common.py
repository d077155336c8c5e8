"""The options that every question of /config takes, and the values they become."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from bot.command import Reach
from bot.core.configuration.item import Resource
from bot.core.places import account_ids, region_names
from bot.core.text import Line, Small
from commands.config.locating import Where

Command = TypeVar("Command", bound=Callable[..., Any])
_MOST = 1000


def narrowed(command: Command) -> Command:
    """`--type`, `--account`, `--region`: which of several is meant, or where to look."""
    for option in (
        click.option("--region", "regions", multiple=True, help="Look in this region; repeat it."),
        click.option(
            "--account", "accounts", multiple=True, help="Look in this account, by id or name; repeat it."
        ),
        click.option("--type", "type", default="", help="Config’s own type: AWS::EC2::SecurityGroup."),
    ):
        command = option(command)
    return command


def window(command: Command) -> Command:
    """`--since`, `--until`, how many states to read, and what asking who may cost."""
    for option in (
        click.option("--up-to", type=float, default=None, hidden=True, help="What it may cost, in USD."),
        click.option(
            "--limit",
            type=click.IntRange(1, _MOST),
            default=20,
            show_default=True,
            help="Most states to read.",
        ),
        click.option("--until", default=None, help="Up to when; now if left out."),
        click.option(
            "--since",
            default="30d",
            show_default=True,
            help="How far back: 30d, 36h, yesterday, or an ISO time.",
        ),
    ):
        command = option(command)
    return command


def where(reach: Reach, given: Mapping[str, Any]) -> Where:
    """What narrows the search; raises BadRequest for what is no account or region."""
    return Where(
        given.get("type", "").strip(),
        account_ids(given.get("accounts", ()), reach.ports.accounts),
        region_names(given.get("regions", ())),
    )


def of(resource: Resource) -> tuple[str, ...]:
    """The words that mean this resource and no other."""
    account = ("--account", resource.place.account_id) if resource.place.account_id else ()
    return (resource.id, "--type", resource.type, *account, "--region", resource.place.region)


def title(resource: Resource) -> str:
    """`web-prod (sg-0a1b2c)`; the id alone where it has no other name."""
    return f"{resource.name} ({resource.id})" if resource.name not in {"", resource.id} else resource.id


def place_words(resource: Resource, accounts: Mapping[str, str]) -> str:
    """`prod · eu-west-1`."""
    account = resource.place.account_id
    return " · ".join(one for one in (accounts.get(account) or account, resource.place.region) if one)


def small_place(resource: Resource, kind: str, accounts: Mapping[str, str]) -> Line:
    """The line under the title: what it is, and where."""
    return (Small(f"{kind} · {place_words(resource, accounts)}"),)
