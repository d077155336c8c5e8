"""/trail: who did what, from CloudTrail."""

from typing import Any

import click

from bot.command import Reach, Slash
from bot.core.view import View
from commands.trail import who_accessed as accessed
from commands.trail import who_accessed_view as shown
from commands.trail.common import asked, narrowed
from commands.trail.coverage_command import command as coverage
from commands.trail.listing import LISTING
from commands.trail.new_command import command as new
from commands.trail.session_command import command as session
from commands.trail.sql_command import command as sql


@click.group(name="trail", cls=Slash, short_help="Who did what: CloudTrail, searched")
def trail() -> None:
    """Who did what, from CloudTrail's records."""


@trail.command(
    "who-accessed",
    short_help="Who read, wrote or was refused on a bucket",
    example="acme-payroll --since 36h",
)
@click.argument("bucket")
@narrowed
@click.option("--prefix", default="", help="Only objects whose key begins with this.")
@click.pass_obj
def who_accessed(reach: Reach, /, bucket: str, prefix: str, up_to: float | None, **given: Any) -> View:
    """Who read, wrote, deleted or was refused on BUCKET, and who copied out of it."""
    ports = reach.ports
    now = ports.now()
    name, key = accessed.pasted(bucket)
    request = accessed.WhoAccessed(bucket=name, prefix=prefix or key, asked=asked(reach, given))
    answer = accessed.who_accessed(request, reach.trail(up_to), ports, reach.progress)
    return shown.show(request, answer, now)


for command in (*LISTING, new, session, sql, coverage):
    trail.add_command(command)
