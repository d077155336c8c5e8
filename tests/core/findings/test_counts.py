"""Counts add up, whichever way they are looked at."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings.counts import BANDS, Counts, Trend, counted, named, trend
from bot.core.severity import Severity

NOW = datetime(2026, 9, 16, 14, 20, tzinfo=UTC)
FINDINGS = st.lists(
    st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["1", "2", "3"]), st.sampled_from(BANDS)),
    max_size=30,
)


def totals(counts):
    return [
        sum(count for held in view.values() for count in held.values())
        for view in (counts.by_type, counts.by_account)
    ]


@given(FINDINGS, FINDINGS)
def test_two_places_together_are_as_all_their_findings_at_once(one, other):
    both = counted(one) + counted(other)

    assert both == Counts() + counted(one + other)
    assert totals(both) == [both.total] * 2 == [len(one) + len(other)] * 2


def test_what_guardduty_does_not_name_is_counted_all_the_same():
    told = {Severity.HIGH: 7, Severity.LOW: 2}

    assert named(told, {Severity.HIGH: {"A": 4, "B": 1}, Severity.LOW: {"A": 2}}) == {
        "A": {Severity.HIGH: 4, Severity.LOW: 2},
        "B": {Severity.HIGH: 1},
        "": {Severity.HIGH: 2},
    }


def test_a_week_is_the_last_seven_days_and_the_one_before_it_the_seven_before():
    ages = [0, 1, 7 * 24 - 0.1, 7 * 24, 13 * 24, 14 * 24, 400]
    made = [NOW - timedelta(hours=age) for age in ages]

    assert trend([*made, None, NOW + timedelta(hours=1)], NOW) == Trend(this_week=3, last_week=2)
