"""Nothing an attacker wrote is alive, wherever it stands: proven on the payload that Slack gets."""

import io
import json
import re

import pytest
from rich.console import Console

from bot.core.severity import Severity
from bot.embedded.slack.validate import check_message, check_view
from bot.errors import BadRequest, HelpWanted
from bot.render.blocks import payload
from bot.render.files import error_json, to_csv, to_json
from bot.render.notices import error_payload, progress_payload
from bot.render.safe import hidden
from bot.render.terminal import error_lines, show
from bot.render.views import home, loading_modal, modal
from tests.render.hostile import CORPUS, view

# Whatever else there is (mrkdwn, user, usergroup, channel, broadcast, emoji) can come alive.
INERT = {
    "header",
    "rich_text",
    "rich_text_section",
    "rich_text_quote",
    "rich_text_preformatted",
    "context",
    "table",
    "actions",
    "input",
    "button",
    "plain_text",
    "plain_text_input",
    "static_select",
    "text",
    "raw_text",
    "date",
    "link",
    "modal",
    "home",
}
# Read by the bot when it comes back, never shown.
UNSEEN = {"value", "private_metadata", "block_id"}
OURS = "https://example.com/"

hostile = pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS)


def assert_inert(message):
    top = message.get("text", "")
    if isinstance(top, str):
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", top)
    for part in _parts(message):
        assert part.get("type", "text") in INERT
        if part.get("type") == "plain_text":
            assert part["emoji"] is False
        if "url" in part:
            assert part["url"] in {OURS, CORPUS["bare link"]}
            assert part["type"] == "button" or part["url"] == OURS
        shown = [value for key, value in part.items() if isinstance(value, str) and key not in UNSEEN]
        assert not [value for value in shown if any(hidden(char) for char in value if char != "\n")]


def _parts(value):
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from _parts(each)


@hostile
@pytest.mark.parametrize("severity", [None, Severity.CRITICAL])
def test_in_an_answer_or_an_alert(text, severity):
    message = payload(view(text, severity), "answer")

    check_message(message, posted=True)
    assert_inert(message)


@hostile
@pytest.mark.parametrize("error", [BadRequest, HelpWanted])
def test_in_an_error_or_in_help(text, error):
    message = error_payload(error(text, text))

    check_message(message, posted=True)
    assert_inert(message)
    assert len(message["text"]) <= 4000


@hostile
def test_in_progress(text):
    message = progress_payload(text)

    check_message(message, posted=True)
    assert_inert(message)


@hostile
def test_in_a_form(text):
    window = modal(view(text).buttons[1], "{}")

    check_view(window, "modal")
    assert_inert(window)


@hostile
def test_in_a_window_that_waits_and_on_the_home_tab(text):
    for window, kind in (
        (loading_modal(text), "modal"),
        (home(text, [(text, text)], view(text).buttons), "home"),
    ):
        check_view(window, kind)
        assert_inert(window)


@hostile
@pytest.mark.parametrize("severity", [None, Severity.CRITICAL])
@pytest.mark.parametrize("width", [20, 80])
def test_on_a_terminal_with_colours(text, severity, width):
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system="standard")
    show(view(text, severity), console)

    # Only the colours that rich itself writes may remain.
    rest = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert not [char for char in rest if char != "\n" and hidden(char)]


@hostile
@pytest.mark.parametrize("error", [BadRequest, HelpWanted])
def test_in_an_error_on_a_terminal(text, error):
    assert not [char for line in error_lines(error(text, text)) for char in line if hidden(char)]


@hostile
def test_in_files(text):
    for written in (
        to_json(view(text)),
        to_csv(view(text)).replace("\r\n", "\n"),
        error_json(BadRequest(text, text)),
    ):
        assert not [char for char in written if char != "\n" and hidden(char)]


@hostile
def test_json_still_says_exactly_what_was_there(text):
    parsed = json.loads(to_json(view(text)))

    assert parsed["title"] == text
    assert parsed["rows"][0]["b"] == [text]


@pytest.mark.parametrize("live", ["<!channel>", "<@U123>", ":fire:", "&lt;!channel&gt;"])
def test_what_was_written_is_shown_letter_by_letter(live):
    """Escaping rich text once more would show `&lt;` to the reader."""
    blocks = payload(view(live))["blocks"]

    assert blocks[0]["text"]["text"] == live
    assert blocks[1]["elements"][0]["elements"][0]["text"] == live
