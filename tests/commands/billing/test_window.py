"""Days as people mean them, wherever they are: a bill has UTC's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.command import Reach
from bot.core.billing.days import DAY, Days
from bot.errors import BadRequest
from commands.billing.window import day, window
from tests.commands.billing.small_bills import FakeBills, Ports, ask

TOKYO, LA = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
MORNING = datetime(2026, 9, 16, 23, tzinfo=UTC)  # the 17th, 08:00, in Tokyo


def reach(now, zone):
    return Reach(Ports(FakeBills({}), now=now, zone=zone), lambda _: None)


def test_today_where_it_has_begun_already_is_the_bills_own():
    here = reach(MORNING, TOKYO)

    assert day(here, "today") == MORNING.date()
    assert window(here, "today", None) == Days(MORNING.date(), MORNING.date() + DAY)
    assert window(here, "yesterday", "today") == Days(MORNING.date(), MORNING.date() + DAY)
    with pytest.raises(BadRequest, match="2026-09-18 is still to come"):
        day(here, "2026-09-18")


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.integers(1, 1439),
    st.sampled_from([UTC, TOKYO, LA, ZoneInfo("Pacific/Auckland")]),
    st.integers(1, 90),
)
def test_so_many_days_are_so_many_in_every_zone(today, minute, zone, count):
    now = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(minutes=minute)
    begin = (now - timedelta(days=count)).astimezone(zone)
    # A moment that is a midnight there begins a day that is in the window as a whole.
    assume((begin.hour, begin.minute) != (0, 0))

    assert len(window(reach(now, zone), f"{count}d", None)) == count


@pytest.mark.parametrize("said", ["2020-01-01", "2025-08-20", "400d"])
def test_a_day_that_no_bill_remembers_is_not_paid_for(said):
    bills = FakeBills({("service",): []})
    with pytest.raises(BadRequest, match="does not tell any more"):
        ask("why", said, bills=bills)

    assert bills.questions == []
    assert ask("why", "2025-09-20", bills=bills).title
    assert bills.questions[0][0].start == date(2025, 8, 23)
