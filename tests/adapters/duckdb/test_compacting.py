"""Making the compact copy: which days, and what is left when something ends it, spoils it or does it too."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from bot.adapters.duckdb.compact import CompactFolder
from bot.adapters.duckdb.compact_day import Day, make
from bot.adapters.duckdb.compact_process import Maker
from bot.adapters.duckdb.compacting import Compacting
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.store import LogObject
from bot.errors import NotConfigured
from bot.ports import Relation, TrailQuery
from bot.trail.events import STORED
from tests.adapters.duckdb.test_s3 import BASE, Bucket

_OVER = datetime(2026, 9, 3, 1, tzinfo=UTC)
_DAY = date(2026, 9, 2)


@pytest.fixture
def compact(tmp_path):
    """Runs the engine over the test's folder at a time, and tells each day's state."""

    def run(now=_OVER, since=None, location=None, **how):
        engine = DuckdbEngine(location or str(tmp_path), clock=lambda: now, **how)
        return {day.day: day.state for day in engine.compact(lambda _: None, since).days}

    return run


@pytest.fixture
def folder(tmp_path):
    return CompactFolder(Path(f"{tmp_path}.compact"))


@pytest.fixture
def ids(tmp_path, week):
    """The event ids that an answer over both forms has."""
    query = TrailQuery("SELECT event_id FROM events ORDER BY 1", (), week, relation=Relation(("event_id",)))
    return lambda: [row["event_id"] for row in DuckdbEngine(str(tmp_path)).run(query, print).rows]


def files(folder):
    return sorted(path.name for path in folder.path.rglob("*") if path.is_file())


def test_a_day_is_copied_an_hour_after_it_ended(compact, tree, log, record):
    tree(log(record()))
    assert compact(_OVER - timedelta(seconds=1)) == {_DAY: "too-early"}
    assert compact(_OVER) == {_DAY: "made"}


def test_a_second_run_keeps_what_is_there(compact, folder, tree, log, record):
    tree(log(record()))
    compact()
    before = files(folder)
    assert compact() == {_DAY: "kept"}
    assert files(folder) == before


def test_every_day_of_a_folder_is_looked_at_and_since_bounds_it(compact, tree, log, record):
    for day in ("2019/03/04", "2026/09/01", "2026/09/02"):
        tree(log(record()), day=day)
    assert compact(since=date(2026, 9, 1)) == {_DAY: "made", date(2026, 9, 1): "made"}
    assert compact() == {_DAY: "kept", date(2026, 9, 1): "kept", date(2019, 3, 4): "made"}


def test_a_very_old_day_with_a_late_file_is_made_anew(compact, tree, log, record):
    tree(log(record()), day="2019/03/04")
    compact()
    tree(log(record()), day="2019/03/04", name="late.json.gz")
    assert compact() == {date(2019, 3, 4): "made"}


def test_a_moved_folder_keeps_its_copy(compact, tree, log, record, tmp_path):
    tree(log(record()))
    compact(compact_location=f"{tmp_path}.copy")
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "AWSLogs").rename(moved / "AWSLogs")
    assert compact(location=str(moved), compact_location=f"{tmp_path}.copy") == {_DAY: "kept"}


def test_rows_stand_sorted_in_groups_of_two_thousand(compact, folder, tree, log, record):
    some = [record(requestParameters={"bucketName": f"b{number % 7}"}) for number in range(4_500)]
    tree(log(*some))
    compact()
    (parquet,) = folder.path.rglob("*.parquet")
    buckets = [row[0] for row in duckdb.sql(f"SELECT bucket FROM '{parquet}'").fetchall()]
    assert buckets == sorted(buckets)
    told = duckdb.sql(f"SELECT row_group_num_rows, compression FROM parquet_metadata('{parquet}')").fetchall()
    assert set(told) == {(2_048, "ZSTD"), (404, "ZSTD")}
    names = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()]
    assert names == [*STORED, "day"]


def test_copies_out_of_a_bucket_stand_with_its_own_calls(compact, folder, tree, log, record):
    into = {"bucketName": "a-mirror", "x-amz-copy-source": "m/key"}
    copy = record(eventName="CopyObject", requestParameters=into)
    tree(log(copy, *(record(requestParameters={"bucketName": name}) for name in ("m", "a-mirror", "z", "m"))))
    compact()
    (parquet,) = folder.path.rglob("*.parquet")
    rows = duckdb.sql(f"SELECT from_bucket, bucket FROM '{parquet}'").fetchall()
    assert [row[0] for row in rows] == ["a-mirror", "m", "m", "m", "z"]
    assert ("m", "a-mirror") in rows


def test_two_runs_at_once_leave_one_whole_copy(compact, folder, tree, log, record, ids):
    tree(log(record(eventID="1")))
    tree(log(record(eventID="2", eventTime="2026-09-01T10:00:00Z")), day="2026/09/01")
    with ThreadPoolExecutor(3) as pool:
        states = [run.result() for run in [pool.submit(compact) for _ in range(3)]]
    assert {state for run in states for state in run.values()} <= {"made", "kept"}
    assert set(folder.copies(folder.days())) == {_DAY, date(2026, 9, 1)}
    assert not list(folder.path.glob(".making-*"))
    assert ids() == ["1", "2"]


def test_what_a_killed_run_left_is_never_read_and_goes_after_a_day(compact, folder, tree, log, record, ids):
    tree(log(record(eventID="1")))
    place = folder.path / f"day={_DAY}"
    place.mkdir(parents=True)
    (place / "0123.parquet").write_bytes(b"PAR1 cut short")
    making = folder.making()
    (making / "rows.ndjson").write_text("{}")
    assert ids() == ["1"]
    assert compact() == {_DAY: "made"}
    assert ids() == ["1"]
    assert (place / "0123.parquet").exists()
    assert making.exists()
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert compact(max(_OVER, tomorrow)) == {_DAY: "kept"}
    assert not (place / "0123.parquet").exists()
    assert not making.exists()
    assert ids() == ["1"]


def test_a_copy_that_was_followed_stays_for_a_day_however_old_it_is(compact, folder, tree, log, record):
    tree(log(record()))
    compact()
    (old,) = folder.path.rglob("*.parquet")
    os.utime(old, (1, 1))
    tree(log(record()), name="late.json.gz")
    assert compact(datetime.now(UTC)) == {_DAY: "made"}
    assert len(list(folder.path.rglob("*.parquet"))) == 2
    compact(datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert old not in folder.path.rglob("*.parquet")


def test_a_copy_cut_short_is_made_anew(compact, folder, tree, log, record):
    tree(log(record()))
    compact()
    (parquet,) = folder.path.rglob("*.parquet")
    parquet.write_bytes(parquet.read_bytes()[:-9])
    assert compact() == {_DAY: "made"}


def test_a_manifest_cut_short_is_none(compact, folder, tree, log, record, ids):
    tree(log(record(eventID="1")))
    compact()
    manifest = folder.path / f"day={_DAY}" / "manifest"
    manifest.write_bytes(manifest.read_bytes()[:-9])
    assert ids() == ["1"]
    assert compact() == {_DAY: "made"}


def test_a_copy_of_other_columns_is_not_read_and_made_anew(compact, folder, tree, log, record, ids):
    tree(log(record(eventID="1")))
    compact()
    manifest = folder.path / f"day={_DAY}" / "manifest"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"mark": "0123456789abcdef:" + told["mark"].partition(":")[2]}))
    assert ids() == ["1"]
    assert compact() == {_DAY: "made"}


def test_no_name_in_the_folder_is_a_log_files(compact, folder, tree, log, record):
    tree(log(record()))
    compact()
    folder.making()
    assert list(FolderStore(folder.path).objects(None)) == []


def made_by(command, tmp_path, folder):
    """What comes of the test's folder where days are made in processes that this command starts."""
    run = Compacting(FolderStore(tmp_path), folder, print, lambda threads: Maker(threads, command))
    return run.run(_OVER, None).days


