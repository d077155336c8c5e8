"""Moments at which bills are looked at: any, and those at which months and years end."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

_SINCE, _YEARS = datetime(2024, 1, 1, tzinfo=UTC), 9 * 366 * 86_400
EDGES = (
    datetime(2026, 3, 1, tzinfo=UTC),
    datetime(2026, 3, 1, 2, tzinfo=UTC),
    datetime(2026, 3, 2, 5, tzinfo=UTC),
    datetime(2026, 3, 3, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2028, 3, 1, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC),
)
MOMENTS = st.integers(0, _YEARS).map(lambda s: _SINCE + timedelta(seconds=s)) | st.sampled_from(EDGES)
