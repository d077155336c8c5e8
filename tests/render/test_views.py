import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.core.buttons import Ask, Form
from bot.core.sections import Facts
from bot.core.view import Caveat, View
from bot.embedded.slack.validate import check_view
from bot.errors import BadRequest
from bot.render.views import REFRESH, home, loading_modal, modal
from tests.render.hostile import forms, text

WINDOW = Form(
    "Narrow…", ("trail", "who-accessed", "acme"), (("since", "Since", "7d"), ("prefix", "Prefix", ""))
)


def test_a_form():
    assert modal(WINDOW, '{"channel":"C1"}') == snapshot(
        {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Ask again", "emoji": False},
            "close": {"type": "plain_text", "text": "Cancel", "emoji": False},
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "/trail who-accessed acme", "style": {"code": True}}
                            ],
                        }
                    ],
                },
                {
                    "type": "input",
                    "block_id": "since",
                    "optional": True,
                    "label": {"type": "plain_text", "text": "Since", "emoji": False},
                    "element": {"type": "plain_text_input", "action_id": "value", "initial_value": "7d"},
                },
                {
                    "type": "input",
                    "block_id": "prefix",
                    "optional": True,
                    "label": {"type": "plain_text", "text": "Prefix", "emoji": False},
                    "element": {"type": "plain_text_input", "action_id": "value"},
                },
            ],
            "submit": {"type": "plain_text", "text": "Ask", "emoji": False},
            "callback_id": "form",
            "private_metadata": '{"channel":"C1"}',
        }
    )


def test_the_home_tab():
    asks = [("/trail who-accessed BUCKET", "Who touched a bucket")]

    assert home("What can I ask?", asks, (Ask("Logins today", ("trail", "logins")),)) == snapshot(
        {
            "type": "home",
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "What can I ask?", "emoji": False}},
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {
                                    "type": "text",
                                    "text": "/trail who-accessed BUCKET",
                                    "style": {"code": True},
                                },
                                {"type": "text", "text": "  Who touched a bucket"},
                            ],
                        }
                    ],
                },
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "button",
                            "action_id": "ask:0",
                            "text": {"type": "plain_text", "text": "Logins today", "emoji": False},
                            "value": '["trail","logins"]',
                        }
                    ],
                },
            ],
        }
    )


@settings(deadline=None)
@given(forms, text)
def test_slack_takes_any_form(form, title):
    check_view(modal(form, "{}"), "modal")
    check_view(loading_modal(title), "modal")


@settings(deadline=None)
@given(text, st.lists(st.tuples(text, text), max_size=3), st.integers(1, 100))
def test_slack_takes_any_home_tab(heading, asks, times):
    check_view(home(heading, asks * times, (Ask("a", ("b",)),)), "home")


def test_what_a_form_carries_is_never_cut():
    with pytest.raises(BadRequest):
        modal(WINDOW, "x" * 3001)


def test_a_present_value_with_something_hidden_in_it_is_not_filled_in():
    window = modal(Form("f", ("a",), (("since", "Since", "7d\u202e"),)), "{}")

    assert "initial_value" not in window["blocks"][1]["element"]


@pytest.mark.parametrize(("length", "filled"), [(3000, True), (3001, False)])
def test_a_present_value_longer_than_slack_takes_is_not_filled_in(length, filled):
    window = modal(Form("f", ("a",), (("since", "Since", "x" * length),)), "{}")

    assert ("initial_value" in window["blocks"][1]["element"]) == filled


def test_how_things_stand_comes_above_the_questions_with_every_button_in_rows_of_five():
    asks = tuple(Ask(f"Button {n}", ("trail", f"q{n}")) for n in range(7))
    state = View(
        "2 public buckets",
        (Facts((("Queues", ("8",)),)),),
        buttons=asks,
        caveats=(Caveat("old", "it is old"),),
    )
    page = home("What can I ask?", [("/trail root", "What root did")], state=state, note="Looking again…")
    check_view(page, "home")

    kinds = [block["type"] for block in page["blocks"]]
    assert kinds == [
        *("header", "rich_text", "rich_text", "actions", "actions", "actions", "divider"),
        *("context", "header", "rich_text"),
    ]
    rows = [block["elements"] for block in page["blocks"] if block["type"] == "actions"]
    assert [len(row) for row in rows] == [5, 2, 1]
    assert rows[2][0]["action_id"] == REFRESH
    assert "it is old" in str(page)


def test_a_page_has_no_buttons_but_the_fresh_look_where_nothing_can_be_asked():
    page = home("What can I ask?", [], state=View("All is quiet"))
    check_view(page, "home")

    assert [len(block["elements"]) for block in page["blocks"] if block["type"] == "actions"] == [1]
