"""/trail: who did what, from CloudTrail."""

import click

from bot.command import Reach, Slash
from bot.core.span import span
from bot.core.view import View
from commands.trail import who_accessed as asked
from commands.trail import who_accessed_view as shown


@click.group(name="trail", cls=Slash, short_help="Who did what: CloudTrail, searched")
def trail() -> None:
    """Who did what, from CloudTrail's records."""


@trail.command(
    "who-accessed",
    short_help="Who read, wrote or was refused on a bucket",
    example="acme-payroll --since 36h",
)
@click.argument("bucket")
@click.option(
    "--since", default="7d", show_default=True, help="How far back: 7d, 36h, yesterday, or an ISO time."
)
@click.option("--until", default=None, help="Up to when; now if left out.")
@click.option("--prefix", default="", help="Only objects whose key begins with this.")
@click.pass_obj
def who_accessed(reach: Reach, bucket: str, since: str, until: str | None, prefix: str) -> View:
    """Who read, wrote, deleted or was refused on BUCKET, and who copied out of it."""
    ports = reach.ports
    window = span(since, until, now=ports.now(), zone=ports.zone)
    name, key = asked.pasted(bucket)
    request = asked.WhoAccessed(bucket=name, prefix=prefix or key, span=window)
    answer = asked.who_accessed(request, ports.trail, ports, reach.progress)
    return shown.show(request, answer, ports.now())
