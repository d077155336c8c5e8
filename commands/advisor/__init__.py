"""/advisor: what Trusted Advisor, and our own checks by its rules, find wrong; check by check."""

from typing import Any

import click

from bot.command import Reach, Slash
from bot.core.places import account_ids
from bot.core.view import View
from commands.advisor import listing, listing_view, one_view, refreshing
from commands.advisor.named import CATEGORIES

account = click.option(
    "--account", "accounts", multiple=True, help="Only this account, by id or name; repeat it."
)


@click.group(name="advisor", cls=Slash, short_help="What Trusted Advisor and our own checks flag")
def advisor() -> None:
    """What Trusted Advisor flags, and what our own checks of the classic ones do, with or without a support plan."""


@advisor.command(
    "list", short_help="Every check: red, yellow, green, or nobody can tell", example="--account prod"
)
@account
@click.option(
    "--check", "checks", multiple=True, help="Only this check, by id, name or a part of it; repeat it."
)
@click.option("--category", default="", help=f"Only these: {', '.join(CATEGORIES)}.")
@click.option(
    "--all", "every", is_flag=True, help="Checks of every category, and the green ones in the table."
)
@click.pass_obj
def list_(reach: Reach, /, every: bool, category: str, **given: Any) -> View:
    """The security checks, the worst first: ours, and Trusted Advisor's beside them where the plan has it."""
    request = listing.Advised(
        accounts=account_ids(given["accounts"], reach.ports.accounts),
        checks=given["checks"],
        category=category,
        all=every,
    )
    return listing_view.show(request, listing.advised(request, reach), reach.ports.accounts)


@advisor.command("show", short_help="One check: what it flags, why, what to do first", example="ports")
@click.argument("check", nargs=-1, required=True)
@account
@click.pass_obj
def show(reach: Reach, /, check: tuple[str, ...], accounts: tuple[str, ...]) -> View:
    """What CHECK means, what it flags and why, and what to do first. CHECK is an id, a name, or a part of one."""
    request = listing.Advised(accounts=account_ids(accounts, reach.ports.accounts), checks=(" ".join(check),))
    return one_view.show(request, listing.advised(request, reach), reach.ports.accounts)


@advisor.command("refresh", short_help="Let Trusted Advisor look again", example="HCP4007jGY")
@click.argument("check", nargs=-1, required=True)
@click.pass_obj
def refresh(reach: Reach, /, check: tuple[str, ...]) -> View:
    """Let Trusted Advisor make CHECK again in the bot's own account; our own are made anew whenever they are asked."""
    request = refreshing.Refresh(check=" ".join(check))
    return refreshing.show(request, refreshing.refresh(request, reach))
