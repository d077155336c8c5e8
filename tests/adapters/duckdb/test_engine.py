import gzip
import json
import os
import sys
import threading
from datetime import UTC, datetime

import pytest

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.lake import query
from bot.adapters.duckdb.processes import Workers
from bot.adapters.duckdb.reading import Reader
from bot.adapters.duckdb.store import LogObject
from bot.errors import NotFound, QueryFailed
from bot.ports import TrailQuery


def codes(answer):
    return [(caveat.code, caveat.weight) for caveat in answer.caveats]


def ids(answer):
    return [row["eventid"] for row in answer.rows]


def test_rows_come_by_name_with_a_receipt(run, tree, log, record):
    path = tree(log(record(eventID="1"), record(eventID="2")))
    sql = "SELECT count(*) AS n, 1.5e0 AS d, true AS b, max(eventid) AS t, max(errorcode) AS none FROM noroshi.cloudtrail"
    answer = run(sql)
    assert answer.rows == ({"n": 2, "d": 1.5, "b": True, "t": "2", "none": None},)
    assert answer.caveats == ()
    receipt = answer.receipt
    assert (receipt.engine, receipt.cost_usd, receipt.sql) == ("duckdb", 0.0, sql)
    assert receipt.bytes_scanned == path.stat().st_size
    assert receipt.seconds > 0


def test_other_values_come_as_athenas_texts(run, tree, log, record):
    tree(log(record()))
    moment = "from_iso8601_timestamp('2026-09-08T03:11:00Z') AS at"
    [row] = run(
        f"SELECT {moment}, ARRAY['a', NULL] AS l, 1.50 AS d, date '2026-09-08' AS day FROM cloudtrail"
    ).rows
    assert row == {"at": "2026-09-08 03:11:00.000 UTC", "l": "[a, null]", "d": 1.5, "day": "2026-09-08"}


def test_days_outside_the_window_are_not_read(run, tree, log, record):
    tree(log(record(eventID="in")), day="2026/09/08")
    tree(log(record(eventID="published a day late")), day="2026/09/09")
    late = tree(log(record(eventID="out")), day="2026/09/10")
    answer = run()
    assert ids(answer) == ["in", "published a day late"]
    assert answer.receipt.bytes_scanned < sum(p.stat().st_size for p in late.parents[3].rglob("*.gz"))


def test_a_path_tells_the_partition_whatever_the_record_says(run, tree, log, record):
    tree(log(record(recipientAccountId="999999999999", awsRegion="us-east-1")))
    row = run(
        "SELECT account, region, day FROM cloudtrail WHERE day BETWEEN '2026/09/01' AND '2026/09/09'"
    ).rows[0]
    assert tuple(row.values()) == ("111111111111", "eu-west-1", "2026/09/02")


def test_a_damaged_file_is_skipped_whole_counted_and_named_and_the_rest_answers(run, tree, log, record):
    tree(log(record(eventID="good")))
    tree(log(*[record() for _ in range(50)])[:-30], name="cut.json.gz")
    tree(json.dumps({"Records": [record(), record()]}).encode()[:-30], name="half.json")
    tree(b"not json at all", name="text.json")
    tree(b"", name="zero.json.gz")
    for needles in ((), ("acme-payroll",), ("nowhere",)):
        answer = run(needles=needles)
        assert ids(answer) == (["good"] if needles != ("nowhere",) else [])
        assert codes(answer) == [("files-skipped", "note")]
        message = answer.caveats[0].message
        assert "4 of 5 files" in message
        assert "cut.json.gz (its gzip data is cut short)" in message
        assert "and 1 more" in message
        assert "/tmp" not in message


