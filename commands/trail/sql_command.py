"""/trail sql: what is typed, and the view that comes of it."""

import click

from bot.command import Question, Reach
from bot.core.span import span
from bot.core.view import View
from commands.trail.common import MOST_ROWS, window
from commands.trail.sql import Sql, ask
from commands.trail.sql_view import show


@click.command(
    "sql",
    cls=Question,
    short_help="Your own SELECT, read-only",
    example='"SELECT event_name, count(*) AS calls FROM events GROUP BY 1 ORDER BY 2 DESC" --since 1d',
)
@click.argument("statement")
@window()
@click.option(
    "--limit", type=click.IntRange(1, MOST_ROWS), default=1000, show_default=True, help="Most rows to give."
)
@click.pass_obj
def command(
    reach: Reach, statement: str, since: str, until: str | None, limit: int, up_to: float | None
) -> View:
    """What one SELECT gives, over events (calls by our columns) or cloudtrail (the table's own), in "quotes"."""
    ports, now = reach.ports, reach.ports.now()
    request = Sql(statement.strip(), span(since, until, now=now, zone=ports.zone), limit)
    return show(request, ask(request, reach.trail(up_to), ports.recording, reach.progress), now)
