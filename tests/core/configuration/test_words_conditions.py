"""Every operator that a policy's condition may have is said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.configuration.words_conditions import condition

# IAM user guide, "IAM JSON policy elements: Condition operators".
OPERATORS = (
    *("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    *("StringLike", "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan"),
    *("NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals"),
    *("DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"),
    *(
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
    ),
)


@pytest.mark.parametrize(
    ("operator", "said"),
    [
        ("Bool", "aws:x is true"),
        ("BoolIfExists", "aws:x is true or not given"),
        ("ArnNotLike", "aws:x not like true"),
        ("ArnNotEqualsIfExists", "aws:x is not true or not given"),
        ("NumericLessThanEquals", "aws:x at most true"),
        ("DateGreaterThan", "aws:x after true"),
        ("StringEqualsIgnoreCase", "aws:x is, in any case, true"),
        ("ForAnyValue:StringEquals", "a value of aws:x is true"),
        ("ForAnyValue:StringNotLikeIfExists", "a value of aws:x not like true or not given"),
        ("ForAllValues:StringLike", "every value of aws:x, if any, like true"),
        ("ForAllValues:StringEqualsIfExists", "every value of aws:x, if any, is true"),
        ("Null", "aws:x is not given"),
        ("NoSuchOperator", "aws:x NoSuchOperator true"),
        ("ForNoValue:StringEquals", "aws:x ForNoValue:StringEquals true"),
    ],
)
def test_an_operator_has_words(operator, said):
    assert condition(operator, "aws:x", ["true"]) == said


def test_a_key_that_has_to_be_there_is_said_to_be():
    assert condition("Null", "aws:x", ["false"]) == "aws:x is given"
    assert condition("Null", "aws:x", ["true", "false"]) == "aws:x Null true, false"


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("before", ["", "ForAnyValue:", "ForAllValues:"])
@pytest.mark.parametrize("after", ["", "IfExists"])
def test_no_operator_is_left_in_awss_own_word(before, operator, after):
    assert operator not in condition(f"{before}{operator}{after}", "aws:x", ["1"])


@given(st.text(), st.text(min_size=1), st.lists(st.one_of(st.text(), st.booleans(), st.none()), max_size=4))
def test_whatever_stands_there_is_said_with_its_key(operator, key, wanted):
    assert key in condition(operator, key, wanted)
