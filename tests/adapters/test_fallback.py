"""The table where it is cheap and has the place, else the event history."""

from dataclasses import replace

import pytest

from bot.adapters.aws.glue import NoTable
from bot.adapters.fallback import QuickFirst
from bot.core.view import Caveat, Receipt
from bot.errors import AccessDenied, Costly, Forbidden, QueryFailed, Throttled
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


TABLES = TrailRows((), Receipt("athena", 0.1))


class Table(Engine):
    def __init__(self, error=None, caveats=()):
        super().__init__(error)
        self.answer = replace(TABLES, caveats=tuple(caveats))

    def run(self, query, progress):
        super().run(query, progress)
        return self.answer


def test_the_table_answers_alone():
    history, table = Engine(), Table()

    assert QuickFirst(history, table).run(None, None) == TABLES
    assert (history.asked, table.asked) == (0, 1)


def test_without_a_table_the_history_answers():
    assert QuickFirst(Engine(), None).run(None, None) is ROWS


@pytest.mark.parametrize(
    "refused",
    [
        NoTable("no table", "make one"),
        Costly("1 USD", usd=1.0, bytes=1),
        Forbidden("no more today"),
        AccessDenied("no", action="athena:StartQueryExecution"),
        Throttled("slow"),
        QueryFailed("broken"),
    ],
)
def test_a_table_that_is_costly_or_cannot_be_asked_makes_way_for_the_history(refused):
    assert QuickFirst(Engine(), Table(refused)).run(None, None) is ROWS


@pytest.mark.parametrize(("weight", "answers"), [("blind", ROWS), ("note", None)])
def test_a_table_that_was_not_made_for_the_place_makes_way_for_the_history(weight, answers):
    table = Table(caveats=[Caveat("outside-the-table", "calls of account 1", weight)])

    assert QuickFirst(Engine(), table).run(None, None) == (answers or table.answer)


@pytest.mark.parametrize(
    ("refused", "told"),
    [(NoTable("no table", ""), AccessDenied), (Costly("1 USD", usd=1.0, bytes=1), Costly)],
)
def test_where_neither_can_be_asked_it_is_told_what_would_help(refused, told):
    history = Engine(AccessDenied("no", action="cloudtrail:LookupEvents"))

    with pytest.raises(told):
        QuickFirst(history, Table(refused)).run(None, None)
