"""GuardDuty's numbers and our words for them, in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings.bands import band, floor
from bot.core.findings.counts import BANDS
from bot.core.severity import Severity


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (10, "critical"),
        (9, "critical"),
        (8.99, "high"),
        (7, "high"),
        (6.9, "medium"),
        (4, "medium"),
        (3.9, "low"),
    ],
)
def test_a_number_is_in_guarddutys_own_band(number, word):
    assert band(number) == word


@given(st.sampled_from(BANDS), st.floats(1, 10))
def test_the_floor_of_a_band_parts_what_is_as_bad_from_what_is_not(severity, number):
    assert (number >= floor(severity)) == band(number).at_least(severity)


def test_what_guardduty_has_no_band_for_has_every_finding_above_it():
    assert floor(Severity.INFO) == 0
