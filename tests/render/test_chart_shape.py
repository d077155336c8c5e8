from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from bot.core.sections import Band, Chart, Series
from bot.render.chart_shape import LAYERS, dates, shape, short_money, ticks
from tests.render.charts import amounts, charts, days


@given(charts)
def test_what_is_drawn_adds_up_to_what_was_given_on_these_days(chart):
    drawn = shape(chart)
    many = len(chart.days)

    given_ = [amount for series in chart.series for amount in series.amounts[:many] if amount.is_finite()]
    assert len(drawn.layers) <= LAYERS
    if all(abs(amount) <= 10**15 for amount in given_):  # beyond it a Decimal's 28 digits round
        whole = pytest.approx(sum(given_), abs=Decimal("0.0001"))
        assert sum(drawn.totals) == whole
        assert sum(layer.total for layer in drawn.layers) == whole


@given(charts)
def test_all_that_is_drawn_lies_between_the_bounds_with_zero(chart):
    drawn = shape(chart)
    low, high = drawn.bounds

    assert low <= 0 <= high
    for mean in (band.mean for _, band in drawn.expected):
        assert low <= mean <= high
    assert all(low <= total <= high for total in drawn.totals)


@given(amounts.filter(lambda each: each.is_finite()), amounts.filter(lambda each: each.is_finite()))
def test_an_axis_has_a_few_round_marks_and_zero_among_them(one, other):
    low, high = min(one, other, Decimal(0)), max(one, other, Decimal(0))

    marks = ticks(low, high)

    assert 0 in marks
    assert len(marks) <= 5
    assert low <= marks[0]
    assert marks[-1] <= high


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("0", "USD", "$0"),
        ("500", "USD", "$500"),
        ("1500", "USD", "$1.5k"),
        ("-2500000", "USD", "-$2.5M"),
        ("0.25", "USD", "$0.25"),
        ("0.0005", "EUR", "0.0005"),
        ("0.0000025", "USD", "$0.0000025"),
        ("1E9", "JPY", "1B"),
        ("1E15", "USD", "$1,000T"),
    ],
)
def test_money_on_the_axis_is_short(amount, currency, said):
    assert short_money(Decimal(amount), currency) == said


def test_dates_on_the_axis_are_few_and_short():
    assert [said for _, said in dates(days(30))] == ["1 Sep", "7 Sep", "13 Sep", "19 Sep", "25 Sep"]
    assert [said for _, said in dates(days(3))] == ["1 Sep", "2 Sep", "3 Sep"]
    assert list(dates(())) == []


def test_the_rest_of_too_many_series_is_added_up_by_day():
    series = tuple(Series(f"s{n}", (Decimal(n), Decimal(1))) for n in range(10))

    drawn = shape(Chart("", "", "USD", days(2), series))

    assert [layer.name for layer in drawn.layers] == [*(f"s{n}" for n in range(7)), "3 others"]
    assert drawn.layers[-1].amounts == (Decimal(7 + 8 + 9), Decimal(3))


def test_what_is_not_on_the_axis_is_left_out():
    band = Band(date(2027, 1, 1), Decimal(9), Decimal(9), Decimal(9))

    drawn = shape(Chart("", "", "USD", days(1), (Series("x", (Decimal(1), Decimal(5))),), expected=(band,)))

    assert drawn.totals == (Decimal(1),)
    assert drawn.expected == ()
