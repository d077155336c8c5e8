import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from rich.console import Console

from bot.core.sections import Chart, Series
from bot.core.text import Code, plain
from bot.core.view import View
from bot.render.bars import MOST
from bot.render.blocks import payload
from bot.render.sparkline import chart_lines
from bot.render.terminal import show
from tests.render.charts import charts, days, month
from tests.render.hostile import CORPUS


def said(chart):
    return [plain(line) for line in chart_lines(chart)]


def of(*amounts, **rest):
    return Chart("", "", "USD", days(len(amounts)), (Series("x", tuple(map(Decimal, amounts))),), **rest)


def test_a_month_shows_what_it_cost_what_is_expected_and_what_came_before():
    assert said(month()) == [
        "September: $9,210 so far, $26,800 at its end",
        "▃▃▃▃▃▃▃█▄ ◂ today · $9,209.83 so far, peak $2,460.62 on 8 Sep",
        "········▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃ about $17,600.00 expected from 9 Sep on",
        "▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃ $20,950.00 August",
        "1 Sep – 30 Sep · each bar 1 day",
    ]


def test_days_that_are_over_have_no_today():
    assert said(of("1", "4", "2")) == ["▂█▄ $7.00, peak $4.00 on 2 Sep", "1 Sep – 3 Sep · each bar 1 day"]


def test_a_day_on_which_more_was_given_back_is_marked_and_explained():
    assert said(of("4", "-1", "0")) == [
        "█▾· $3.00, peak $4.00 on 1 Sep",
        "1 Sep – 3 Sep · each bar 1 day · ▾ is below zero",
    ]


def test_nothing_charged_and_no_days_never_look_alike():
    assert said(of("0", "0"))[0] == "·· $0.00, nothing on any day"
    assert said(of()) == ["There are no days to show."]


def test_less_than_a_cent_is_a_bar():
    assert said(of("0.000001", "1E9"))[0].startswith("▁█")


def test_more_days_than_a_phone_shows_are_added_up():
    [bars, between] = said(of(*["1"] * 61, "9"))

    assert bars == "▂" * 30 + "█ $70.00, peak $10.00 from 31 Oct"
    assert between == "1 Sep – 1 Nov · each bar 2 days"


@given(charts)
def test_whatever_it_holds_it_fits_a_phone(chart):
    rows = [line[0].text for line in chart_lines(chart) if isinstance(line[0], Code)]

    assert all(0 < len(row) <= MOST for row in rows)


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
def test_names_stay_pieces_so_that_every_renderer_can_make_them_harmless(words):
    chart = replace(month(), title=words, before_name=words)
    lines = chart_lines(chart)

    assert (words or "before") in [piece for line in lines for piece in line]


def test_slack_shows_the_bars_below_each_other():
    [section, _] = payload(View("x", (month(),)))["blocks"][1:]

    codes = [part["text"] for part in section["elements"][0]["elements"] if part.get("style", {}).get("code")]
    assert codes == ["▃▃▃▃▃▃▃█▄", "·" * 8 + "▃" * 22, "▃" * 30]


@pytest.mark.parametrize("width", [40, 100])
def test_a_terminal_shows_the_same_bars_unbroken(width):
    out = io.StringIO()
    show(View("x", (month(),)), Console(file=out, width=width))

    assert "▃▃▃▃▃▃▃█▄ ◂ today" in out.getvalue()
    assert "·" * 8 + "▃" * 22 in out.getvalue()
