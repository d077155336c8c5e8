import pytest

from bot.core.view import Receipt
from bot.render.receipt import data, duration, money, receipt_line


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (41_234_567, "41 MB"),
        (9_960_000, "10 MB"),
        (999_700_000, "1.0 GB"),
        (3_200_000_000_000, "3.2 TB"),
        (10**19, "10,000 PB"),
    ],
)
def test_data(count, words):
    assert data(count) == words


@pytest.mark.parametrize(
    ("usd", "words"),
    [(0.0, "free"), (0.00001, "<$0.0001"), (0.0002, "$0.0002"), (0.05, "$0.05"), (1234.5, "$1,234.50")],
)
def test_money(usd, words):
    assert money(usd) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "<0.1 s"), (2.14, "2.1 s"), (9.97, "10 s"), (90.2, "90 s"), (200, "3 min 20 s")],
)
def test_duration(seconds, words):
    assert duration(seconds) == words


def test_a_receipt_reads_as_the_voice_page_says():
    receipt = Receipt("athena", 2.1, 41_000_000, 0.0002, "5f2c91d0-aaaa")

    assert receipt_line(receipt) == "Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0…"
    assert receipt_line(receipt, whole_id=True).endswith("query 5f2c91d0-aaaa")


@pytest.mark.parametrize("calls", [None, 0])
def test_calls_that_nobody_counted_are_not_shown(calls):
    assert receipt_line(Receipt("guardduty", 0.5, api_calls=calls)) == "guardduty · 0.5 s"


def test_calls_are_counted_where_there_is_no_query():
    assert receipt_line(Receipt("guardduty", 0.5, api_calls=1)) == "guardduty · 0.5 s · 1 API call"
