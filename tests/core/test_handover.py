"""A shift began at the time of handing over before this one, whatever the clocks did in between."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digest import State
from bot.core.handover import Shift, began, show
from bot.core.problem import Problem
from bot.core.text import plain
from tests.pipeline.world import START, alert

NINE, AFTERNOON, NIGHT = time(9), time(17), time(21)
DAY = date(2026, 9, 8)
TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "since"),
    [
        (NINE, datetime(2026, 9, 7, 21, tzinfo=TOKYO)),
        (AFTERNOON, datetime(2026, 9, 8, 9, tzinfo=TOKYO)),
        (NIGHT, datetime(2026, 9, 8, 17, tzinfo=TOKYO)),
    ],
)
def test_a_shift_begins_when_the_one_before_ended(at, since):
    assert began(at, (NINE, AFTERNOON, NIGHT), DAY, TOKYO) == since


def test_who_hands_over_once_a_day_has_a_shift_of_a_day():
    assert began(NINE, (NINE,), DAY, UTC) == datetime(2026, 9, 7, 9, tzinfo=UTC)


@given(
    st.lists(st.times(), min_size=1, max_size=6, unique=True),
    st.data(),
    st.dates(date(2020, 1, 2), date(2030, 1, 1)),
)
def test_shifts_follow_upon_each_other(times, data, day):
    """Every shift begins where another ended, and is no longer than a day and the hour that clocks are changed by."""
    at = data.draw(st.sampled_from(times))
    start = began(at, times, day, BERLIN)
    length = datetime.combine(day, at, BERLIN).astimezone(UTC) - start.astimezone(UTC)

    assert start.time().replace(tzinfo=None, fold=0) in [each.replace(fold=0) for each in times]
    assert timedelta(hours=-1) <= length <= timedelta(hours=25)


def test_a_quiet_shift_says_so():
    view = show(Shift(START - timedelta(hours=8), State((), ()), ()), START)

    assert view.title == "Handover of 8 hours: nothing is open, 0 ended"
    assert [plain(line) for part in view.sections for line in part.lines] == []
    assert (view.rows, view.caveats) == ((), ())


def test_what_only_a_storm_tells_of_is_open_too():
    view = show(Shift(START - timedelta(hours=8), State((), (), in_storm=40), ()), START)

    assert view.title == "Handover of 8 hours: 40 in a storm's digest only, 0 ended"


def test_of_more_than_was_looked_at_there_is_at_least_so_much():
    found = Problem("one", alert("one"), START, START, "C1")
    shift = Shift(START - timedelta(hours=8), State((found,), (), more=True), (), more=True)

    assert show(shift, START).title == (
        "Handover of 8 hours: at least 1 open that nobody acknowledged (1 new), at least 0 ended"
    )
