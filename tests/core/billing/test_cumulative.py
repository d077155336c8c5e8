"""A count that runs through the month tells what each day cost."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.cumulative import Unseen, day_by_day, unseen
from bot.core.billing.days import DAY, Days

D = Decimal
starts = st.dates(date(2023, 12, 20), date(2028, 3, 2))
charges = st.decimals(0, 5000, places=2)
taken_back = st.decimals("-0.40", 5000, places=2)


def at(day: date, hour: int = 20) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def counted(costs: dict[date, D]) -> list[tuple[datetime, D]]:
    """One point at each day's end, as the count stands then."""
    points, count = [], D(0)
    for day, cost in costs.items():
        count = cost if day.day == 1 else count + cost
        points.append((at(day), count))
    return points


def costs_from(start: date, amounts: list[D]) -> dict[date, D]:
    return {start + n * DAY: amount for n, amount in enumerate(amounts)}


def test_a_day_costs_what_the_count_grew_by_and_the_1st_the_count_itself():
    points = [
        (at(date(2026, 8, 30)), D(900)),
        (at(date(2026, 8, 31)), D(930)),
        (at(date(2026, 9, 1)), D(12)),
        (at(date(2026, 9, 2)), D(30)),
    ]

    assert day_by_day(points) == {
        date(2026, 8, 30): D(900),
        date(2026, 8, 31): D(30),
        date(2026, 9, 1): D(12),
        date(2026, 9, 2): D(18),
    }


def test_what_was_taken_back_is_negative_and_not_hidden_by_the_days_maximum():
    day = date(2026, 9, 9)
    points = [(at(day - DAY), D(50)), (at(day, 3), D(60)), (at(day, 21), D(45))]

    assert day_by_day(points)[day] == D(-5)


def test_counts_of_the_old_month_after_midnight_are_the_last_days():
    points = [
        (at(date(2026, 8, 31)), D(930)),
        (at(date(2026, 9, 1), 2), D(934)),
        (at(date(2026, 9, 1), 9), D(5)),
        (at(date(2026, 9, 1), 21), D(11)),
    ]

    assert day_by_day(points) == {date(2026, 8, 31): D(934), date(2026, 9, 1): D(11)}


def test_the_first_hours_of_a_month_do_not_cost_all_of_the_one_before():
    """Nobody has seen the count fall yet."""
    ended = (at(date(2026, 8, 31)), D(930))

    assert day_by_day([ended, (at(date(2026, 9, 1), 2), D(934))]) == {date(2026, 8, 31): D(934)}
    assert day_by_day([ended, (at(date(2026, 9, 1), 2), D(12))])[date(2026, 9, 1)] == D(12)
    assert day_by_day([ended, (at(date(2026, 9, 1), 2), D(5000))])[date(2026, 9, 1)] == D(5000)


def test_a_1st_that_has_only_the_old_months_count_is_not_seen():
    points = [
        (at(date(2026, 8, 30)), D(900)),
        (at(date(2026, 8, 31)), D(930)),
        (at(date(2026, 9, 1)), D(930)),
        (at(date(2026, 9, 2)), D(21)),
    ]

    assert day_by_day(points) == {
        date(2026, 8, 30): D(900),
        date(2026, 8, 31): D(30),
        date(2026, 9, 2): D(21),
    }


def test_a_fee_on_the_1st_that_is_more_than_the_month_before_is_the_1sts():
    points = [
        (at(date(2026, 8, 31)), D(100)),
        (at(date(2026, 9, 1)), D(5000)),
        (at(date(2026, 9, 2)), D(5003)),
    ]

    assert day_by_day(points)[date(2026, 9, 1)] == D(5000)


def test_the_day_is_utcs():
    zone = datetime.fromisoformat("2026-09-02T08:00:00+09:00")

    assert list(day_by_day([(zone, D(1))])) == [date(2026, 9, 1)]


def test_a_missing_day_is_within_the_next_and_none_after_the_last_point_of_its_month():
    seen = [date(2026, 8, 29), date(2026, 9, 1), date(2026, 9, 4)]

    found = unseen(Days(date(2026, 8, 28), date(2026, 9, 8)), seen, date(2026, 9, 5))

    assert found == Unseen(
        carried=(date(2026, 8, 28), date(2026, 9, 2), date(2026, 9, 3)),
        lost=(date(2026, 8, 30), date(2026, 8, 31)),
    )


@given(starts, st.lists(charges, min_size=1, max_size=100))
def test_every_day_is_found_again_over_months_ends_and_leap_years(start, amounts):
    costs = costs_from(start, amounts)

    assert day_by_day(counted(costs)) == costs


@given(starts, st.lists(taken_back, min_size=1, max_size=100))
def test_small_amounts_taken_back_are_found_again(start, amounts):
    # On the 1st and 2nd a count that falls to less than its half is taken for the month's beginning.
    costs = costs_from(
        start, [D(1) + abs(a) if (start + n * DAY).day <= 2 else a for n, a in enumerate(amounts)]
    )

    assert day_by_day(counted(costs)) == costs


@given(starts, st.lists(charges, min_size=2, max_size=70), st.data())
def test_whatever_is_missing_a_months_days_add_up_to_its_last_count(start, amounts, data):
    points = counted(costs_from(start, amounts))
    kept = [point for point in points if data.draw(st.booleans())]

    found = day_by_day(kept)

    last = {point[0].date().replace(day=1): point[1] for point in kept}
    for month, count in last.items():
        of_month = [cost for day, cost in found.items() if day.replace(day=1) == month]
        assert sum(of_month) == count


@given(starts, st.lists(st.decimals(1, 5000, places=2), min_size=40, max_size=70), st.integers(1, 11))
def test_late_counts_of_the_old_month_change_no_day_of_the_new_one(start, amounts, hours):
    costs = costs_from(start, amounts)
    points = counted(costs)
    ends = {point[0].date(): point[1] for point in points}
    late = [
        (at(day, 0) + timedelta(hours=hours), ends[day - DAY])
        for day in ends
        if day.day == 1 and ends.get(day - DAY, D(0)) > 2 * ends[day]
    ]

    assert day_by_day([*points, *late]) == costs
