"""Windows of time: what people type, and the days CloudTrail may have filed them under."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.span import Span, iso, moment, span
from bot.errors import BadRequest

NOW = datetime(2026, 9, 8, 3, 30, 12, 500000, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2013, 11, 13), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("7d", "2026-09-01T03:30:12Z"),
        ("36H", "2026-09-06T15:30:12Z"),
        (" 90m ", "2026-09-08T02:00:12Z"),
        ("2 w", "2026-08-25T03:30:12Z"),
        ("７d", "2026-09-01T03:30:12Z"),  # typed with a Japanese keyboard
        ("now", "2026-09-08T03:30:12Z"),
        ("Today", "2026-09-08T00:00:00Z"),
        ("yesterday", "2026-09-07T00:00:00Z"),
        ("2026-09-01", "2026-09-01T00:00:00Z"),
        ("2026-09-01T09:00+09:00", "2026-09-01T00:00:00Z"),
        ("2026-09-01 09:00", "2026-09-01T09:00:00Z"),
    ],
)
def test_a_time_is_read_as_a_person_means_it(words, expected):
    assert iso(moment(words, now=NOW)) == expected


def test_today_begins_at_the_readers_midnight():
    assert iso(moment("today", now=NOW, zone=ZoneInfo("Asia/Tokyo"))) == "2026-09-07T15:00:00Z"


@pytest.mark.parametrize(
    "words",
    ["", "soon", "7", "d", "-7d", "0d", "99999w", "7dd", "2026-13-01", "1e9d", "0001-01-01T00:00+14:00"],
)
def test_a_time_that_makes_no_sense_teaches(words):
    with pytest.raises(BadRequest) as error:
        moment(words, now=NOW)
    assert "7d, 36h" in error.value.hint


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadRequest, match="before it begins"):
        span("2026-09-02", "2026-09-01", now=NOW)


def test_since_counts_back_from_a_named_until():
    assert iso(span("1d", "2026-09-01", now=NOW).since) == "2026-08-31T00:00:00Z"


def test_two_lengths_both_count_back_from_now():
    window = span("3d", "1d", now=NOW)

    assert (iso(window.since), iso(window.until)) == ("2026-09-05T03:30:12Z", "2026-09-07T03:30:12Z")


def test_a_window_of_two_lengths_must_be_the_right_way_round():
    with pytest.raises(BadRequest, match="before it begins"):
        span("1d", "3d", now=NOW)


@given(
    MOMENTS,
    st.timedeltas(timedelta(seconds=1), timedelta(days=400)),
    st.timedeltas(timedelta(0), timedelta(hours=23)),
)
def test_every_event_of_a_window_is_published_on_one_of_its_days(since, length, delay):
    """Also one that was published up to a day after it happened."""
    window = Span(since, since + length)
    last = window.until - timedelta(microseconds=1)
    days = window.publish_days()
    assert since.date() == days[0]
    assert (last + delay).date() <= days[-1]
    assert all(after - before == timedelta(days=1) for before, after in itertools.pairwise(days))


def test_one_publish_day_more_than_asked_is_read():
    window = Span(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 7, 12, tzinfo=UTC))
    assert window.publish_days()[-1] == date(2026, 9, 8)


@pytest.mark.parametrize(
    ("since", "expected"),
    [("7d", "last 7 days"), ("1d", "last 24 hours"), ("36h", "last 36 hours"), ("90m", "last 90 minutes")],
)
def test_a_window_up_to_now_is_told_by_its_length(since, expected):
    assert span(since, None, now=NOW).words(NOW) == expected


def test_a_window_of_no_round_length_is_told_by_its_beginning():
    assert span("726m", None, now=NOW).words(NOW).startswith("since 2026-09-")
    assert span("2026-09-07T15:41:03", None, now=NOW).words(NOW) == "since 2026-09-07 15:41 UTC"


def test_a_window_of_the_past_is_told_by_its_ends():
    assert span("2026-09-01", "2026-09-02", now=NOW).words(NOW) == "2026-09-01 00:00 to 2026-09-02 00:00 UTC"


def test_the_same_words_within_a_minute_are_the_same_question():
    later = NOW + timedelta(seconds=40)

    assert span("7d", None, now=NOW) == span("7d", None, now=later)
    assert iso(span("7d", None, now=NOW).until) == "2026-09-08T03:30:00Z"


def test_a_window_that_begins_in_this_very_minute_ends_now():
    assert iso(span("2026-09-08T03:30:05", None, now=NOW).until) == "2026-09-08T03:30:12Z"
