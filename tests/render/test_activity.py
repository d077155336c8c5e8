import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.core.sections import Activity
from bot.core.text import Code, When, plain
from bot.core.view import View
from bot.render.activity import activity_lines
from bot.render.bars import MOST
from bot.render.blocks import payload
from bot.render.terminal import show
from tests.render.hostile import HOUR, MOMENT


def _bars(activity):
    return [line[0].text for line in activity_lines(activity) if isinstance(line[0], Code)]


def _said(activity):
    return [plain(line) for line in activity_lines(activity)]


def test_the_bars_name_their_peak_and_stand_over_their_times():
    activity = Activity("hour", MOMENT, HOUR, (0, 40, 80, 312), (0, 0, 0, 9))

    assert _said(activity) == [
        "·▂▃█ 432 calls, peak 312 from 2026-09-08 06:11 UTC",
        "···▁ 9 refused, peak 9 from 2026-09-08 06:11 UTC",
        "2026-09-08 03:11 UTC – 2026-09-08 07:11 UTC · each bar 1 hour",
    ]


def test_a_little_beside_much_is_never_shown_as_nothing():
    assert _bars(Activity("hour", MOMENT, HOUR, (0, 1, 10**9))) == ["·▁█"]


def test_nothing_at_all_is_said_in_words():
    assert _said(Activity("day", MOMENT, 24 * HOUR, (0, 0)))[0] == "·· no calls"
    assert activity_lines(Activity("day", MOMENT, HOUR, ())) == ()


def test_none_marked_takes_no_line():
    assert len(_bars(Activity("hour", MOMENT, HOUR, (1, 2), (0, 0)))) == 1


def test_marked_ones_stand_below_theirs_and_on_the_same_scale():
    counts, marked = _bars(Activity("hour", MOMENT, HOUR, (8, 4, 0), (4, 0)))

    assert counts == "█▄·"
    assert marked == "▄··"


def test_a_month_of_days_stands_as_it_is():
    assert len(_bars(Activity("day", MOMENT, 24 * HOUR, (1,) * 31))[0]) == 31


def test_more_bars_than_a_phone_shows_are_added_up_and_the_newest_is_whole():
    activity = Activity("hour", MOMENT, HOUR, (1, *(2,) * 48), (1,) * 49)

    bars, marked = _bars(activity)
    assert bars == "▂" + "█" * 24
    assert len(marked) == len(bars)
    assert _said(activity)[0].endswith(" 97 calls, peak 4 from 2026-09-08 04:11 UTC")
    assert _said(activity)[-1].endswith("– 2026-09-10 04:11 UTC · each bar 2 hours")


@given(st.lists(st.integers(-5, 10**12), max_size=400), st.lists(st.integers(-5, 10**12), max_size=400))
def test_whatever_is_counted_fits_a_phone_and_nothing_is_lost(counts, marked):
    activity = Activity("hour", MOMENT, HOUR, tuple(counts), tuple(marked))

    assert all(len(bars) <= MOST for bars in _bars(activity))
    total = sum(max(0, count) for count in counts)
    if total:
        assert f" {total:,} calls, peak " in _said(activity)[0]


def test_in_slack_the_times_are_in_the_readers_zone():
    view = View("x", (Activity("hour", MOMENT, HOUR, (1, 2)),))
    [section] = payload(view)["blocks"][1]["elements"]

    dates = [part["timestamp"] for part in section["elements"] if part["type"] == "date"]
    hour = int(HOUR.total_seconds())
    start = int(MOMENT.timestamp())
    assert dates == [start + hour, start, start + 2 * hour]
    assert section["elements"][0] == {"type": "text", "text": "▄█", "style": {"code": True}}


@pytest.mark.parametrize("width", [40, 80])
def test_a_terminal_shows_the_same_bars_unbroken(width):
    out = io.StringIO()
    activity = Activity("day", MOMENT, timedelta(days=1), tuple(range(31)))
    show(View("x", (activity,)), Console(file=out, width=width))

    assert _bars(activity)[0] in out.getvalue()
    assert "2026-09-08 03:11 UTC" in out.getvalue().replace("\n", " ")


def test_moments_are_pieces_of_their_own():
    """Else no renderer could put them into the reader's zone."""
    lines = activity_lines(Activity("hour", MOMENT, HOUR, (1,)))

    assert sum(isinstance(piece, When) for line in lines for piece in line) == 3
