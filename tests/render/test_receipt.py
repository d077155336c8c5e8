import pytest

from bot.core.view import Receipt
from bot.render.receipt import receipt_line


def test_a_receipt_reads_as_the_voice_page_says():
    receipt = Receipt("athena", 2.1, 41_000_000, 0.0002, "5f2c91d0-aaaa")

    assert receipt_line(receipt) == "Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0…"
    assert receipt_line(receipt, whole_id=True).endswith("query 5f2c91d0-aaaa")


@pytest.mark.parametrize("calls", [None, 0])
def test_calls_that_nobody_counted_are_not_shown(calls):
    assert receipt_line(Receipt("guardduty", 0.5, api_calls=calls)) == "guardduty · 0.5 s"


def test_calls_are_counted_where_there_is_no_query():
    assert receipt_line(Receipt("guardduty", 0.5, api_calls=1)) == "guardduty · 0.5 s · 1 API call"
