"""The compact copy answers as the log files would, for as long as they are what it was made of."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from bot.adapters.duckdb import compact_asking
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.span import Span
from bot.embedded.incident.archive import write_archive
from bot.ports import Relation, TrailQuery
from bot.trail.events import STORED
from bot.trail.who_accessed import who_accessed
from tests.trail.plain_records import records_below
from tests.trail.real_records import DATA, DAYS, lay_out, where_they_are

_LATER = datetime(2026, 12, 1, tzinfo=UTC)
_ALL = TrailQuery(
    f"SELECT {', '.join(STORED)} FROM events",
    (),
    Span(datetime(2010, 1, 1, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)),
    relation=Relation(STORED),
)


@pytest.fixture
def logs(tmp_path):
    return tmp_path / "logs"


@pytest.fixture
def tree(logs):
    """Writes a file into CloudTrail's layout and gives its path."""

    def write(data, day="2026/09/02", name="a.json.gz"):
        folder = logs / "AWSLogs" / "111111111111" / "CloudTrail" / "eu-west-1" / day
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return write


@pytest.fixture
def engine(logs):
    return DuckdbEngine(str(logs), clock=lambda: _LATER)


@pytest.fixture
def raw(logs, tmp_path):
    return DuckdbEngine(str(logs), compact_location=str(tmp_path / "nothing"))


@pytest.fixture
def calls(week):
    """Asks for the event ids of a week, in order."""
    query = TrailQuery("SELECT event_id FROM events ORDER BY 1", (), week, relation=Relation(("event_id",)))

    def ask(engine):
        answer = engine.run(query, lambda _: None)
        return [row["event_id"] for row in answer.rows], {one.code: one.message for one in answer.caveats}

    return ask


def compact(engine, since=None):
    made = engine.compact(lambda _: None, since)
    assert all(day.state != "failed" for day in made.days), made
    return made


def spoil(path):
    """Let the file hold something else, under its name and of its size."""
    path.write_bytes(b"x" * path.stat().st_size)


def rows(engine, query):
    return Counter(map(str, engine.run(query, lambda _: None).rows))


def test_a_day_that_is_copied_is_read_from_its_copy(engine, tree, log, record, calls):
    file = tree(log(record(eventID="1"), record(eventID="2")))
    compact(engine)
    spoil(file)
    assert calls(engine) == (["1", "2"], {})


def test_a_day_with_a_late_file_is_read_raw_until_it_is_made_anew(engine, tree, log, record, calls):
    tree(log(record(eventID="1")))
    compact(engine)
    late = tree(log(record(eventID="2")), name="late.json.gz")
    assert calls(engine) == (["1", "2"], {})
    assert [day.state for day in compact(engine).days] == ["made"]
    spoil(late)
    assert calls(engine) == (["1", "2"], {})


def test_a_day_whose_file_grew_is_read_raw(engine, tree, log, record, calls):
    tree(log(record(eventID="1")))
    compact(engine)
    tree(log(record(eventID="1"), record(eventID="2")))
    assert calls(engine)[0] == ["1", "2"]


def test_copied_days_and_raw_ones_are_one_answer(engine, tree, log, record, calls):
    copied = tree(log(record(eventID="1")))
    compact(engine)
    spoil(copied)
    tree(log(record(eventID="2", eventTime="2026-09-03T10:00:00Z")), day="2026/09/03")
    assert calls(engine) == (["1", "2"], {})


def test_files_outside_the_layout_are_read_raw_beside_copies(engine, logs, tree, log, record, calls):
    copied = tree(log(record(eventID="1")))
    (logs / "export.json").write_text(json.dumps({"Records": [record(eventID="2")]}))
    told = compact(engine)
    spoil(copied)
    assert [caveat.code for caveat in told.caveats] == ["files-not-copied"]
    assert calls(engine) == (["1", "2"], {})


def test_broken_files_are_told_of_a_copy_too(engine, raw, tree, log, record, calls):
    tree(log(record(eventID="1")))
    tree(log(record())[:-9], name="cut.json.gz")
    told = compact(engine)
    assert [caveat.code for caveat in told.caveats] == ["files-skipped"]
    assert calls(engine) == calls(raw)
    assert "1 of 2 files" in calls(engine)[1]["files-skipped"]


def test_records_without_a_time_are_told_of_a_copy_too(engine, raw, tree, log, record, calls):
    tree(log(record(eventID="1"), record(eventTime="yesterday")))
    compact(engine)
    assert calls(engine) == calls(raw)
    assert calls(engine)[1]["records-undated"].startswith("1 record")


def test_a_copied_day_without_events_is_no_day_without_logs(engine, raw, tree, log, calls):
    tree(log())
    compact(engine)
    assert calls(engine) == calls(raw)


