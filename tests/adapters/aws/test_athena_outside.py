"""Accounts and regions that are asked for and are not in the table are told, and blind where nothing else is asked."""

from datetime import UTC, datetime

import pytest

from bot.adapters.aws.athena_outside import outside
from bot.adapters.aws.athena_reach import unseen
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.glue import Reach
from bot.core.span import Span
from bot.ports import Relation


class Nothing:
    """What a client of Athena's must tell of itself."""

    class meta:  # noqa: N801 - botocore's name
        endpoint_url = "http://127.0.0.1:1"


TABLE = Reach(accounts=("111122223333",), regions=("eu-west-1", "us-east-1"))


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        (None, []),
        (Relation(), []),
        (Relation(accounts=("111122223333",), regions=("us-east-1",)), []),
        (Relation(accounts=("999999999999",)), [("account 999999999999", "blind")]),
        (Relation(regions=("sa-east-1",)), [("region sa-east-1", "blind")]),
        (Relation(regions=("eu-west-1", "sa-east-1")), [("region sa-east-1", "note")]),
        (
            Relation(accounts=("999999999999",), regions=("sa-east-1", "sa-west-1")),
            [("account 999999999999", "blind"), ("regions sa-east-1, sa-west-1", "blind")],
        ),
    ],
)
def test_what_the_table_was_not_made_for(relation, told):
    found = outside(TABLE, relation)

    assert {one.code for one in found} <= {"outside-the-table"}
    assert [(one.message.partition(":")[0], one.weight) for one in found] == [
        (f"calls of {words}", weight) for words, weight in told
    ]


def test_a_table_that_names_none_may_have_any():
    assert outside(Reach(), Relation(accounts=("999999999999",), regions=("sa-east-1",))) == ()


def test_a_region_outside_of_the_table_is_the_one_reason_that_is_told():
    watch = Watch(Nothing(), 1, print)
    day = Span(datetime(2026, 9, 7, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC))

    found = unseen(TABLE, day, watch, found=True, relation=Relation(regions=("sa-east-1",)))

    assert [(one.code, one.weight) for one in found] == [("outside-the-table", "blind")]
