"""/guardduty handover asks for the shift since then, and answers with every problem as a row."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.core.digest import State
from bot.core.handover import COLUMNS, Shift
from bot.errors import BadRequest, NotConfigured
from commands.guardduty import guardduty
from tests.pipeline.world import World, alert

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Record:
    """Satisfies `bot.ports.Shifts`; keeps since when it was asked."""

    def __init__(self, *problems, error=None):
        self.problems, self.error, self.asked = problems, error, []

    def shift(self, since):
        self.asked.append(since)
        if self.error:
            raise self.error
        return Shift(since, State(self.problems, ()), ())


def problems(*keys):
    world = World()
    world.tell(*map(alert, keys))
    return [entry.thing for entry in world.ledger.waiting("#security")]


def answer(record, *words):
    ports = SimpleNamespace(shifts=record, now=lambda: NOW, zone=UTC)
    return guardduty.answer(["handover", *words], ports)


@pytest.mark.parametrize(
    ("words", "hours"), [((), 8), (("--since", "12h"), 12), (("--since", "2026-11-25T06:00Z"), 3)]
)
def test_a_shift_is_of_eight_hours_unless_said(words, hours):
    record = Record()
    view = answer(record, *words)

    assert record.asked == [NOW - timedelta(hours=hours)]
    assert view.title == f"Handover of {hours} hours: nothing is open, 0 ended"
    assert (view.command, set(view.request)) == ("guardduty handover", {"since"})


def test_every_problem_is_a_row():
    view = answer(Record(*problems("one", "two")))

    assert view.title == "Handover of 8 hours: 2 open that nobody acknowledged (2 new), 0 ended"
    assert {row["key"] for row in view.rows} == {"one", "two"}
    assert all(tuple(row) == view.columns == COLUMNS for row in view.rows)


@pytest.mark.parametrize("since", ["now", "2027-01-01"])
def test_a_shift_that_begins_later_is_none(since):
    with pytest.raises(BadRequest, match="a shift begins before now"):
        answer(Record(), "--since", since)


def test_where_alerts_are_off_nothing_is_handed_over_and_that_is_said():
    with pytest.raises(NotConfigured):
        answer(Record(error=NotConfigured("Alerts are off.")))
