"""Values are written as Athena writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.embedded.aws.athena.results import text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        ("", ""),
        (True, "true"),
        (12, "12"),
        (1.0, "1.0"),
        (0.001, "0.001"),
        (1e7, "1.0E7"),
        (12345678.5, "1.23456785E7"),
        (0.0005, "5.0E-4"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 9, 8), "2026-09-08"),
        (datetime(2026, 9, 8, 3, 11), "2026-09-08 03:11:00.000"),  # noqa: DTZ001 - Trino's timestamp has no zone
        (datetime(2026, 9, 8, 3, 11, tzinfo=UTC), "2026-09-08 03:11:00.000 UTC"),
        (["a", None], "[a, null]"),
        ({"k": ["v"]}, "{k=[v]}"),
    ],
)
def test_each_kind_of_value(value, written):
    assert text(value) == written
