"""/trail coverage: what is typed, and the view that comes of it."""

import click

from bot.command import Question, Reach
from bot.core.view import View
from commands.trail.coverage import Coverage, coverage
from commands.trail.coverage_view import show
from commands.trail.who_accessed import pasted


@click.command(
    "coverage",
    cls=Question,
    short_help="What the trails record, and what not",
    example="acme-payroll",
)
@click.argument("bucket", required=False, default="")
@click.pass_obj
def command(reach: Reach, bucket: str) -> View:
    """What is recorded and what not, and how to turn it on; of BUCKET's objects too, where one is named."""
    request = Coverage(bucket=pasted(bucket)[0] or None)
    return show(request, coverage(request, reach.ports.recording))
