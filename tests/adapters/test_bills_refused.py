"""What Cost Explorer refuses is not paid for again and again, and is told as it is."""

from datetime import date

import pytest

from bot.errors import AccessDenied, Forbidden, NotConfigured
from tests.adapters.bills_world import BillsWorld

AUG, SEP = date(2026, 8, 1), date(2026, 9, 1)


@pytest.fixture
def world():
    return BillsWorld(2026, 9, 8, 14)


def test_whoever_may_not_ask_is_told_so_and_not_shown_old_figures(world):
    world.costs(SEP, date(2026, 9, 9))
    world.clock.forward(hours=9)
    world.ce.failing = AccessDenied("No.", action="ce:GetCostAndUsage")

    with pytest.raises(AccessDenied):
        world.costs(SEP, date(2026, 9, 9))


@pytest.mark.parametrize(
    ("refusal", "lasts", "words"),
    [
        (NotConfigured("Not on.", "Open it."), 8, "Open it. It is asked again in 8 h."),
        (AccessDenied("No.", "Allow it.", action="ce:X"), 1, "Allow it. It is asked again in 60 min."),
    ],
)
def test_a_refusal_is_not_paid_for_again_for_a_while(world, refusal, lasts, words):
    world.ce.failing = refusal
    for _ in range(3):
        with pytest.raises(type(refusal)) as refused:
            world.costs(SEP, date(2026, 9, 9))
    assert refused.value.hint == words
    assert len(world.ce.asked) == 1

    world.clock.forward(hours=lasts)
    world.ce.failing = None

    assert world.costs(SEP, date(2026, 9, 9)).requests == 1


def test_what_aws_does_not_have_yet_is_asked_for_by_no_other_process(world):
    """A terminal is a process for each question, and a bot that restarts again and again is many."""
    world.ce.failing = NotConfigured("Too young.")
    for process in (world, world.another()):
        assert process.bills.forecast(date(2026, 9, 8)).naive
        with pytest.raises(NotConfigured):
            process.costs(SEP, date(2026, 9, 9))
    other = world.another()
    other.bills.forecast(date(2026, 9, 8))

    assert other.ce.asked == []


def test_a_permission_put_right_is_seen_by_who_asks_anew(world):
    world.ce.failing = AccessDenied("No.", action="ce:X")
    with pytest.raises(AccessDenied):
        world.costs(SEP, date(2026, 9, 9))

    assert world.another().costs(SEP, date(2026, 9, 9)).requests == 1


def test_a_forecast_that_a_months_last_day_has_not_is_asked_for_on_the_first():
    world = BillsWorld(2026, 9, 30, 23)
    world.ce.failing = NotConfigured("Too late.")
    assert world.bills.forecast(date(2026, 9, 30)).naive

    world.clock.forward(hours=2)
    world.ce.failing = None

    assert not world.bills.forecast(date(2026, 10, 1)).naive


def test_the_last_answer_is_known_to_every_process(world):
    assert world.bills.said() is None
    world.costs(SEP, date(2026, 9, 9))
    assert world.another().bills.said().value.message == ""

    world.ce.failing = NotConfigured("Not on.")
    with pytest.raises(NotConfigured):
        world.costs(AUG, SEP)

    assert world.another().bills.said().value.message == "Not on."


def test_a_refused_forecast_says_nothing_of_what_else_may_be_asked(world):
    world.costs(SEP, date(2026, 9, 9), "service")
    world.ce.failing = NotConfigured("Too young.")
    world.bills.forecast(date(2026, 9, 8))

    assert world.bills.said().value.message == ""


def test_spent_requests_are_said_unless_something_old_will_do():
    world = BillsWorld(2026, 9, 8, 14, most=1)
    world.costs(SEP, date(2026, 9, 9))

    with pytest.raises(Forbidden) as refused:
        world.costs(AUG, SEP)
    world.clock.forward(hours=9)
    costs = world.costs(SEP, date(2026, 9, 9))

    assert "spent: 1" in refused.value.message
    assert costs.caveats[0].code == "kept-old"
