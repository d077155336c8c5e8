import io
import json

import pytest
from hypothesis import given
from rich.console import Console

from bot.core.buttons import Ask, Choice, Csv, Form, Menu, Open, Share
from bot.core.view import View
from bot.embedded.slack.validate import check_message
from bot.errors import BadRequest, NotFound
from bot.render.actions import buttons
from bot.render.blocks import payload
from bot.render.menus import MENU, chosen, kept_words
from bot.render.terminal import show
from tests.render.hostile import CORPUS, menus, text

KEY = Choice("What key AKIA…7Q did", ("trail", "key", "AKIAEXAMPLE7Q"))
LONG = Choice("That session", ("trail", "session", "x" * 150))


def _options(element):
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _menu(*choices, answer_id="id"):
    made = buttons([Menu("Look closer…", choices)], answer_id)
    return made[0] if made else None


def test_a_choice_carries_its_words_so_that_it_outlives_the_bot():
    element = _menu(KEY, answer_id=None)

    assert element["action_id"] == "menu:0"
    assert element["placeholder"]["text"] == "Look closer…"
    assert element["options"][0]["value"] == "trail key AKIAEXAMPLE7Q"
    assert chosen("trail key AKIAEXAMPLE7Q") == KEY.words


def test_words_too_long_for_an_option_are_looked_up_in_the_answer():
    element = _menu(KEY, LONG)

    assert [option["value"] for option in element["options"]] == ["trail key AKIAEXAMPLE7Q", "#1"]
    assert MENU.fullmatch(element["action_id"]).groups() == ("0", "id")
    view = View("x", buttons=(Csv(), Menu("a", (KEY, LONG))))
    assert kept_words(view, 0, chosen("#1")) == LONG.words


def test_without_an_answer_to_look_in_such_a_choice_is_left_out():
    assert len(_menu(KEY, LONG, answer_id=None)["options"]) == 1
    assert _menu(LONG, answer_id=None) is None


@pytest.mark.parametrize(("menu", "place"), [(1, 0), (0, 1), (0, 2)])
def test_a_place_that_the_answer_does_not_have_is_an_honest_error(menu, place):
    with pytest.raises(NotFound):
        kept_words(View("x", buttons=(Menu("a", (KEY, Choice("empty", ()))),)), menu, place)


@pytest.mark.parametrize("value", ["", " ", '"', "'x"])
def test_a_value_that_is_none_of_ours_is_an_honest_error(value):
    with pytest.raises(BadRequest):
        chosen(value)


@given(text)
def test_words_come_back_as_they_were(word):
    choice = Choice("a", ("trail", word))
    value = _menu(choice)["options"][0]["value"]

    asked = chosen(value)
    assert (choice.words if asked == 0 else asked) == choice.words
    assert len(value) <= 150


@pytest.mark.parametrize("word", CORPUS.values(), ids=CORPUS)
def test_what_is_hostile_in_words_never_stands_for_a_place(word):
    asked = chosen(_menu(Choice("a", (word, "b")))["options"][0]["value"])

    assert asked in {0, (word, "b")}
    assert isinstance(chosen(_menu(Choice("a", ("#7",)))["options"][0]["value"]), tuple)


def test_groups_are_named():
    grouped = [Choice("a", ("a",), "Keys"), Choice("b", ("b",), "Addresses"), Choice("c", ("c",), "Keys")]
    element = _menu(*grouped, Choice("d", ("d",)))

    assert [
        (group["label"]["text"], [option["value"] for option in group["options"]])
        for group in element["option_groups"]
    ] == [("Keys", ["a", "c"]), ("Addresses", ["b"]), ("More", ["d"])]
    assert "options" not in element


def test_a_question_stands_once():
    assert len(_menu(KEY, Choice("again", KEY.words))["options"]) == 1


def test_of_many_questions_the_first_are_shown_and_the_answer_keeps_the_greater_part():
    many = [Choice(f"What person {n} did", ("trail", "user", f"person-{n}")) for n in range(500)]
    element = _menu(*many)

    assert 20 <= len(element["options"]) <= 100
    assert element["options"][0]["value"] == "trail user person-0"
    assert len(json.dumps(element)) <= 3000


def test_short_questions_stop_at_what_slack_takes():
    assert len(_menu(*(Choice("a", (str(n),)) for n in range(500)))["options"]) <= 100


def test_a_menu_is_one_of_the_five_buttons():
    asks = [Ask(str(n), (str(n),)) for n in range(4)]

    made = buttons([*asks, Menu("m", (KEY,)), Open("o", "https://example.com/")])
    assert [each["type"] for each in made] == ["button"] * 4 + ["static_select"]


def test_a_menu_leaves_the_buttons_after_it_their_room():
    many = tuple(Choice("x" * 75, ("trail", "user", f"{n:0100}")) for n in range(100))
    asked = Ask("last", ("trail", "y" * 1500))

    made = buttons([Menu("m", many), asked, Form("f", ("trail",), ()), Csv(), Share()], "id")

    assert [each["action_id"] for each in made] == ["menu:0:id", "ask:1", "form:2", "csv", "share"]
    assert len(json.dumps(made)) <= 4200


def test_two_menus_are_told_apart_whatever_stands_between_them():
    other = Choice("b", ("x" * 151,))
    view = View("x", buttons=(Share(), Menu("a", (LONG,)), Csv(), Menu("b", (other,))))
    first, second = (each for each in buttons(view.buttons, "id") if each["type"] == "static_select")

    assert kept_words(view, int(MENU.fullmatch(first["action_id"])[1]), 0) == LONG.words
    assert kept_words(view, int(MENU.fullmatch(second["action_id"])[1]), 0) == other.words


@given(menus)
def test_slack_takes_every_menu(menu):
    for answer_id in (None, "a" * 22):
        check_message(payload(View("x", buttons=(menu,)), answer_id), posted=True)


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
def test_labels_are_plain_and_cut(words):
    element = _menu(Choice(words, ("a",), words))

    label = _options(element)[0]["text"]
    assert label["type"] == "plain_text"
    assert 1 <= len(label["text"]) <= 75


def test_a_terminal_shows_the_likeliest_as_commands():
    out = io.StringIO()
    choices = (
        KEY,
        Choice("b", ("trail", "sql", "SELECT 1; --")),
        *(Choice("c", (str(n),)) for n in range(9)),
    )
    show(View("x", buttons=(Menu("Look closer…", choices),)), Console(file=out, width=80))

    assert out.getvalue().splitlines()[1:] == [
        "Next: noroshi trail key AKIAEXAMPLE7Q",
        "Next: noroshi trail sql 'SELECT 1; --'",
        "Next: noroshi 0",
    ]
