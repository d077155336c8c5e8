"""Whatever a chart holds, it becomes a picture that opens, and that is safe, small and the same every time."""

import io
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from PIL import Image

from bot.core.sections import Chart, Series
from bot.core.view import View
from bot.errors import NotConfigured
from bot.render.chart import drawn, png
from tests.render.charts import FIRST, charts, days, month
from tests.render.hostile import CORPUS

MOST = 200_000
BLUE = (0, 114, 178)


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def highest(content, colour):
    """How far from the top, in pixels, this colour begins."""
    picture = opened(content).convert("RGB")
    wide = picture.width
    pixels = picture.tobytes()
    at = next(n for n in range(0, len(pixels), 3) if pixels[n : n + 3] == bytes(colour))
    return at // 3 // wide


@given(charts)
@settings(max_examples=25, deadline=None)
@example(month())
@example(Chart("Nothing", "", "USD", (), ()))
@example(Chart("Nought", "", "USD", days(1), (Series("x", (Decimal(0),)),)))
def test_any_chart_is_a_picture_that_opens(chart):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        content = png(chart, 320)

    picture = opened(content)
    assert picture.format == "PNG"
    assert picture.width == 320
    assert len(content) < MOST


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
def test_no_name_breaks_a_picture(words):
    chart = Chart(words, words, "USD", days(2), (Series(words, (Decimal(1),)),), (Decimal(1),), words)

    assert opened(png(chart, 320)).width == 320


@pytest.mark.parametrize("name", [r"$\nosuch{$", r"$\frac{1}{2}$", "a$b$^_{}", "_hidden", "%(x)s {} \\n"])
def test_a_dollar_sign_in_a_name_begins_no_mathematics(name):
    """The first would be refused as mathtext; none is taken for a comment, or loses its letters."""
    named, unnamed = (
        png(Chart(said, "", "USD", days(1), (Series(said, (Decimal(1),)),), (Decimal(1),), said), 640)
        for said in (name, "")
    )

    assert opened(named).height > opened(unnamed).height


def test_the_picture_of_a_month_is_as_wide_as_asked_and_small():
    content = png(month())

    assert opened(content).width == 1200
    assert len(content) < MOST
    assert (
        len(
            png(
                replace(
                    month(),
                    days=days(395),
                    series=tuple(Series(f"service {n}", (Decimal(n + 1),) * 395) for n in range(8)),
                )
            )
        )
        < MOST
    )


def test_the_same_chart_is_the_same_bytes_in_any_thread_and_says_nothing_of_when():
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(png, [month()] * 4))

    assert len(set(made)) == 1
    assert opened(made[0]).info.keys() <= {"transparency"}


def test_what_is_given_back_hangs_below_what_is_charged():
    """The first series is blue: as a bar above zero, then as one below it; the legend's sample stays where it is."""
    charged, credited = (
        highest(png(Chart("", "", "USD", days(1), series), 320), BLUE)
        for series in (
            (Series("", (Decimal(5),)), Series("", (Decimal(-5),))),
            (Series("", (Decimal(-5),)), Series("", (Decimal(5),))),
        )
    )

    assert charged < 30
    assert credited > 80


def test_series_that_nobody_could_tell_apart_are_added_up():
    """Twenty stand as seven and a rest: the picture is as high as one of eight."""
    many, eight = (month(names=[f"service {n}" for n in range(count)]) for count in (20, 8))

    assert opened(png(many, 320)).height == opened(png(eight, 320)).height


def test_a_picture_has_a_name_of_its_answers_and_says_in_words_what_it_shows():
    view = View("x", (month(), replace(month(), title="", alt="")), command="billing summary")

    first, second = drawn(view)

    assert first.name == "noroshi-billing-summary.png"
    assert first.title == "September: $9,210 so far, $26,800 at its end"
    assert first.alt == "Bars by day: EC2 more than doubled on 8 September."
    assert second.name == "noroshi-billing-summary-2.png"
    assert second.alt == second.name
    assert first.content == png(month())


def test_words_beside_a_picture_are_as_long_as_slack_takes_and_hide_nothing():
    [made] = drawn(View("x", (replace(month(), title="a\u202eb" * 999, alt="c\u202ed" * 999),)))

    assert len(made.alt) <= 1000
    assert len(made.title) <= 150
    assert "\u202e" not in made.alt + made.title


def test_where_nothing_can_be_drawn_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bot.render.chart_drawing", None)

    with pytest.raises(NotConfigured) as refused:
        png(month())

    assert refused.value.hint == "pip install 'noroshi[charts]'"


def test_an_answer_without_a_chart_has_no_picture():
    assert list(drawn(View("x"))) == []
    assert month().days[0] == FIRST
