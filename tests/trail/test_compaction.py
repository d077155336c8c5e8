"""Which days are copied: those that are over, and those whose files are not what their copy was made of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.trail.compaction import RawFile, due, is_over, made_of, readable, too_early
from bot.trail.shares import Share, shares

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
FIRST = date(2026, 9, 1)
MARK = made_of([RawFile("a", 1)])


def september(*days):
    return tuple(date(2026, 9, day) for day in days)


def marks(*days):
    return dict.fromkeys(september(*days), MARK)


@pytest.mark.parametrize(("hour", "minute", "over"), [(0, 0, False), (0, 59, False), (1, 0, True)])
def test_a_day_is_over_an_hour_after_its_end(hour, minute, over):
    assert is_over(date(2026, 9, 7), datetime(2026, 9, 8, hour, minute, tzinfo=UTC)) is over


def test_in_its_first_hour_yesterday_is_too_early_and_today_always():
    assert too_early(NOW, None) == september(8)
    assert too_early(datetime(2026, 9, 8, 0, 30, tzinfo=UTC), None) == september(8, 7)
    assert too_early(datetime(2026, 9, 8, 0, 30, tzinfo=UTC), date(2026, 9, 8)) == september(8)


def test_every_day_without_a_copy_is_due_newest_first():
    assert due({}, NOW, first=FIRST, since=None) == september(7, 6, 5, 4, 3, 2, 1)


def test_of_copied_days_the_last_three_are_looked_at_again():
    assert due(marks(*range(1, 8)), NOW, first=FIRST, since=None) == september(7, 6, 5)
    assert due(marks(1, 3, 4, 6, 7), NOW, first=FIRST, since=None) == september(7, 6, 5, 2)


def test_since_looks_at_all_from_there_and_at_nothing_before_the_trail():
    assert due(marks(*range(1, 8)), NOW, first=FIRST, since=date(2026, 9, 3)) == september(7, 6, 5, 4, 3)
    assert due({}, NOW, first=date(2026, 9, 6), since=FIRST) == september(7, 6)


def test_where_the_trails_first_day_is_not_known_a_run_looks_ninety_days_back():
    assert due({}, NOW, first=None, since=None)[-1] == date(2026, 6, 10)


def test_a_copy_of_another_form_is_as_if_it_were_not_there():
    old = marks(*range(1, 8)) | {date(2026, 9, 2): "0123456789abcdef:" + MARK.partition(":")[2]}

    assert not readable(old[date(2026, 9, 2)])
    assert due(old, NOW, first=FIRST, since=None) == september(7, 6, 5, 2)


def test_a_copys_mark_tells_names_and_sizes_in_any_order():
    a, b = RawFile("a", 1), RawFile("b", 2)

    assert made_of([a, b]) == made_of([b, a])
    assert len({made_of(some) for some in ([a, b], [a], [], [a, RawFile("b", 3)], [a, RawFile("c", 2)])}) == 5
    assert readable(made_of([a]))


def test_due_days_begin_with_the_newest_that_is_over_whatever_the_zone():
    there = NOW.astimezone(tz=None)

    assert due({}, there, first=FIRST, since=None) == due({}, NOW, first=FIRST, since=None)
    assert due({}, NOW - timedelta(days=30), first=FIRST, since=None) == ()


PLACES = st.dictionaries(
    st.tuples(st.sampled_from(["1", "2", "3", "4"]), st.sampled_from(["eu", "us", "ap"])), st.integers(1, 100)
)


@given(PLACES, st.integers(1, 400))
def test_shares_hold_every_place_once_and_are_no_larger_than_they_must(sizes, most):
    found = shares(sizes, most)
    held = [
        [
            (account, region)
            for account, region in sizes
            if (not share.accounts or account in share.accounts)
            and (not share.regions or region in share.regions)
        ]
        for share in found
    ]

    assert sorted(place for some in held for place in some) == sorted(sizes)
    assert all(sum(sizes[place] for place in some) <= most or len(some) == 1 for some in held)


def test_a_day_that_is_not_large_is_one_share_of_all_there_is():
    assert shares({("1", "eu"): 60, ("2", "eu"): 40}, 100) == [Share()]
    assert shares({}, 100) == [Share()]


def test_a_table_without_accounts_is_shared_by_region_and_one_without_either_not_at_all():
    assert shares({("", "eu"): 60, ("", "us"): 60}, 100) == [Share((), ("eu",)), Share((), ("us",))]
    assert shares({("", ""): 500}, 100) == [Share()]
