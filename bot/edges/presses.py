"""`noroshi alert presses`: who pressed what under the alerts."""

from datetime import UTC, datetime

from bot.core.sections import Column, Paragraph, Table
from bot.core.text import Line, Small
from bot.core.view import Caveat, View
from bot.pipeline import audit
from bot.ports import Store

_ACTS = {"mute-storm": "mute a kind", "all-rows": "all as CSV"}
COLUMNS = ("at", "user_id", "name", "act", "what", "channel", "result")
_SHOWN = 100
_MOST = 20_000


def show(store: Store, since: datetime, words: str, kept: str, *, most: int = _MOST) -> View:
    """One row a press, the newest first and at most so many; `kept` says in which store. Raises Upstream."""
    pressed = audit.presses(store, since, most + 1)[::-1]
    rows = tuple({name: each.get(name) for name in COLUMNS} for each in pressed[:most])
    older = Caveat(
        "older-presses", f"only the last {most:,} presses are told; say a later --since, or read the log"
    )
    columns = (Column("when UTC"), Column("who"), Column("did"), Column("what"), Column("result"))
    lines: list[tuple[Line, ...]] = [
        (
            (str(row["at"])[:16].replace("T", " "),),
            (str(row["name"]), Small(f" {row['user_id']}")) if row["name"] else (str(row["user_id"]),),
            (_ACTS.get(str(row["act"]), str(row["act"])),),
            (str(row["what"]),),
            (_came(str(row["result"])),),
        )
        for row in rows[:_SHOWN]
    ]
    many = "1 press" if len(rows) == 1 else f"{len(rows):,} presses"
    begin = f"since {since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    title = f"{many} {begin}" if rows else f"Nobody pressed anything {begin}"
    table = (Table(columns, tuple(lines), more=len(rows) - len(lines)),) if rows else ()
    return View(
        title=title,
        sections=(*table, Paragraph(((Small(f"kept in {kept}"),),))),
        command="alert presses",
        request={"since": words, "store": kept},
        rows=rows,
        columns=COLUMNS,
        caveats=(older,) if len(pressed) > most else (),
    )


def _came(result: str) -> str:
    """A refusal by its words: the record names it as programs do."""
    kind, colon, words = result.partition(": ")
    return f"refused: {words}" if colon and kind == "Forbidden" else result
