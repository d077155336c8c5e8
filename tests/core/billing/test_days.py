from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import Days, month_before, month_of, month_to_date, same_days_before
from bot.errors import BadRequest

days = st.dates(date(2019, 1, 1), date(2032, 12, 31))


def test_the_first_of_a_month_is_a_whole_day_of_it() -> None:
    assert month_to_date(date(2026, 3, 1)) == Days(date(2026, 3, 1), date(2026, 3, 2))


def test_no_days_at_all_are_refused() -> None:
    with pytest.raises(BadRequest):
        Days(date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2024, 3, 31), date(2024, 3, 1)),
        (date(2026, 3, 29), date(2026, 3, 1)),
        (date(2026, 3, 5), date(2026, 2, 6)),
    ],
)
def test_a_shorter_month_before_is_taken_whole(today: date, end: date) -> None:
    assert same_days_before(month_to_date(today)) == Days(date(today.year, 2, 1), end)


@given(days)
def test_every_day_is_in_its_month_and_in_no_other(day: date) -> None:
    month = month_of(day)

    assert day in month
    assert month.start.day == month.end.day == 1
    assert month_before(day).end == month.start


@given(days, st.integers(1, 500))
def test_months_are_the_days_cut_up(start: date, length: int) -> None:
    whole = Days(start, start + timedelta(days=length))
    pieces = whole.months()

    assert [day for piece in pieces for day in piece] == list(whole)
    assert all(month_of(piece.start) == month_of(piece.end - timedelta(days=1)) for piece in pieces)
    assert len(whole) == length
