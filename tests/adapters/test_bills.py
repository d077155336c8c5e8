"""The bill comes from the source that can tell, and says which, and why the other did not."""

import threading
from datetime import date
from decimal import Decimal
from queue import SimpleQueue

import pytest

from bot.core.billing.costs import Line
from bot.core.billing.days import Days
from bot.errors import AccessDenied, BadRequest, Forbidden, NotConfigured, Throttled, Upstream
from tests.adapters.bills_world import BillsWorld, cost

AUG, SEP, TODAY, TOMORROW = (date(2026, *parts) for parts in ((8, 1), (9, 1), (9, 8), (9, 9)))
DENIED = AccessDenied("The bot may not ce:GetCostAndUsage.", action="ce:GetCostAndUsage")
SWITCH = NotConfigured("CloudWatch has no estimates.", "Switch them on.")


@pytest.fixture
def world():
    return BillsWorld(2026, 9, 8, 14)


def by(world, *words, **more):
    return world.costs(SEP, TOMORROW, *words, **more)


@pytest.mark.parametrize("words", [("service",), ("account",), ("account", "service")])
def test_what_is_free_is_taken_first_where_it_was_asked_for(world, words):
    assert by(world, *words, free=True).source == "cloudwatch"
    assert by(world, *words).source == "cost-explorer"
    assert len(world.ce.asked) == 1


@pytest.mark.parametrize("words", [("region",), ("usage-type",), ("tag:team",), ("service", "region")])
def test_what_only_cost_explorer_tells_is_its_own(world, words):
    assert by(world, *words, free=True).source == "cost-explorer"
    assert world.cloudwatch.asked == []


def test_without_estimates_a_free_question_is_paid_for_and_says_why(world):
    world.cloudwatch.failing = SWITCH

    costs = by(world, "service", free=True)

    assert costs.source == "cost-explorer"
    assert costs.caveats[0].code == "other-source"
    assert costs.caveats[0].message == "These are Cost Explorer’s figures: CloudWatch has no estimates."


@pytest.mark.parametrize(
    "refusal", [DENIED, NotConfigured("Not on."), Throttled("Slowly."), Upstream("Away.")]
)
def test_without_cost_explorer_estimates_do_and_say_why(world, refusal):
    world.ce.failing = refusal

    costs = by(world, "service")

    assert costs.source == "cloudwatch"
    assert refusal.message in costs.caveats[0].message


def test_where_neither_can_tell_the_first_ones_reason_is_given(world):
    world.ce.failing, world.cloudwatch.failing = DENIED, SWITCH

    with pytest.raises(AccessDenied):
        by(world, "service")
    with pytest.raises(NotConfigured):
        by(world, "service", free=True)
    with pytest.raises(AccessDenied):
        by(world, "region")


def test_spent_requests_leave_the_estimates():
    world = BillsWorld(2026, 9, 8, 14, most=0)

    assert by(world, "service").source == "cloudwatch"
    with pytest.raises(Forbidden):
        by(world, "region")


def test_estimates_that_have_all_days_are_better_than_old_figures_that_have_not(world):
    by(world, "service")
    world.clock.forward(days=3)
    world.ce.failing = Upstream("Away.")

    costs = world.costs(SEP, date(2026, 9, 12), "service")
    world.cloudwatch.failing = SWITCH
    world.clock.forward(hours=1)
    old = world.costs(SEP, date(2026, 9, 12), "service")

    assert (costs.source, costs.days.end) == ("cloudwatch", date(2026, 9, 12))
    assert "3 days old" in costs.caveats[0].message
    assert (old.source, old.days.end) == ("cost-explorer", TOMORROW)


def test_where_cost_explorer_is_off_nothing_is_paid_for():
    world = BillsWorld(2026, 9, 8, 14, explorer=False)

    assert by(world, "service").source == "cloudwatch"
    for ask in (lambda: by(world, "region"), lambda: world.bills.anomalies(Days(AUG, SEP))):
        with pytest.raises(NotConfigured) as refused:
            ask()
        assert "NOROSHI_BILLING__EXPLORER" in refused.value.hint
    assert world.bills.forecast(TODAY).naive
    assert (world.ce.asked, world.bills.asked().by_day, world.bills.said()) == ([], (), None)


@pytest.mark.parametrize("words", [("colour",), ("tag:",), ("service", "account", "region")])
def test_what_nothing_can_group_by_is_refused_before_anybody_is_asked(world, words):
    with pytest.raises(BadRequest):
        by(world, *words, free=True)

    assert world.ce.asked == world.cloudwatch.asked == []


