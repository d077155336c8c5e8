"""/trail new: what is typed, and the view that comes of it."""

from typing import Any

import click

from bot.command import Question, Reach
from bot.core.view import View
from commands.trail.common import asked, narrowed
from commands.trail.new import ask
from commands.trail.new_view import show


@click.command(
    "new",
    cls=Question,
    short_help="What was done for the first time",
    example="backup --since 2d",
)
@click.argument("principal", default="")
@narrowed
@click.pass_obj
def command(reach: Reach, /, **given: Any) -> View:
    """First uses of an action, a region or an address by PRINCIPAL (or anybody), against the 30 days before."""
    ports, now = reach.ports, reach.ports.now()
    principal, request = given["principal"].strip(), asked(reach, given)
    answer = ask(request, principal, reach.trail(given["up_to"]), ports.recording, reach.progress)
    return show(principal, request, answer, now)
