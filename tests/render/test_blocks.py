from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bot.core.buttons import Ask, Csv, Share
from bot.core.sections import Column, Paragraph, Table
from bot.core.severity import Severity
from bot.core.text import Small, When
from bot.core.view import Caveat, Receipt, View
from bot.embedded.slack.validate import check_message
from bot.render.blocks import FACES, payload
from bot.render.room import MESSAGE, weight
from tests.render.examples import ALERT, ANSWER, NOTHING
from tests.render.hostile import MOMENT, views


def _blocks(message):
    return [*message["blocks"], *(each for part in message.get("attachments", []) for each in part["blocks"])]


def _table(message):
    return next(block for block in _blocks(message) if block["type"] == "table")


def _buttons(message):
    return [
        each["action_id"]
        for block in _blocks(message)
        if block["type"] == "actions"
        for each in block["elements"]
    ]


@settings(
    max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(views)
def test_slack_takes_whatever_a_view_holds(view):
    message = payload(view, "answer")

    check_message(message, posted=True)
    assert weight(message) <= MESSAGE


def test_without_an_answer_id_csv_and_share_are_left_out():
    assert _buttons(payload(ANSWER)) == ["ask:0", "form:1"]
    assert _buttons(payload(ANSWER, "a1")) == ["ask:0", "form:1", "csv", "share"]


def test_at_most_five_buttons_the_first_ones():
    asks = tuple(Ask(f"ask {n}", ("trail", str(n))) for n in range(9))

    assert _buttons(payload(replace(NOTHING, buttons=(*asks, Csv(), Share())), "a1")) == [
        f"ask:{n}" for n in range(5)
    ]


def test_a_button_whose_words_are_too_long_for_slack_is_left_out():
    buttons = (Ask("long", ("trail", "x" * 2000)), Ask("short", ("trail", "x")))

    assert _buttons(payload(replace(NOTHING, buttons=buttons))) == ["ask:0"]


def test_rows_that_do_not_fit_are_counted_with_those_only_in_the_csv():
    rows = tuple(((f"principal-{n}",), (When(MOMENT),)) for n in range(300))
    view = View("t", (Table((Column("who"), Column("last")), rows, more=700),), buttons=(Csv(),))

    message = payload(view, "a1")

    shown = len(_table(message)["rows"]) - 1
    assert 20 < shown < 100
    assert _blocks(message)[2]["elements"][0]["text"] == f"+ {1000 - shown} more rows in the CSV"


def test_more_rows_are_not_promised_in_a_csv_nobody_can_ask_for():
    view = View("t", (Table((Column("who"),), ((("a",),),), more=1),))

    assert _blocks(payload(view))[2]["elements"][0]["text"] == "+ 1 more row"


def test_a_small_table_is_shown_whole():
    rows = tuple(((f"{n}",),) for n in range(99))

    assert len(_table(payload(View("t", (Table((Column("n"),), rows),))))["rows"]) == 100


def test_columns_beyond_slacks_twenty_are_counted():
    row = tuple((str(n),) for n in range(23))
    view = View("t", (Table(tuple(Column(str(n)) for n in range(23)), (row,)),))

    message = payload(view)

    assert [len(cells) for cells in _table(message)["rows"]] == [20, 20]
    assert _blocks(message)[2]["elements"][0]["text"] == "+ 3 more columns"


def test_long_cells_are_cut_before_rows_are_left_out():
    rows = tuple((("x" * 5000,), (str(n),)) for n in range(20))

    shown = _table(payload(View("t", (Table((Column("a"), Column("b")), rows),))))["rows"]

    assert len(shown) == 21
    assert shown[1][0]["text"].endswith("… (5,000 characters)")


def test_short_rows_are_filled_and_empty_cells_say_so():
    message = payload(View("t", (Table((Column("a"), Column("b")), (((),),)),)))

    assert [cell["text"] for cell in _table(message)["rows"][1]] == ["–", "–"]


def test_slack_takes_one_table_so_a_second_is_listed():
    table = Table((Column("a"), Column("b")), ((("1",), ("2",)),), more=4)

    message = payload(View("t", (table, table)))

    check_message(message, posted=True)
    texts = [each["text"] for each in _blocks(message)[-1]["elements"][0]["elements"]]
    assert "".join(texts) == "a · b\n1 · 2\n+ 4 more"


def test_lines_that_do_not_fit_are_counted():
    lines = tuple((f"{n} " + "x" * 500,) for n in range(100))

    message = payload(View("t", (Paragraph(lines),)))

    shown = len(message["blocks"][1]["elements"][0]["elements"]) // 2 + 1
    assert 15 < shown < 30
    assert message["blocks"][-1]["elements"][0]["text"] == f"… {100 - shown} more lines did not fit here"


def test_what_makes_an_answer_doubtful_comes_first_however_many_notes_there_are():
    notes = tuple(Caveat(f"n{n}", "x" * 200) for n in range(100))
    view = replace(NOTHING, caveats=(*notes, Caveat("b", "no trail", "blind")))

    quote, line = [each for block in payload(view)["blocks"][2:4] for each in block["elements"]]

    assert quote["type"] == "rich_text_quote"
    assert [each["text"] for each in quote["elements"]] == ["This answer may be wrong: ", "no trail"]
    assert line["elements"][1]["text"].endswith(" more reasons")


def test_the_first_line_is_in_the_notification_escaped():
    assert payload(View("<!channel> & co"))["text"] == "&lt;!channel&gt; &amp; co"


def test_an_empty_title_is_still_a_message():
    assert payload(View(" "))["blocks"][0]["text"]["text"] == "–"


@pytest.mark.parametrize("severity", Severity)
def test_severity_is_a_word_and_a_colour(severity):
    message = payload(replace(ALERT, severity=severity))

    assert severity.upper() in message["text"].split()
    assert message["attachments"][0]["color"] == FACES[severity][2]


def test_every_severity_has_its_own_face_word_and_colour():
    assert [len(set(column)) for column in zip(*FACES.values(), strict=True)] == [5, 5, 5]


def test_an_alert_of_one_line_needs_no_attachment():
    check_message(payload(View("t", severity=Severity.LOW)), posted=True)


def test_unknown_cost_is_left_out_and_none_is_free():
    def receipt(cost):
        view = View("t", receipt=Receipt("athena", 1.0, cost_usd=cost))
        return payload(view)["blocks"][-1]["elements"][0]["text"]

    assert (receipt(None), receipt(0.0)) == ("Athena · 1.0 s", "Athena · free · 1.0 s")


def test_a_table_of_many_short_rows_stops_at_slacks_hundred():
    rows = tuple(((f"{n}",),) for n in range(150))

    message = payload(View("t", (Table((Column("n"),), rows),)))

    assert len(_table(message)["rows"]) == 100
    assert _blocks(message)[2]["elements"][0]["text"] == "+ 51 more rows"


def test_many_small_sections_leave_blocks_for_the_table_and_the_foot():
    lines = tuple((Small("x"),) if n % 2 else ("y",) for n in range(100))
    table = Table((Column("n"),), ((("1",),),), more=1)
    view = replace(ANSWER, sections=(Paragraph(lines), table))

    message = payload(view, "a1")

    check_message(message, posted=True)
    assert _table(message)
    assert len(message["blocks"]) < 50


def test_blocks_are_counted_without_a_table_too():
    lines = tuple((Small("x"),) if n % 2 else ("y",) for n in range(100))

    check_message(payload(replace(ANSWER, sections=(Paragraph(lines),)), "a1"), posted=True)


def test_buttons_never_crowd_out_the_answer():
    buttons = tuple(Ask("a", ("trail", str(n), "x" * 1900)) for n in range(5))

    message = payload(replace(ANSWER, buttons=buttons))

    assert weight(message) <= MESSAGE
    assert len(_table(message)["rows"]) == 3
    assert _buttons(message) == ["ask:0"]
