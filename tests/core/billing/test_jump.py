from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing import jump
from bot.core.billing.costs import Costs, Line
from bot.core.billing.days import DAY, Days

WEDNESDAY = date(2026, 3, 25)


def costs(*lines: Line) -> Costs:
    days = Days(date(2026, 1, 1), date(2026, 4, 1))
    return Costs(days, ("service",), lines, "USD", "cost-explorer", datetime(2026, 4, 1, tzinfo=UTC))


def every_day(key: str, workday: str, weekend: str) -> list[Line]:
    return [
        Line(day, (key,), Decimal(weekend if day.weekday() > 4 else workday))
        for day in Days(date(2026, 2, 1), WEDNESDAY)
    ]


def test_a_workday_is_held_against_workdays() -> None:
    found = costs(*every_day("EC2", "10", "1"), Line(WEDNESDAY, ("EC2",), Decimal(64)))

    assert jump.rises(found, WEDNESDAY) == (jump.Rise(("EC2",), Decimal(64), Decimal(10)),)
    assert jump.whole(found, WEDNESDAY).more == 54


def test_days_that_were_not_asked_for_are_no_days_that_cost_nothing() -> None:
    lines = (*every_day("EC2", "10", "1"), Line(WEDNESDAY, ("EC2",), Decimal(10)))
    few = replace(costs(*lines), days=Days(WEDNESDAY - 2 * DAY, WEDNESDAY + DAY))
    asked = replace(few, lines=tuple(line for line in lines if line.day in few.days))
    none = replace(asked, days=Days(WEDNESDAY, WEDNESDAY + DAY))

    assert jump.whole(asked, WEDNESDAY).usual == 10
    assert jump.whole(none, WEDNESDAY).usual == 0


def test_a_saturday_is_held_against_weekends() -> None:
    saturday = date(2026, 3, 21)

    assert jump.rises(costs(*every_day("EC2", "10", "1")), saturday)[0].usual == 1


def test_what_never_cost_anything_is_a_first() -> None:
    found = costs(*every_day("EC2", "10", "1"), Line(WEDNESDAY, ("SageMaker",), Decimal(9)))
    first, fell = jump.rises(found, WEDNESDAY)

    assert (first.keys, first.first, first.usual) == (("SageMaker",), True, 0)
    assert (fell.keys, fell.more, fell.first) == (("EC2",), -10, False)


def test_a_credit_hides_no_rise() -> None:
    found = costs(Line(WEDNESDAY, ("EC2",), Decimal(64)), Line(WEDNESDAY, ("EC2",), Decimal(-64), "Credit"))

    assert jump.whole(found, WEDNESDAY).more == 64


def test_a_fee_of_the_first_counts_only_where_it_is_asked_for() -> None:
    first = date(2026, 3, 1)
    found = costs(Line(first, ("Support",), Decimal(100), "Fee"))

    assert jump.rises(found, first)[0].more == 100
    assert jump.rises(found, first, fees=False) == ()


@given(
    st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=5),
    st.dates(date(2024, 2, 1), date(2028, 3, 1)),
)
def test_the_rises_of_a_day_that_was_always_so_are_nothing(amounts: list[Decimal], day: date) -> None:
    span = Days(day - timedelta(days=30), day + timedelta(days=1))
    lines = [Line(each, (f"s{n}",), amount) for each in span for n, amount in enumerate(amounts)]
    found = replace(costs(*lines), days=span)

    assert all(rise.more == 0 for rise in jump.rises(found, day))
    assert jump.whole(found, day).amount == sum(amounts)
