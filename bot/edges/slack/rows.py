"""All rows of an answer that shows only some, as a file in the thread where everybody reads it."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.core.view import View
from bot.edges.slack.thread import Thread
from bot.errors import Upstream
from bot.render.blocks import leaves_rows_out
from bot.render.files import csv_name, to_csv
from bot.render.lines import Json

_log = structlog.get_logger("noroshi.slack")


async def attach_rows(
    view: View, message: Json, thread: Thread, work: Callable[[Callable[[], str]], Awaitable[str]]
) -> None:
    """Upload them where the message leaves some out, `work` being a pool; where Slack does not take it, say so.

    Raises nothing of Slack's: the answer itself stands there.
    """
    if not leaves_rows_out(view, message):
        return
    try:
        content = await work(partial(to_csv, view))
        await thread.attach(csv_name(view), content.encode())
    except Upstream as error:
        _log.warning("rows_lost", command=view.command, why=error.message)
        await _own_up(thread, error)


async def _own_up(thread: Thread, error: Upstream) -> None:
    try:
        await thread.say_error(error, "The CSV of all rows")
    except Upstream as lost:
        _log.warning("not_told", what=error.message, why=lost.message)
