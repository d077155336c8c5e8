"""The options that every question of /trail takes, and the values they become."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from bot.command import Reach
from bot.core.places import account_ids, region_names
from bot.core.span import span
from bot.errors import BadRequest
from bot.trail.rows import Asked

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_ROWS = 10_000
_EVENT = re.compile(r"([a-z0-9.-]+:)?[A-Za-z0-9_]{2,128}")


def window(since: str = "7d") -> Callable[[Command], Command]:
    """`--since`, `--until`, and what may be spent."""

    def add(command: Command) -> Command:
        for option in (
            click.option("--up-to", type=float, default=None, hidden=True, help="What it may cost, in USD."),
            click.option("--until", default=None, help="Up to when; now if left out."),
            click.option(
                "--since",
                default=since,
                show_default=True,
                help="How far back: 7d, 36h, yesterday, or an ISO time.",
            ),
        ):
            command = option(command)
        return command

    return add


def narrowed(command: Command) -> Command:
    """The window, and what narrows a question to some of its calls."""
    for option in (
        click.option(
            "--limit",
            type=click.IntRange(1, MOST_ROWS),
            default=1000,
            show_default=True,
            help="Most rows to list; all are counted.",
        ),
        click.option("--errors", is_flag=True, help="Only calls that failed."),
        click.option("--event", default="", help="Only this call: GetObject, or s3:GetObject."),
        click.option("--region", "regions", multiple=True, help="Only this region; repeat it."),
        click.option(
            "--account",
            "accounts",
            multiple=True,
            help="Only this account's trail, by id or name; repeat it.",
        ),
    ):
        command = option(command)
    return window()(command)


def asked(reach: Reach, given: Mapping[str, Any]) -> Asked:
    """What the options say; raises BadRequest for what is none."""
    ports = reach.ports
    return Asked(
        span(given["since"], given["until"], now=ports.now(), zone=ports.zone),
        accounts=account_ids(given.get("accounts", ()), ports.accounts),
        regions=region_names(given.get("regions", ())),
        event=_event(given.get("event", "")),
        errors=given.get("errors", False),
        limit=given.get("limit", 1000),
    )


def _event(word: str) -> str:
    if word and not _EVENT.fullmatch(word.strip()):
        raise BadRequest(f"{word[:60]!r} is no call's name.", "Say one like GetObject, or s3:GetObject.")
    return word.strip()
