"""A moment as AWS writes it, in every form, or nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.moment import read

SAID = datetime(2026, 9, 8, 2, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-09-08T02:40:00Z",
        "2026-09-08T02:40:00.000+0000",
        "2026-09-08T11:40:00+09:00",
        "2026-09-08T02:40:00",
        "Tue, 08 Sep 2026 02:40:00 GMT",
        1788835200,
        SAID,
    ],
)
def test_every_form_is_the_same_moment_in_utc(value):
    assert read(value) == SAID
    assert read(value).tzinfo is UTC


@pytest.mark.parametrize(
    "value", [None, "", "soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 10**30, {}, True]
)
def test_what_is_no_time_of_ours_is_none(value):
    assert read(value) is None


@given(st.text() | st.integers() | st.floats() | st.binary() | st.datetimes())
def test_nothing_ever_breaks_it(value):
    found = read(value)

    assert found is None or found.tzinfo is UTC