def test_a_process_that_dies_fails_its_day_and_says_so(tmp_path, folder, tree, log, record):
    tree(log(record()))
    (day,) = made_by([sys.executable, "-c", "raise SystemExit(1)"], tmp_path, folder)
    assert (day.state, day.files) == ("failed", 1)
    assert day.why.startswith("The process that made it died.")


def test_no_progress_bar_is_drawn_between_a_processs_lines(tmp_path):
    asked = (
        "import sys; from pathlib import Path; from bot.adapters.duckdb.compact_day import _database;"
        """print(_database(Path(sys.argv[1]), 1).execute("SELECT current_setting('enable_progress_bar')").fetchall())"""
    )
    told = subprocess.run([sys.executable, "-c", asked, tmp_path], capture_output=True, text=True, check=True)
    assert told.stdout == "[(False,)]\n"


def test_without_processes_days_are_made_here(tmp_path, folder, tree, log, record, ids):
    tree(log(record(eventID="1")))
    (day,) = made_by(["/nowhere/python"], tmp_path, folder)
    assert (day.day, day.state) == (_DAY, "made")
    assert ids() == ["1"]


def test_a_place_that_cannot_be_written_fails_every_day(compact, tree, log, record, tmp_path):
    tree(log(record()))
    (tmp_path / "file").write_text("")
    assert compact(compact_location=str(tmp_path / "file")) == {_DAY: "failed"}


