"""Bytes and prices in words."""

import pytest

from bot.core.amounts import price, size, whole_cents


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (9_951, "10 kB"),
        (41_300_000, "41 MB"),
        (999_600, "1.0 MB"),
        (1_200_000_000_000, "1.2 TB"),
        (5 * 10**18, "5,000 PB"),
    ],
)
def test_a_size_is_told_as_aws_bills_it(count, words):
    assert size(count) == words


@pytest.mark.parametrize(
    ("usd", "words"), [(0, "$0"), (0.00005, "under $0.0001"), (0.0002, "$0.0002"), (1234.5, "$1,234.50")]
)
def test_a_price_is_told_as_small_as_it_is(usd, words):
    assert price(usd) == words


@pytest.mark.parametrize(
    ("usd", "cents"), [(0.4101, "0.42"), (0.42, "0.42"), (0.00005, "0.01"), (12, "12.00")]
)
def test_whole_cents_are_never_below_the_price(usd, cents):
    assert whole_cents(usd) == cents
