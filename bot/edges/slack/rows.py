"""What an answer leaves out, as files in the thread where everybody reads it."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.core.upload import Upload
from bot.core.view import View
from bot.edges.slack import uploads
from bot.edges.slack.thread import Thread
from bot.errors import NotConfigured, Upstream
from bot.render.blocks import leaves_rows_out
from bot.render.chart import charts
from bot.render.lines import Json

_log = structlog.get_logger("noroshi.slack")

Made = tuple[Upload, ...]
Work = Callable[[Callable[[], Made]], Awaitable[Made]]


async def attach_rows(view: View, message: Json, thread: Thread, work: Work) -> None:
    """Upload all rows where the message leaves some out (`work` is a pool), the answer's own file, and its pictures.

    Where Slack does not take one, that is said. Raises nothing of Slack's: the answer itself stands there.
    """
    if leaves_rows_out(view, message):
        await _attach(thread, work, partial(uploads.rows, view), "The CSV of all rows")
    if view.file:
        await _attach(thread, work, partial(uploads.own_file, view), f"The file {view.file.name}")
    if charts(view):
        await _attach(thread, work, partial(uploads.pictures, view), "The picture")


async def _attach(thread: Thread, work: Work, make: Callable[[], Made], what: str) -> None:
    try:
        for file in await work(make):
            await thread.attach(file)
    except NotConfigured as error:
        # The answer shows its chart in characters; nobody in the channel can install anything.
        _log.warning("picture_not_drawn", why=error.message, hint=error.hint)
    except Upstream as error:
        _log.warning("file_lost", what=what, why=error.message)
        await _own_up(thread, error, what)


async def _own_up(thread: Thread, error: Upstream, what: str) -> None:
    try:
        await thread.say_error(error, what)
    except Upstream as lost:
        _log.warning("not_told", what=error.message, why=lost.message)