@pytest.fixture
def copied(engine, logs, tree, log, record):
    """Copies a day with one event, and gives the Parquet file's path."""
    tree(log(record(eventID="1")))
    compact(engine)
    (parquet,) = Path(f"{logs}.compact").rglob("*.parquet")
    return parquet


@pytest.fixture
def late(tree, log, record):
    """Writes a file with the event 2."""
    return lambda **where: tree(log(record(eventID="2")), **where)


@pytest.mark.parametrize("spoiling", [Path.unlink, spoil, lambda path: path.write_bytes(b"PAR1")])
def test_a_copy_that_cannot_be_read_leaves_it_to_the_log_files(engine, copied, calls, spoiling):
    spoiling(copied)
    assert calls(engine) == (["1"], {})


def test_a_damaged_copy_beside_raw_days_leaves_it_to_the_log_files(engine, copied, late, calls):
    spoil(copied)
    late(day="2026/09/03")
    assert calls(engine) == (["1", "2"], {})


def test_a_question_goes_on_while_its_day_is_made_anew(engine, tree, log, record, calls):
    tree(log(record(eventID="1")))
    compact(engine)
    asking = engine._asking
    late = []

    class Late:
        """Between finding the copy and reading it, the day is made anew."""

        def ready(self, *asked):
            if not late:
                late.append(tree(log(record(eventID="2")), name="late.json.gz"))
                compact(engine)
            return asking.ready(*asked)

    engine._asking = Late()
    assert calls(engine)[0] == ["1"]
    assert calls(engine)[0] == ["1", "2"]


def test_a_question_for_the_table_itself_reads_the_log_files(engine, tree, log, record, week):
    file = tree(log(record(eventID="1")))
    compact(engine)
    spoil(file)
    query = TrailQuery("SELECT eventid FROM noroshi.cloudtrail", (), week)
    assert [one.code for one in engine.run(query, print).caveats] == ["files-skipped"]
    both = replace(
        query,
        sql="SELECT e.event_id FROM events e, cloudtrail c",
        relation=Relation(("event_id",), records=("eventid",)),
    )
    assert [one.code for one in engine.run(both, print).caveats] == ["files-skipped"]


def test_progress_says_which_form_is_read(engine, tree, log, record, week):
    tree(log(record()))
    compact(engine)
    query = TrailQuery("SELECT event_id FROM events", (), week, relation=Relation(("event_id",)))
    told = []
    engine.run(query, told.append)
    tree(log(record()), day="2026/09/03")
    engine.run(query, told.append)
    assert told[1::2] == [
        "Reading the compact copy of 1 days…",
        "Reading the compact copy of 1 days and 1 log files, 0.0 MB…",
    ]


def test_a_copys_database_opens_no_other_files(tmp_path):
    (tmp_path / "copies").mkdir()
    (tmp_path / "secret").write_text("x")
    database = compact_asking._database(tmp_path / "copies", "noroshi.cloudtrail_compact")
    with pytest.raises(duckdb.PermissionException):
        database.execute(f"SELECT * FROM read_text('{tmp_path}/secret')")
    with pytest.raises(duckdb.InvalidInputException):
        database.execute("SET enable_external_access = true")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A company's days, and engines over their copy and over the files alone."""
    folder = tmp_path_factory.mktemp("archive") / "logs"
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    write_archive(folder, seed=3, now=now, days=3, records=3_000, files=30)
    engine = DuckdbEngine(str(folder), clock=lambda: now)
    compact(engine)
    return engine, DuckdbEngine(str(folder), compact_location=f"{folder}.nothing"), now


def test_all_columns_of_a_generated_archive_are_the_same_in_both_forms(archive):
    engine, raw, _ = archive
    assert rows(engine, _ALL) == rows(raw, _ALL)


def test_who_accessed_is_the_same_in_both_forms_and_reads_less(archive):
    engine, raw, now = archive
    query = who_accessed("acme-payroll", Span(datetime(2026, 11, 20, tzinfo=UTC), now))
    copied, files = (one.run(query, lambda _: None) for one in (engine, raw))
    assert copied.rows == files.rows != ()
    assert copied.receipt.bytes_scanned < files.receipt.bytes_scanned


@where_they_are
def test_all_columns_of_the_real_records_are_the_same_in_both_forms(tmp_path):
    lay_out(tmp_path / "logs", records_below(DATA))
    engine = DuckdbEngine(str(tmp_path / "logs"), clock=lambda: _LATER)
    assert len(compact(engine, DAYS[0]).days) == len(DAYS)
    found = rows(DuckdbEngine(str(tmp_path / "logs"), compact_location=str(tmp_path / "none")), _ALL)
    for file in (tmp_path / "logs").rglob("*.gz"):
        spoil(file)
    assert found.total() > 10_000
    assert rows(engine, _ALL) == found
