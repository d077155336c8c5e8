"""What was added, what was removed, and text that keeps its lines, in Slack and on a terminal."""

import io

from rich.console import Console

from bot.core.buttons import Download
from bot.core.kept import keep
from bot.core.sections import Paragraph, Verbatim
from bot.core.text import Added, Removed
from bot.core.view import File, View
from bot.pipeline.filing import recall
from bot.render.blocks import payload
from bot.render.terminal import show

VIEW = View(
    "web-prod — 1 change",
    (Paragraph(((Removed("− tcp 443 from 10.0.0.0/8"), ", ", Added("+ tcp 22 from 0.0.0.0/0")),)),),
    buttons=(Download("Full diff"),),
    file=File("web-prod.txt", "all of it"),
)


def _lines(view):
    return payload(view)["blocks"][1]["elements"][0]["elements"]


def _terminal(view, width=40, **options):
    out = io.StringIO()
    show(view, Console(file=out, width=width, **options))
    return out.getvalue()


def test_slack_strikes_what_is_gone_and_sets_off_what_is_new():
    assert [(each["text"], each.get("style")) for each in _lines(VIEW)] == [
        ("− tcp 443 from 10.0.0.0/8", {"strike": True}),
        (", ", None),
        ("+ tcp 22 from 0.0.0.0/0", {"bold": True}),
    ]


def test_a_terminal_shows_them_in_red_and_green():
    shown = _terminal(VIEW, 80, force_terminal=True, color_system="standard")
    assert "\x1b[31m− tcp 443 from 10.0.0.0/8\x1b[0m" in shown
    assert "\x1b[32m+ tcp 22 from 0.0.0.0/0\x1b[0m" in shown


def test_they_are_kept_and_recalled():
    assert recall(keep(VIEW)) == VIEW


def test_a_file_has_its_button_only_where_the_answer_is_kept():
    pressed = payload(VIEW, "a1")["blocks"][-1]["elements"]
    assert [(each["action_id"], each["value"]) for each in pressed] == [("file", "a1")]
    assert all(block["type"] != "actions" for block in payload(VIEW)["blocks"])


def test_verbatim_text_keeps_its_lines_and_nothing_hidden():
    view = View("state", (Verbatim('{\n  "a": "\u202eb"\n}\n'),))
    [block] = [each for each in payload(view)["blocks"] if each["type"] == "rich_text"]
    assert block["elements"] == [
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": '{\n  "a": "⟨U+202E⟩b"\n}'}]}
    ]
    assert '{\n  "a": "⟨U+202E⟩b"\n}' in _terminal(view)


def test_verbatim_text_that_is_too_long_is_counted_in_slack_and_whole_on_a_terminal():
    view = View("state", (Verbatim("\n".join(f"line {n}" for n in range(3000))),))
    message = payload(view)
    assert len(str(message)) < 12_000
    assert "more lines did not fit here" in str(message)
    assert _terminal(view).count("line ") == 3000


def test_a_long_line_of_verbatim_text_is_not_folded_on_a_terminal():
    assert "x" * 100 in _terminal(View("state", (Verbatim("x" * 100),)))