def test_a_half_written_log_is_noticed_even_if_the_needle_is_in_the_missing_half(run, tree, log, record):
    text = gzip.decompress(log(record(), record(), record(eventID="acme")))
    tree(gzip.compress(text[: len(text) // 2]))
    assert codes(run(needles=("acme",))) == [("files-skipped", "blind")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_skipped_with_the_reason(run, tree, log, record):
    tree(log(record(eventID="good")))
    tree(log(record()), name="locked.json.gz").chmod(0)
    answer = run()
    assert ids(answer) == ["good"]
    assert "locked.json.gz (permission denied)" in answer.caveats[0].message


def test_a_file_that_vanishes_is_skipped_with_the_reason(log, record):
    def gone():
        raise FileNotFoundError(2, "No such file or directory")

    data = log(record(eventID="good"))
    files = [LogObject("a", len(data), lambda: data), LogObject("b", 7, gone)]
    answer = query(files, "SELECT eventid FROM cloudtrail")
    assert answer.rows == (("good",),)
    assert [(one.key, one.reason) for one in answer.skipped] == [("b", "no such file or directory")]


def test_records_without_a_readable_time_are_told(run, tree, log, record, tmp_path):
    (tmp_path / "export.json").write_text(json.dumps([record(eventTime="yesterday"), record(eventTime=...)]))
    tree(log(record()))
    answer = run()
    assert codes(answer) == [("records-undated", "note")]
    assert answer.caveats[0].message.startswith("2 records")


def test_a_place_without_any_log_is_blind(run, tmp_path):
    assert codes(run()) == [("no-log-files", "blind")]
    (tmp_path / "package.json").write_text('{"name": "x"}')
    assert codes(run()) == [("no-log-files", "blind")]


def test_a_window_without_files_is_blind(run, tree, log, record):
    tree(log(record()), day="2026/08/01")
    assert codes(run()) == [("no-files-in-window", "blind")]


def test_files_without_a_match_are_no_blindness(run, tree, log, record):
    tree(log(record()))
    assert run(needles=("acme-archive",)).caveats == ()


def test_a_missing_folder_is_not_found(run):
    with pytest.raises(NotFound):
        run(location="/nowhere/at/all")


def test_the_table_is_the_settings(run, tree, log, record):
    tree(log(record(eventID="1")))
    engine = DuckdbEngine("x", database="audit", table="trail_2026")
    assert engine.table == "audit.trail_2026"
    assert ids(run("SELECT eventid FROM audit.trail_2026", database="audit", table="trail_2026")) == ["1"]


def test_a_query_that_takes_too_long_is_stopped(run, tree, log, record):
    tree(log(*[record() for _ in range(200)]))
    crossed = ", ".join(f"cloudtrail AS t{n}" for n in range(5))
    with pytest.raises(QueryFailed, match=r"longer than 0\.3 s") as caught:
        run(
            f"SELECT count(*) FROM {crossed} WHERE t0.eventid || t1.eventid > t2.eventid || t3.eventid",
            timeout_seconds=0.3,
        )
    assert "NOROSHI_TRAIL__TIMEOUT_SECONDS" in caught.value.hint


def test_reading_stops_when_the_brake_is_pulled(log, record):
    brake, data = Brake(), log(record())
    began = threading.Event()

    def read():
        began.set()
        brake.pull()
        return data

    files = [LogObject(f"{n}", len(data), read) for n in range(100)]
    with pytest.raises(Stopped):
        query(files, "SELECT 1 FROM cloudtrail", brake=brake)
    assert began.is_set()


def test_a_brake_pulled_before_stops_at_once():
    brake = Brake()
    brake.pull()
    with pytest.raises(Stopped):
        query([], "SELECT 1", brake=brake)


class Able(Workers):
    """Processes that leave nothing to threads."""

    def read(self, *what):
        told = super().read(*what)
        assert told is not None
        return told


def in_processes(*command):
    """Reads however little there is in two processes, which this command starts."""
    return lambda: Reader(Workers(2, *command), cores=2, worth=1)


@pytest.fixture
def logs(tmp_path):
    """All log files of the test's folder."""
    return lambda: list(FolderStore(tmp_path).objects(None))


def test_processes_read_what_threads_read(logs, tree, log, record):
    for number in range(5):
        tree(
            log(record(eventID=f"{number}"), record(eventTime=..., requestParameters=None)),
            name=f"{number}.json.gz",
        )
    tree(b"broken", name="broken.json.gz")
    sql, needles = "SELECT eventid FROM cloudtrail ORDER BY 1", ("acme-payroll",)

    able = Reader(Able(2), cores=2, worth=1)
    by_processes = query(logs(), sql, needles=needles, reader=lambda: able)
    by_threads = query(logs(), sql, needles=needles)

    assert by_processes.rows == tuple((f"{number}",) for number in range(5))
    assert by_processes == by_threads
    assert len(by_processes.skipped) == 1


def test_processes_are_stopped_too(tmp_path, tree, log, record):
    tree(log(record()))
    os.mkfifo(tmp_path / "AWSLogs" / "endless.json")  # nobody ever writes into it
    brake = Brake()
    timer = threading.Timer(0.3, brake.pull)
    timer.start()
    files = [LogObject(str(tmp_path / "AWSLogs" / "endless.json"), 1, bytes, local=True)]
    with pytest.raises(Stopped):
        query(files, "SELECT 1 FROM cloudtrail", brake=brake, reader=in_processes())
    timer.join()


@pytest.mark.parametrize("command", [["/nowhere/python"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_where_processes_cannot_be_had_or_die_threads_do_it(logs, tree, log, record, command):
    tree(log(record(eventID="1")))
    answer = query(logs(), "SELECT eventid FROM cloudtrail", reader=in_processes(command))
    assert answer.rows == (("1",),)


def test_current_timestamp_is_the_worlds_clock():
    now = datetime(2026, 9, 8, tzinfo=UTC)
    assert query([], "SELECT now() - interval '1' day", now=now).rows[0][0] == datetime(
        2026, 9, 7, tzinfo=UTC
    )


def test_progress_is_told(tmp_path, tree, log, record, week):
    tree(log(record()))
    told = []
    DuckdbEngine(str(tmp_path)).run(TrailQuery("SELECT 1 FROM cloudtrail", (), week), told.append)
    assert told == ["Looking for log files…", "Reading 1 log files, 0.0 MB…"]
