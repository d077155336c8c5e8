"""The one way into a slash command: words in, a View or an error that teaches out."""

import contextlib

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from bot.command import Question, Request, Slash, words
from bot.core.view import View
from bot.errors import BadRequest, HelpWanted
from commands.trail import trail


class Limit(Request):
    limit: int = Field(ge=1, le=100)


@click.group(name="fire", cls=Slash, short_help="Fires")
def fire():
    """Fires, seen from the hill."""


@fire.command("list", example="--limit 3")
@click.option("--limit", type=int, default=10)
def listed(limit):
    """List the fires."""
    return View(title=f"{Limit(limit=limit).limit} fires")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("who-accessed payroll", ["who-accessed", "payroll"]),
        ("sql “SELECT 1”", ["sql", "SELECT 1"]),
        ("user ‘mika sato’", ["user", "mika sato"]),
        ("list —since 7d", ["list", "--since", "7d"]),
        ("list –since 7d", ["list", "--since", "7d"]),
        ("  ", []),
        ("a\u00a0b", ["a", "b"]),
    ],
)
def test_what_a_phone_does_to_quotes_and_dashes_is_undone(line, expected):
    assert words(line) == expected


def test_an_unclosed_quote_says_so():
    with pytest.raises(BadRequest, match="never closed"):
        words('user "mika')


def test_a_line_too_long_is_refused_by_its_length():
    with pytest.raises(BadRequest, match="4,000 characters"):
        words("x" * 4000)


@given(st.text())
def test_any_line_splits_or_teaches(line):
    with contextlib.suppress(BadRequest):
        assert all(isinstance(word, str) for word in words(line))


@pytest.mark.parametrize("said", [[], ["help"], ["HELP"], ["--help"], ["list", "--help"]])
def test_help_is_an_answer_and_prints_nothing(said, capsys):
    with pytest.raises(HelpWanted) as wanted:
        fire.answer(said, None)

    assert "Usage: /fire" in wanted.value.message
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("before", ["/", "noroshi "])
def test_help_and_hints_can_be_typed_where_they_are_read(before):
    with pytest.raises(HelpWanted) as wanted:
        fire.answer(["list", "--help"], None, before=before)
    hints = []
    for said in (["lst"], ["list", "--limit", "many"], ["list", "--limit", "900"]):
        with pytest.raises(BadRequest) as error:
            fire.answer(said, None, before=before)
        hints.append(error.value.hint)

    assert wanted.value.message.startswith(f"Usage: {before}fire list")
    assert wanted.value.message.endswith(f"Example:\n  {before}fire list --limit 3")
    assert all(hint.startswith(f"{before}fire ") for hint in hints)


@pytest.mark.parametrize(("before", "told"), [("/", False), ("noroshi ", True)])
@pytest.mark.parametrize("said", [["--help"], ["list", "--help"]])
def test_help_in_slack_does_not_explain_help(before, told, said):
    with pytest.raises(HelpWanted) as wanted:
        fire.answer(said, None, before=before)

    assert ("Show this message" in wanted.value.message) == told


@pytest.mark.parametrize("ask", trail.asks().values(), ids=trail.asks())
def test_every_question_has_an_example(ask):
    assert isinstance(ask, Question)
    assert ask.example


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (["lst"], "No such command 'lst'"),
        (["list", "--limit", "many"], "'many' is not a valid integer"),
        (["list", "--limit", "900"], "limit: Input should be less than or equal to 100"),
    ],
)
def test_words_that_make_no_sense_teach(said, says, capsys):
    with pytest.raises(BadRequest) as error:
        fire.answer(said, None)

    assert says in error.value.message
    assert "/fire" in error.value.hint
    assert capsys.readouterr() == ("", "")


def test_words_that_make_sense_give_a_view():
    assert fire.answer(["list", "--limit", "3"], None) == View(title="3 fires")
