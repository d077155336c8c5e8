"""/config: what changed, what it was, and who did it, from AWS Config and CloudTrail."""

from typing import Any

import click

from bot.command import Reach, Slash
from bot.core.span import moment, span
from bot.core.view import View
from commands.config import compliance as complying
from commands.config import compliance_view, history_view, several_view, state_view, who_view
from commands.config import history as changing
from commands.config import state as being
from commands.config.common import narrowed, where, window
from commands.config.locating import Several


@click.group(name="config", cls=Slash, short_help="What changed, and who did it: AWS Config and CloudTrail")
def config() -> None:
    """What changed in a resource, and who did it, from AWS Config and CloudTrail."""


@config.command(
    "history", short_help="What changed in a resource, and who did it", example="sg-0a1b2c3d --since 7d"
)
@click.argument("resource")
@window
@click.option("--all", "every", is_flag=True, help="Show what moves by itself, too.")
@narrowed
@click.pass_obj
def history(reach: Reach, /, resource: str, every: bool, up_to: float | None, **given: Any) -> View:
    """What changed in RESOURCE (an id, a name, an ARN, a console address), what is dangerous of it, and who did it."""
    request, now = _request(reach, resource, given, every=every), reach.ports.now()
    found = changing.history(request, reach, up_to)
    if isinstance(found, Several):
        return several_view.show("history", found, reach.ports.accounts, _since(given))
    return history_view.show(request, found, reach.ports.accounts, now)


@config.command("who", short_help="Who changed a resource", example="web-prod --since 90d")
@click.argument("resource")
@window
@narrowed
@click.pass_obj
def who(reach: Reach, /, resource: str, up_to: float | None, **given: Any) -> View:
    """Who changed RESOURCE, without what they changed."""
    request, now = _request(reach, resource, given), reach.ports.now()
    found = changing.history(request, reach, up_to)
    if isinstance(found, Several):
        return several_view.show("who", found, reach.ports.accounts, _since(given))
    return who_view.show(request, found, reach.ports.accounts, now)


@config.command("diff", short_help="What differs between two moments", example="web-prod --at 7d --to now")
@click.argument("resource")
@click.option("--at", required=True, help="The older moment: 7d (ago), yesterday, or an ISO time.")
@click.option("--to", default="now", show_default=True, help="The newer one.")
@narrowed
@click.pass_obj
def diff(reach: Reach, /, resource: str, at: str, to: str, **given: Any) -> View:
    """What differs in RESOURCE between two moments."""
    ports = reach.ports
    ends = [moment(words, now=ports.now(), zone=ports.zone) for words in (at, to)]
    request = being.Between(resource=resource, at=ends[0], to=ends[1], where=where(reach, given))
    found = being.compare(request, reach)
    if isinstance(found, Several):
        return several_view.show("diff", found, ports.accounts, ("--at", at, "--to", to))
    return state_view.show_compared(request, found, ports.accounts)


@config.command("at", short_help="What a resource was at a moment", example="web-prod 2026-09-08T03:00Z")
@click.argument("resource")
@click.argument("time")
@narrowed
@click.pass_obj
def at(reach: Reach, /, resource: str, time: str, **given: Any) -> View:
    """The state of RESOURCE at TIME (7d, yesterday, an ISO time), as JSON."""
    ports = reach.ports
    then = moment(time, now=ports.now(), zone=ports.zone)
    request = being.StateAt(resource=resource, at=then, where=where(reach, given))
    found = being.state(request, reach)
    if isinstance(found, Several):
        return several_view.show("at", found, ports.accounts, (time,))
    return state_view.show_state(request, found, ports.accounts)


@config.command("compliance", short_help="What breaks a rule, since when, and why", example="web-prod")
@click.argument("resource", required=False, default="")
@click.option("--rule", default="", help="Only this rule of AWS Config.")
@click.option("--all", "every", is_flag=True, help="What is in order too, and rules that services made.")
@narrowed
@click.pass_obj
def compliance(reach: Reach, /, resource: str, rule: str, every: bool, **given: Any) -> View:
    """What is not compliant, since when, and why: all of it, RESOURCE alone, or what breaks one rule."""
    request = complying.Compliance(resource=resource, rule=rule, all=every, where=where(reach, given))
    found = complying.compliance(request, reach)
    if isinstance(found, Several):
        return several_view.show("compliance", found, reach.ports.accounts)
    return compliance_view.show(request, found, reach.ports.accounts)


def _request(
    reach: Reach, resource: str, given: dict[str, Any], *, every: bool = False
) -> changing.HistoryOf:
    ports = reach.ports
    length = span(given["since"], given["until"], now=ports.now(), zone=ports.zone)
    return changing.HistoryOf(
        resource=resource, span=length, where=where(reach, given), limit=given["limit"], all=every
    )


def _since(given: dict[str, Any]) -> tuple[str, ...]:
    until = ("--until", given["until"]) if given["until"] else ()
    return ("--since", given["since"], *until)
