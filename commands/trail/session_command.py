"""/trail session: what is typed, and the view that comes of it."""

from typing import Any

import click

from bot.command import Question, Reach
from bot.core.view import View
from commands.trail.common import asked, narrowed
from commands.trail.session import trace
from commands.trail.session_view import show


@click.command(
    "session",
    cls=Question,
    short_help="Who is behind a role's session, and what it did",
    example="payroll-export/nightly --since 36h",
)
@click.argument("session")
@narrowed
@click.pass_obj
def command(reach: Reach, /, **given: Any) -> View:
    """The human behind SESSION, by the calls that led to it, and its own calls: an ARN, ROLE/SESSION, or a key's id."""
    ports, now = reach.ports, reach.ports.now()
    said, request = given["session"].strip(), asked(reach, given)
    told = trace(said, request, reach.trail(given["up_to"]), ports.recording, reach.progress)
    return show(said, request, told, now)
