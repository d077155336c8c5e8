"""What was paid for once is kept: a month at a time, for hours or for good, for all processes."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.costs import Line
from bot.core.billing.days import DAY, Days, month_of
from bot.errors import BadRequest, Throttled, Upstream
from tests.adapters.bills_world import BillsWorld, anomaly, cost

AUG, SEP, OCT = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
D = Decimal


@pytest.fixture
def world():
    return BillsWorld(2026, 9, 8, 14)


def codes(answer):
    return [(caveat.code, caveat.weight) for caveat in answer.caveats]


def test_a_question_is_asked_by_whole_months_up_to_today(world):
    world.costs(date(2026, 8, 20), OCT)

    assert [days for _, days, *_ in world.ce.asked] == [Days(AUG, SEP), Days(SEP, date(2026, 9, 9))]


def test_it_gives_the_days_that_were_asked_for_and_what_was_paid(world):
    costs = world.costs(date(2026, 8, 20), date(2026, 9, 4))

    assert costs.days == Days(date(2026, 8, 20), date(2026, 9, 4))
    assert {line.day: line.amount for line in costs.lines} == {day: cost(day) for day in costs.days}
    assert (costs.requests, costs.seconds) == (2, 3.0)


def test_other_days_of_the_same_months_are_not_asked_again(world):
    world.costs(date(2026, 8, 20), date(2026, 9, 4))

    again = world.costs(date(2026, 9, 7), date(2026, 9, 8))

    assert (len(world.ce.asked), again.requests, again.seconds) == (2, 0, 0.0)


def test_another_process_pays_nothing(world):
    first = world.costs(date(2026, 8, 20), date(2026, 9, 4), "tag:team", "region", service="Amazon S3")

    other = world.another()
    second = other.costs(date(2026, 8, 20), date(2026, 9, 4), "tag:team", "region", service="Amazon S3")

    assert other.ce.asked == []
    assert second.lines == first.lines
    assert (second.as_of, second.requests) == (first.as_of, 0)


@pytest.mark.parametrize(("account", "paid"), [("444455556666", 0), ("", 1)])
def test_another_accounts_bill_is_another_and_one_that_nobody_knows_is_kept_by_nobody(world, account, paid):
    world.costs(SEP, date(2026, 9, 4))
    other, third = world.another(account), world.another(account)
    other.costs(SEP, date(2026, 9, 4))
    third.costs(SEP, date(2026, 9, 4))

    assert (len(other.ce.asked), len(third.ce.asked)) == (1, paid)


def test_what_json_can_not_hold_is_kept_in_memory_alone(world):
    """A paid answer is shown, whatever a name in it is made of."""
    world.ce.fees = (Line(SEP, ("\ud800",), D(1)),)

    assert [world.costs(SEP, date(2026, 9, 4)).requests for _ in range(2)] == [1, 0]
    assert world.another().costs(SEP, date(2026, 9, 4)).requests == 1


def test_what_is_asked_otherwise_is_another_answer(world):
    for by, service in (
        (("region",), ""),
        (("account",), ""),
        (("region", "account"), ""),
        (("region",), "S3"),
    ):
        world.costs(SEP, date(2026, 9, 4), *by, service=service)

    assert len(world.ce.asked) == 4


def test_the_current_month_is_asked_again_after_some_hours_and_a_closed_one_never(world):
    world.costs(AUG, date(2026, 9, 4))
    world.clock.forward(hours=7, minutes=59)
    world.costs(AUG, date(2026, 9, 4))
    assert len(world.ce.asked) == 2

    world.clock.forward(minutes=1)
    world.costs(AUG, date(2026, 9, 4))

    assert [days.start for _, days, *_ in world.ce.asked] == [AUG, SEP, SEP]


def test_a_month_that_has_just_closed_still_changes():
    world = BillsWorld(2026, 9, 5, 23)
    world.costs(AUG, SEP)
    world.clock.forward(hours=9)
    world.costs(AUG, SEP)
    world.clock.forward(days=3)
    world.costs(AUG, SEP)

    assert len(world.ce.asked) == 2


def test_after_forty_days_a_closed_one_is_asked_again(world):
    world.costs(AUG, SEP)
    world.clock.forward(days=40)
    world.costs(AUG, SEP)

    assert len(world.ce.asked) == 2


def test_a_new_day_is_asked_for_before_the_hours_are_over():
    world = BillsWorld(2026, 9, 8, 23)
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(hours=2)

    costs = world.costs(SEP, date(2026, 9, 10))

    assert len(world.ce.asked) == 2
    assert costs.days.end == date(2026, 9, 10)


def test_days_that_have_not_begun_are_no_days(world):
    assert world.costs(SEP, OCT).days == Days(SEP, date(2026, 9, 9))
    with pytest.raises(BadRequest):
        world.costs(date(2026, 9, 9), OCT)


def test_two_threads_pay_once(world):
    held, answers = threading.Event(), []
    world.ce.before = lambda: held.wait(10)
    threads = [
        threading.Thread(target=lambda: answers.append(world.costs(SEP, date(2026, 9, 9)))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    held.set()
    for thread in threads:
        thread.join(10)

    assert len(world.ce.asked) == 1
    assert sorted(answer.requests for answer in answers) == [0, 0, 0, 1]


def test_old_figures_do_while_aws_fails_and_say_how_old_they_are(world):
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(hours=9)
    world.ce.failing = Throttled("AWS is throttling.")

    costs = world.costs(SEP, date(2026, 9, 9))

    assert codes(costs) == [("kept-old", "note")]
    assert "9 hours old: AWS is throttling." in costs.caveats[0].message


def test_old_figures_end_where_they_end(world):
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(days=3)
    world.ce.failing = Upstream("No network.")

    costs = world.costs(SEP, date(2026, 9, 12))

    assert costs.days == Days(SEP, date(2026, 9, 9))
    assert codes(costs) == [("kept-old", "blind")]


def test_old_figures_that_have_none_of_the_days_do_not(world):
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(days=30)
    world.ce.failing = Upstream("No network.")

    with pytest.raises(Upstream):
        world.costs(date(2026, 9, 9), date(2026, 9, 30))


def test_old_figures_with_a_gap_before_the_next_month_do_not(world):
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(days=30)
    world.costs(OCT, date(2026, 10, 9))
    world.clock.forward(hours=9)
    world.ce.failing = Upstream("No network.")

    assert world.costs(OCT, date(2026, 10, 9)).caveats[0].code == "kept-old"
    with pytest.raises(Upstream):
        world.costs(SEP, date(2026, 10, 9))


def test_what_the_store_can_not_hold_is_kept_in_memory(world):
    world.store.failing = True
    world.costs(SEP, date(2026, 9, 9))
    world.costs(SEP, date(2026, 9, 9))

    assert len(world.ce.asked) == 1


def test_what_another_version_kept_is_asked_again(world):
    world.costs(SEP, date(2026, 9, 9))
    for record in world.store.records.values():
        if "answer" in record.body:
            record.body["answer"] = "bm9uc2Vuc2U="

    other = world.another()
    other.costs(SEP, date(2026, 9, 9))

    assert len(other.ce.asked) == 1


def test_anomalies_of_ninety_days_are_one_question_for_all_days(world):
    world.ce.found = (
        anomaly("over", date(2026, 7, 1), date(2026, 7, 3)),
        anomaly("on", date(2026, 8, 30)),
        anomaly("new", date(2026, 9, 7)),
    )

    week = world.bills.anomalies(Days(date(2026, 9, 2), date(2026, 9, 9)))
    august = world.bills.anomalies(Days(AUG, SEP))
    july = world.bills.anomalies(Days(date(2026, 7, 3), AUG))

    assert [[each.id for each in one.found] for one in (week, august, july)] == [
        ["on", "new"],
        ["on"],
        ["over"],
    ]
    assert world.ce.asked == [("anomalies", Days(date(2026, 6, 11), date(2026, 9, 9)))]
    assert (week.requests, august.requests) == (2, 0)


def test_the_forecast_is_asked_for_once_in_some_hours(world):
    first, second = (world.bills.forecast(date(2026, 9, 8)) for _ in range(2))

    assert (first.requests, second.requests, first.expected) == (1, 0, second.expected)


@given(st.dates(date(2023, 1, 1), date(2026, 9, 8)), st.integers(1, 120))
def test_the_total_of_any_days_is_the_sum_of_their_days_to_the_cent(start, length):
    world = BillsWorld(2026, 9, 8, 14)
    end = min(start + length * DAY, date(2026, 9, 9))

    costs = world.costs(start, end)

    assert sum((line.amount for line in costs.lines), D(0)) == sum(map(cost, Days(start, end)), D(0))
    asked = [days for _, days, *_ in world.ce.asked]
    assert all(days.start == month_of(days.start).start for days in asked)
    assert all(days.end == min(month_of(days.start).end, date(2026, 9, 9)) for days in asked)
    assert asked[-1].end - asked[0].start >= timedelta(days=len(Days(start, end)))
