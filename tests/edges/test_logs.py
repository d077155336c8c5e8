"""What is logged holds no secret and nothing that a terminal obeys, whoever wrote it, on every path."""

import io
import json
import logging
import re
import sys

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from bot.edges.logs import set_up, without_secrets

KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
SECRETS = [
    ("xoxb-1-2-abc", "1-2-abc"),
    ("xoxp-9-8-x", "9-8-x"),
    ("xapp-1-A-2-def", "1-A-2-def"),
    ("xoxe.xoxb-1-Mi0yLWFiYw", "Mi0yLWFiYw"),
    ("https://hooks.slack.com/commands/T0EXAMPLE/123/s3cret", "s3cret"),
    ("https://hooks.slack-gov.com/actions/T0EXAMPLE/123/s3cret", "s3cret"),
    ("response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0EXAMPLE%2F123%2Fs3cret&x=1", "s3cret"),
    ("wss://wss-primary.example.com/link/?ticket=s3cret-1&app_id=x", "s3cret"),
    (f"AKIAEXAMPLEEXAMPLE12 / {KEY}", KEY),
    (f'("ASIAEXAMPLEEXAMPLE12", "{KEY}")', KEY),
    (f"aws_secret_access_key = {KEY}", KEY),
    (f'{{"SecretAccessKey": "{KEY}"}}', KEY),
    (f"X-Amz-Security-Token={KEY}&x", KEY),
]
# A title for the window, a cleared screen, the other direction, a line that is not the bot's, a C1 control.
HOSTILE = "\x1b]0;owned\x07\x1b[8m\x1b[2J\u202eevil\r\n2026-09-08 [info] ready \x9b31m\u2028"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


class Terminal(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self):
        return True


@pytest.fixture
def logged(monkeypatch):
    """Logs on a stderr of its own: `logged(tty)` gives it; everything is put back afterwards."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []

    def to(stream):
        monkeypatch.setattr(sys, "stderr", stream)
        set_up()
        return stream

    yield to
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.fixture(params=["terminal", "json", "library", "library on a terminal"])
def written(request, logged):
    """What stands on stderr after one event with a traceback, on each of the paths."""

    def write(words, **values):
        stream = logged(io.StringIO() if request.param in {"json", "library"} else Terminal())
        try:
            _break(words)
        except ValueError:
            if "library" in request.param:
                logging.getLogger("somebody").exception("broke %s %s", words, values)
            else:
                structlog.get_logger("noroshi").exception(f"broke {words}", **values)
        return stream.getvalue()

    return write


def _break(words):
    raise ValueError(words)


@pytest.mark.parametrize(("secret", "hidden"), SECRETS)
def test_a_secret_is_cut_wherever_it_stands(written, secret, hidden):
    """In the event, a value, a list in a dict, another object, and an exception's message; the rest stays."""
    seen = written(
        f"before\n{secret} after",
        why=f"({secret})",
        nested={"list": [{secret: [secret, 3]}]},
        other=ValueError(secret),
    )

    assert hidden not in seen
    assert "before" in seen
    assert "after" in seen
    assert "Traceback" in seen


def test_a_secret_is_cut_by_the_name_of_its_key(written):
    """Where the name and the value are two things, coloured apart on a terminal."""
    seen = written("x", aws_secret_access_key=KEY, told={"SessionToken": KEY + KEY})

    assert KEY not in seen
    assert "SessionToken" in seen


def test_nothing_logged_is_obeyed_by_a_terminal(written):
    """Control characters, escape sequences and bidi marks are shown; tracebacks keep their lines."""
    seen = written(HOSTILE, why=HOSTILE, nested=[{HOSTILE: HOSTILE}], other=Odd())

    assert not _OBEYED.search(_COLOUR.sub("", seen))
    assert "\x1b[8m" not in seen
    assert not re.search(r"^(\x1b\[[\d;]*m)*2026-09-08 \[info\] ready", seen, re.MULTILINE)
    assert "owned" in seen
    if seen.startswith("{"):
        assert json.loads(seen)["why"] == HOSTILE
    else:
        assert "\n  Traceback (most recent call last):\n" in seen
        assert "⟨U+202E⟩evil" in seen


class Odd:
    """Something whose repr is hostile."""

    def __repr__(self):
        return HOSTILE


def test_a_terminal_still_has_colours(logged):
    """The bot's own, around what is logged."""
    stream = logged(Terminal())
    structlog.get_logger("noroshi").info("ready", queues=2)

    assert "ready" in stream.getvalue()
    assert _COLOUR.search(stream.getvalue())


_words = st.lists(
    st.sampled_from(
        [secret for secret, _ in SECRETS] + [KEY, "secret_access_key", "session_token", "AKIAEXAMPLE12345"]
    )
    | st.text(max_size=3)
    | st.sampled_from(["\\", '"', "\n", "\x1b", "\\u", "n", ": ", "="])
).map("".join)


@example({"x": "session_token:\n" + "a" * 15})
@example({"x": "session_token\x1b" + "a" * 15})
@example({"x": "AKIAEXAMPLEEXAMPLE12\n" + "a" * 39})
@given(st.dictionaries(_words, _words | st.lists(_words)))
def test_json_stays_json(event):
    """Whatever stands around a secret: no escape is cut in half."""
    once = json.dumps(event)

    assert isinstance(json.loads(without_secrets(once)), dict)
    assert isinstance(json.loads(without_secrets(json.dumps(once))), str)
