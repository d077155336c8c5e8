"""The cheap engine first, the table only where the cheap one can't be asked."""

import pytest

from bot.adapters.aws.glue import NoTable
from bot.adapters.fallback import CheapFirst
from bot.core.view import Receipt
from bot.errors import AccessDenied, NotConfigured, Throttled
from bot.ports import TrailRows

ROWS = TrailRows((), Receipt("lookup-events", 0.1))


class Engine:
    table = "noroshi.cloudtrail"

    def __init__(self, error=None):
        self.error, self.asked = error, 0

    def run(self, _query, _progress):
        self.asked += 1
        if self.error:
            raise self.error
        return ROWS


def test_the_history_answers_alone():
    history, table = Engine(), Engine()

    assert CheapFirst(history, table).run(None, None) is ROWS
    assert (history.asked, table.asked) == (1, 0)


@pytest.mark.parametrize(
    "refused", [NotConfigured("no duckdb"), AccessDenied("no", action="cloudtrail:LookupEvents")]
)
def test_a_history_that_can_not_be_asked_makes_way_for_the_table(refused):
    table = Engine()

    assert CheapFirst(Engine(refused), table).run(None, None) is ROWS
    assert table.asked == 1


def test_without_a_table_the_histories_refusal_is_told():
    refused = AccessDenied("no", action="cloudtrail:LookupEvents")

    for table in (None, Engine(NoTable("no table", "make one"))):
        with pytest.raises(AccessDenied):
            CheapFirst(Engine(refused), table).run(None, None)


def test_a_throttled_history_is_not_paid_for_instead():
    table = Engine()

    with pytest.raises(Throttled):
        CheapFirst(Engine(Throttled("slow")), table).run(None, None)
    assert table.asked == 0