def test_estimates_are_read_again_after_some_minutes(world):
    for _ in range(3):
        by(world, "service", free=True)
    assert len(world.cloudwatch.asked) == 1

    world.clock.forward(minutes=10)
    by(world, "service", free=True)

    assert len(world.cloudwatch.asked) == 2


def test_two_threads_read_the_estimates_once(world):
    """Metrics' parts ask for the same at the same moment, and CloudWatch is paid by the series."""
    held, read = threading.Event(), []
    world.cloudwatch.before = lambda: held.wait(10)
    threads = [
        threading.Thread(target=lambda: read.append(by(world, "service", free=True).lines)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    held.set()
    for thread in threads:
        thread.join(10)

    assert (len(world.cloudwatch.asked), len(read)) == (1, 4)


def test_one_question_waits_for_no_other_that_cloudwatch_is_slow_to_answer(world):
    held, began, read, first = threading.Event(), threading.Event(), SimpleQueue(), iter([True])

    def slow():
        if next(first, False):
            began.set()
            held.wait(10)

    world.cloudwatch.before = slow
    asked = [("service",), ("account",), ("account", "service"), ("service", "account")]
    threads = [
        threading.Thread(target=lambda words=words: read.put(by(world, *words, free=True).by))
        for words in asked
    ]
    threads[0].start()
    assert began.wait(10)
    for thread in threads[1:]:
        thread.start()
    try:
        assert read.get(timeout=10) in asked[1:]
    finally:
        held.set()
        for thread in threads:
            thread.join(10)


def test_the_forecast_is_cost_explorers(world):
    found = world.bills.forecast(TODAY)

    assert (found.naive, found.total, found.caveats) == (False, Decimal(46), ())


def test_where_it_has_none_the_days_so_far_are_the_forecast(world):
    world.ce.failing = NotConfigured("It needs a month of figures.")

    found = world.bills.forecast(TODAY)

    mean = sum(map(cost, Days(SEP, TODAY)), Decimal(0)) / 7
    assert found.naive
    assert [each.day for each in found.expected] == list(Days(TODAY, date(2026, 10, 1)))
    assert {each.mean for each in found.expected} == {mean}
    assert found.total == sum((each.mean for each in found.expected), Decimal(0))
    assert (found.low, found.high) == (None, None)
    assert found.caveats[0].code == "forecast-naive"
    assert "It needs a month of figures." in found.caveats[0].message


@pytest.mark.parametrize("fee", [Line(SEP, ("x",), Decimal(900), "RIFee"), Line(SEP, ("Tax",), Decimal(900))])
def test_a_fee_of_the_1st_is_not_expected_of_every_day(world, fee):
    """A service's name tells it where there are no kinds of charges."""
    world.bills._explorer.forecast = _refusing
    world.ce.fees = (fee,)

    assert world.bills.forecast(TODAY).expected[0].mean == sum(map(cost, Days(SEP, TODAY)), Decimal(0)) / 7


def _refusing(_):
    raise NotConfigured("It needs a month of figures.")


def test_on_the_1st_the_days_before_are_the_forecast():
    world = BillsWorld(2026, 9, 1, 9, explorer=False)

    found = world.bills.forecast(SEP)

    assert len(found.expected) == 30
    assert found.expected[0].mean == sum(map(cost, Days(date(2026, 8, 25), SEP)), Decimal(0)) / 7


def test_where_nobody_knows_any_day_there_is_no_forecast(world):
    world.ce.failing, world.cloudwatch.failing = DENIED, SWITCH

    with pytest.raises(AccessDenied):
        world.bills.forecast(TODAY)


def test_a_day_of_use_costs_some_cents():
    """200 questions of all kinds, and a look every quarter of an hour for the metrics."""
    world = BillsWorld(2026, 9, 8, 0)
    for quarter in range(95):
        today = world.clock().date()
        days = (SEP, world.clock().date().replace(day=9))
        world.costs(*days, "service", free=True)
        world.costs(*days, "account", free=True)
        world.bills.forecast(today)
        for words in (("service",), ("region",), ("tag:team",))[: quarter % 4]:
            world.costs(AUG, TOMORROW, *words)
        if quarter % 5 == 0:
            world.costs(AUG, TOMORROW, "region", "usage-type", service="Amazon EC2")
            world.bills.anomalies(Days(AUG, TOMORROW))
        world.clock.forward(minutes=15)

    asked = world.bills.asked()
    assert asked.usd_a_request * sum(count for _, count in asked.by_day) <= Decimal("0.25")
