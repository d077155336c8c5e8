"""The options that every question of /trail takes, and the values they become."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from bot.command import Reach
from bot.core.span import span
from bot.errors import BadRequest
from bot.trail.rows import Asked

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_ROWS = 10_000
_ACCOUNT = re.compile(r"\d{12}")
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-\d")
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
            help="Most calls to list; all are counted.",
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
        regions=tuple(_region(name) for name in given.get("regions", ())),
        event=_event(given.get("event", "")),
        errors=given.get("errors", False),
        limit=given.get("limit", 1000),
    )


def account_ids(said: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """Twelve digits for each account, said by id or by the name that the settings give it (`named`: id to name)."""
    by_name = {name.lower(): number for number, name in named.items() if name}
    found = []
    for word in said:
        number = word if _ACCOUNT.fullmatch(word) else by_name.get(word.strip().lower())
        if number is None:
            known = ", ".join(sorted(by_name)) or "none"
            raise BadRequest(
                f"I know no account {word[:40]!r}.", f"Say its 12 digits; names I know: {known}."
            )
        found.append(number)
    return tuple(found)


def _region(word: str) -> str:
    if not _REGION.fullmatch(word.strip()):
        raise BadRequest(f"{word[:40]!r} is no region.", "Say one like eu-west-1.")
    return word.strip()


def _event(word: str) -> str:
    if word and not _EVENT.fullmatch(word.strip()):
        raise BadRequest(f"{word[:60]!r} is no call's name.", "Say one like GetObject, or s3:GetObject.")
    return word.strip()
