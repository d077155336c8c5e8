"""Where nobody forecasts, the rest of the month costs what its days did."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import DAY, month_of
from bot.core.billing.projection import naive

amounts = st.decimals("-1000", "100000", places=4)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_the_rest_of_the_month_costs_the_average_of_its_complete_days():
    by_day = {date(2026, 9, 1): Decimal(10), date(2026, 9, 2): Decimal(20), date(2026, 9, 3): Decimal(999)}

    expected = naive(by_day, at(2026, 9, 3, 12))

    assert [each.day.day for each in expected] == [*range(3, 31)]
    assert {each.mean for each in expected} == {Decimal(15)}
    assert expected[0].low is expected[0].high is None


def test_a_day_without_cost_between_others_counts_and_the_last_ones_are_not_known_yet():
    by_day = {date(2026, 9, 1): Decimal(10), date(2026, 9, 3): Decimal(20), date(2026, 9, 4): Decimal(0)}

    assert naive(by_day, at(2026, 9, 6))[0].mean == Decimal(10)


def test_on_the_1st_the_last_seven_days_of_the_month_before_count():
    by_day = {date(2026, 8, day): Decimal(day) for day in range(1, 32)} | {date(2026, 9, 1): Decimal(500)}

    expected = naive(by_day, at(2026, 9, 1, 8))

    assert len(expected) == 30
    assert expected[0].mean == Decimal(28)


def test_the_day_is_utcs_whatever_the_zone():
    tokyo = timezone(timedelta(hours=9))
    by_day = {date(2026, 8, 30): Decimal(7)}

    expected = naive(by_day, datetime(2026, 9, 1, 8, tzinfo=tokyo))

    assert [each.day for each in expected] == [date(2026, 8, 31)]


def test_where_no_complete_day_is_known_nothing_is_expected():
    assert naive({}, at(2024, 2, 29)) == ()
    assert naive({date(2024, 2, 29): Decimal(5)}, at(2024, 2, 29)) == ()


@given(moments, st.dictionaries(st.integers(-40, 40), amounts))
def test_today_is_expected_once_and_every_day_to_the_months_end(now, found):
    by_day = {now.date() + n * DAY: amount for n, amount in found.items()}

    expected = naive(by_day, now)

    days = [each.day for each in expected]
    assert days in ([], [now.date() + n * DAY for n in range((month_of(now.date()).end - now.date()).days)])
    known = [amount for day, amount in by_day.items() if day < now.date()] or [Decimal(0)]
    assert all(min(0, *known) <= each.mean <= max(0, *known) for each in expected)
