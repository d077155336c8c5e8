"""Bytes and prices in words."""

import pytest

from bot.core.amounts import counted, duration, paid, price, size, whole_cents


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
        (9_960_000, "10 MB"),
        (999_700_000, "1.0 GB"),
        (5 * 10**18, "5,000 PB"),
        (10**19, "10,000 PB"),
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


@pytest.mark.parametrize(
    ("usd", "words"),
    [(0.0, "free"), (0.00001, "<$0.0001"), (0.0002, "$0.0002"), (0.05, "$0.05"), (1234.5, "$1,234.50")],
)
def test_what_was_paid_stands_alone(usd, words):
    assert paid(usd) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "<0.1 s"), (2.14, "2.1 s"), (9.97, "10 s"), (90.2, "90 s"), (200, "3 min 20 s")],
)
def test_a_length_of_time_is_told_as_exactly_as_anybody_wants_it(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("count", "many", "words"),
    [
        (0, "", "0 writes"),
        (1, "", "1 write"),
        (2, "", "2 writes"),
        (4819, "", "4,819 writes"),
        (1, "wrote", "1 write"),
        (2, "wrote", "2 wrote"),
    ],
)
def test_one_is_not_many(count, many, words):
    assert counted(count, "write", many) == words
