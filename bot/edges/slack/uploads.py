"""The files that belong to an answer: its rows, the file it brought, the pictures of its charts.

Making one takes time, so it is for the pool.
"""

from bot.core.upload import Upload
from bot.core.view import View
from bot.errors import BadRequest
from bot.render import actions
from bot.render.chart import drawn
from bot.render.files import csv_name, to_csv

NAMES = {actions.CSV: "The CSV", actions.FILE: "The file", actions.PICTURE: "The picture"}
"""What a button uploads, as it is called in a sentence."""


def of_button(view: View, action_id: str) -> tuple[Upload, ...]:
    """What this button uploads; raises BadRequest where the answer has none, NotConfigured where nothing can be drawn."""
    match action_id:
        case actions.FILE:
            found, wanted = own_file(view), "file"
        case actions.PICTURE:
            found, wanted = pictures(view), "picture"
        case _:
            found, wanted = rows(view), "rows"
    if not found:
        raise BadRequest(f"This answer has no {wanted}.", "Ask for more, then press it again.")
    return found


def rows(view: View) -> tuple[Upload, ...]:
    """All rows, as CSV."""
    content = to_csv(view)
    return (Upload(csv_name(view), content.encode()),) if content else ()


def own_file(view: View) -> tuple[Upload, ...]:
    """The file that the answer brought."""
    return (Upload(view.file.name, view.file.text.encode()),) if view.file else ()


def pictures(view: View) -> tuple[Upload, ...]:
    """Its charts; raises NotConfigured where nothing can be drawn."""
    return tuple(drawn(view))
