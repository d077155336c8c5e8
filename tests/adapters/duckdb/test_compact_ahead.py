"""Copies of all days are asked before it is known that they may be; what the log files are by then decides."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.span import Span
from bot.ports import Relation, TrailQuery

_QUERY = TrailQuery(
    "SELECT event_id FROM events ORDER BY 1",
    (),
    Span(datetime(2026, 9, 1, 6, tzinfo=UTC), datetime(2026, 9, 2, 18, tzinfo=UTC)),
    relation=Relation(("event_id",)),
)


@pytest.fixture
def engine(tmp_path, tree, log, record):
    """Over two days of the window's three publish days, with an event each, both copied."""
    tree(log(record(eventID="1", eventTime="2026-09-01T10:00:00Z")), day="2026/09/01")
    tree(log(record(eventID="2")))
    engine = DuckdbEngine(str(tmp_path), clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    engine.compact(lambda _: None)
    return engine


class Watched:
    """Gets the copies asked, and keeps which of their files were asked about, a list for each time."""

    def __init__(self, asking):
        self.asking, self.files = asking, []

    def ready(self, files, *rest):
        self.files.append(files)
        return self.asking.ready(files, *rest)


def ids(engine):
    return [row["event_id"] for row in engine.run(_QUERY, lambda _: None).rows]


def test_copies_that_are_of_the_files_there_are_give_the_answer_and_are_asked_once(engine):
    engine._asking = watched = Watched(engine._asking)
    assert ids(engine) == ["1", "2"]
    assert [len(files) for files in watched.files] == [2]


def test_a_new_file_is_in_the_answer(engine, tree, log, record):
    assert ids(engine) == ["1", "2"]
    tree(log(record(eventID="3")), name="late.json.gz")
    assert ids(engine) == ["1", "2", "3"]


def test_a_file_of_the_day_behind_the_window_is_in_the_answer(engine, tree, log, record):
    tree(log(record(eventID="3")), day="2026/09/03")
    assert ids(engine) == ["1", "2", "3"]


def test_a_changed_file_is_in_the_answer_as_it_is_now(engine, tree, log, record):
    assert ids(engine) == ["1", "2"]
    tree(log(record(eventID="2"), record(eventID="3")))
    assert ids(engine) == ["1", "2", "3"]


def test_a_file_that_went_is_not_in_the_answer(engine, tmp_path):
    assert ids(engine) == ["1", "2"]
    next(Path(tmp_path, "AWSLogs").rglob("09/02/*.gz")).unlink()
    assert ids(engine) == ["1"]


def test_a_file_outside_the_layout_is_in_the_answer(engine, tmp_path, log, record):
    (tmp_path / "more.json.gz").write_bytes(log(record(eventID="3")))
    assert ids(engine) == ["1", "2", "3"]
