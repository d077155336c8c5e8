import pytest
from hypothesis import given

from bot.core.buttons import Ask, Csv, Form, Open, Share
from bot.errors import BadRequest
from bot.render.actions import (
    ASK,
    FORM,
    OPEN,
    answered,
    buttons,
    decode_form,
    decode_words,
    encode_form,
    encode_words,
)
from tests.render.hostile import forms, text

WINDOW = Form(
    "Narrow…", ("trail", "who-accessed", "acme"), (("since", "Since", "7d"), ("--prefix", "Prefix", ""))
)


@given(text)
def test_words_come_back_as_they_were(word):
    assert decode_words(encode_words(("trail", word))) == ("trail", word)


@given(forms.filter(lambda form: form.words))
def test_a_form_comes_back_as_it_was(form):
    assert decode_form(encode_form(form)) == form


@pytest.mark.parametrize(
    "value", ["", "[]", "{}", "null", "[1]", '"x"', "[" * 5000, '["a", "b", "c"]', '["a", [], []]']
)
def test_a_value_that_is_none_of_ours_is_an_honest_error(value):
    with pytest.raises(BadRequest):
        decode_form(value)
    if value != '["a", "b", "c"]':
        with pytest.raises(BadRequest):
            decode_words(value)


def test_action_ids_are_what_the_edge_listens_for():
    made = buttons(
        [Ask("a", ("x",)), WINDOW, Open("o", "https://example.com/"), Csv(), Share(), Ask("b", ("y",))], "id"
    )

    assert [each["action_id"] for each in made] == ["ask:0", "form:1", "open:2", "csv", "share"]
    assert ASK.fullmatch("ask:0")
    assert FORM.fullmatch("form:1")
    assert OPEN.fullmatch("open:2")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "https://a b", "https://a\u202eb", "https://" + "a" * 3000]
)
def test_only_links_that_slack_takes_become_buttons(url):
    assert buttons([Open("o", url)]) == []


def test_a_strong_question_is_the_primary_button():
    assert [each.get("style") for each in buttons([Ask("a", ("x",), strong=True), Ask("b", ("y",))])] == [
        "primary",
        None,
    ]


def test_a_submitted_form_is_the_question_asked_again():
    state = {
        "since": {"value": {"type": "plain_text_input", "value": " -5d "}},
        "--prefix": {"value": {"value": None}},
    }

    assert answered(WINDOW, state) == ("trail", "who-accessed", "acme", "--since=-5d")


@pytest.mark.parametrize("state", [{}, {"since": None}, {"since": {}}, {"since": {"value": "x"}}])
def test_a_form_without_answers_asks_the_bare_question(state):
    assert answered(WINDOW, state) == WINDOW.words
