"""A View as what Slack takes: the one place that knows Slack's limits and writes its blocks.

No mrkdwn anywhere: plain_text, rich_text and raw_text show what they hold and bring nothing to life,
so no name, user agent or error message out of an event can mention, link or format. The limits:
docs.slack.dev, reference/block-kit.
"""

from collections.abc import Sequence

from bot.core.sections import Table
from bot.core.severity import Severity
from bot.core.view import Caveat, View
from bot.render.actions import buttons
from bot.render.lines import Json, plain_text, rich_text, section, text
from bot.render.receipt import receipt_line
from bot.render.room import MESSAGE, weight
from bot.render.safe import clean, escape
from bot.render.sections import LISTED, body, context

_HEADER = 150
_CAVEAT = 300
_CAVEATS = 2_400

OVER = ("✅", "OVER", "#2e7d32")
FACES = {
    Severity.CRITICAL: ("🔴", "CRITICAL", "#c62828"),
    Severity.HIGH: ("🟠", "HIGH", "#ef6c00"),
    Severity.MEDIUM: ("🟡", "MEDIUM", "#f9a825"),
    Severity.LOW: ("🔵", "LOW", "#1565c0"),
    Severity.INFO: ("⚪", "INFO", "#78909c"),
}


def payload(view: View, answer_id: str | None = None, *, rows_follow: bool = False) -> Json:
    """`text`, `blocks` and, for an alert, `attachments` for chat.postMessage or a response_url.

    `answer_id` is what Csv, Share and Menu buttons carry; without it the first two are left out. `rows_follow`
    says that a file of all rows comes after it.
    """
    first = headline(view)
    head = {"type": "header", "text": plain_text(first)}
    pressed = buttons(view.buttons, answer_id)
    tail = [*_caveats(view.caveats), *_foot(view, pressed)]
    spent = weight([escape(first), head, *tail]) + 120
    csv = rows_follow or any(button["action_id"] == "csv" for button in pressed)
    rest = [*body(view.sections, MESSAGE - spent, csv=csv), *tail]
    face = _face(view)
    if face is None:
        return {"text": escape(first), "blocks": [head, *rest]}
    # The header stands outside the attachment: without blocks of its own, a message shows its `text` as mrkdwn.
    return {"text": escape(first), "blocks": [head]} | (
        {"attachments": [{"color": face[2], "blocks": rest}]} if rest else {}
    )


def leaves_rows_out(view: View, message: Json) -> bool:
    """Whether the view has rows for a file, and its message shows fewer rows than its tables have."""
    shown = [len(block["rows"]) - 1 for block in _blocks(message) if block["type"] == "table"]
    tables = [part for part in view.sections if isinstance(part, Table)]
    listed = [min(len(table.rows), LISTED) for table in tables[len(shown) :]]
    return bool(view.rows) and sum(len(table.rows) + table.more for table in tables) > sum(shown + listed)


def _blocks(message: Json) -> list[Json]:
    return [
        *message["blocks"],
        *(block for part in message.get("attachments", ()) for block in part["blocks"]),
    ]


def headline(view: View) -> str:
    """The first line, clean and at most 150 characters; an alert's begins with its severity in a word, or that it is over."""
    face = _face(view)
    if face is None:
        return clean(view.title, _HEADER).strip() or "–"
    begin = f"{face[0]} {face[1]} · "
    return begin + (clean(view.title, _HEADER - len(begin) - 1).strip() or "–")


def _face(view: View) -> tuple[str, str, str] | None:
    if view.over:
        return OVER
    return FACES[view.severity] if view.severity else None


def _foot(view: View, pressed: list[Json]) -> list[Json]:
    receipt = [context(receipt_line(view.receipt))] if view.receipt else []
    return receipt + ([{"type": "actions", "elements": pressed}] if pressed else [])


def _caveats(caveats: Sequence[Caveat]) -> list[Json]:
    """What could not be seen: first, behind a bar, what puts the whole answer in doubt; then the rest in a line."""
    blind = [caveat for caveat in caveats if caveat.weight == "blind"]
    notes = [caveat for caveat in caveats if caveat.weight != "blind"]
    room = _CAVEATS
    doubts, room = _messages(blind, room)
    unseen, _ = _messages(notes, room)
    quote = section([[text("This answer may be wrong: ", bold=True), text(doubt)] for doubt in doubts])
    line = section([[text("Not seen: ", bold=True), text(" · ".join(unseen))]])
    parts = ([{**quote, "type": "rich_text_quote"}] if doubts else []) + ([line] if unseen else [])
    return [rich_text(part) for part in parts]


def _messages(caveats: Sequence[Caveat], room: int) -> tuple[list[str], int]:
    kept: list[str] = []
    for n, caveat in enumerate(caveats):
        message = clean(caveat.message, _CAVEAT).strip() or clean(caveat.code, _CAVEAT).strip() or "–"
        cost = weight(message) + 160
        if cost > room:
            return [*kept, f"and {len(caveats) - n:,} more reasons"], 0
        kept.append(message)
        room -= cost
    return kept, room