def test_a_file_that_cannot_be_had_now_makes_no_copy(tmp_path):
    def away():
        raise PermissionError(13, "Permission denied")

    with pytest.raises(PermissionError):
        make(Day(_DAY, "mark", [LogObject("AWSLogs/a.json", 1, away)]), tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        '{"Records":[{"eventVersion":"1","eventName":"twice",%s}]}',
        '{"Records":[{"eventVersion":"1",%s} {"eventVersion":"1"}]}',
        '{"Records":[{"eventVersion":"1",\n%s}]}',
        '{"Records":[{"eventVersion":"1",%s,"resources":[{"arn":"arn:aws:s3:::b"}]}]}',
        '{"Records":[{"eventVersion":"1",%s,"resources":[{"\\u0061rn":"arn:aws:s3:::b"}]}]}',
        '{"Records":[{"eventVersion":"1",%s,"userIdentity":"root"}]}',
        '{"Records":[{"eventVersion":"1",%s},{"eventVersion":"1","eventCategory":"Insight",%s}]}',
        '{"Records":[]}',
        "[]",
        "",
    ],
)
def test_odd_files_are_copied_as_they_are_read(compact, tree, tmp_path, week, written):
    fields = '"eventName":"A","eventSource":"s","eventTime":"2026-09-02T10:00:00Z","eventID":"1"'
    tree(written.replace("%s", fields).encode())
    query = TrailQuery(f"SELECT {', '.join(STORED)} FROM events", (), week, relation=Relation(STORED))
    raw = DuckdbEngine(str(tmp_path)).run(query, print)
    compact()
    copied = DuckdbEngine(str(tmp_path)).run(query, print)
    assert (copied.rows, copied.caveats) == (raw.rows, raw.caveats)


def test_files_in_s3_are_copied_into_a_folder_that_is_set(compact, log, record, tmp_path):
    data = {f"{BASE}/CloudTrail/eu-west-1/2026/09/0{n}/a.json.gz": log(record()) for n in (1, 2)}
    bucket = Bucket(data)
    how = {"location": "s3://acme-trail/trail", "client": bucket, "compact_location": str(tmp_path / "copy")}
    assert compact(**how) == {_DAY: "made", date(2026, 9, 1): "made"}
    assert compact(**how) == {_DAY: "kept", date(2026, 9, 1): "kept"}
    assert len(bucket.read) == 2


@pytest.mark.parametrize("copy", [None, "s3://acme-trail/compact/"])
def test_files_in_s3_are_not_copied_without_a_folder(compact, copy):
    with pytest.raises(NotConfigured) as refused:
        compact(location="s3://acme-trail/trail", client=Bucket({}), compact_location=copy)
    assert "COMPACT_LOCATION" in refused.value.hint
