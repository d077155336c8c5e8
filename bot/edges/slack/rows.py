"""What an answer leaves out, as files in the thread where everybody reads it."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.core.view import File, View
from bot.edges.slack.thread import Thread
from bot.errors import Upstream
from bot.render.blocks import leaves_rows_out
from bot.render.files import csv_name, to_csv
from bot.render.lines import Json

_log = structlog.get_logger("noroshi.slack")


async def attach_rows(
    view: View, message: Json, thread: Thread, work: Callable[[Callable[[], str]], Awaitable[str]]
) -> None:
    """Upload all rows where the message leaves some out (`work` is a pool), and the answer's own file, if any.

    Where Slack does not take one, that is said. Raises nothing of Slack's: the answer itself stands there.
    """
    if leaves_rows_out(view, message):
        content = await work(partial(to_csv, view))
        await _attach(thread, File(csv_name(view), content), "The CSV of all rows")
    if view.file:
        await _attach(thread, view.file, f"The file {view.file.name}")


async def _attach(thread: Thread, file: File, what: str) -> None:
    try:
        await thread.attach(file.name, file.text.encode())
    except Upstream as error:
        _log.warning("file_lost", name=file.name, why=error.message)
        await _own_up(thread, error, what)


async def _own_up(thread: Thread, error: Upstream, what: str) -> None:
    try:
        await thread.say_error(error, what)
    except Upstream as lost:
        _log.warning("not_told", what=error.message, why=lost.message)
