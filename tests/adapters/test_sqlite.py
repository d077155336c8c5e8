"""What is only of SQLite's file: durability, several processes, real deletion, and words for what goes wrong."""

import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.sqlite import SqliteStore
from bot.errors import Upstream
from bot.ports import Record

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
WRITES = """
import sys
from bot.adapters.sqlite import SqliteStore
from bot.ports import Record
store, n = SqliteStore(sys.argv[1]), int(sys.argv[2])
while True:
    store.write(Record(f"a{n}", {"x": "y" * 3000}), Record(f"b{n}", {}, lane="all"))
    print(n, flush=True)
    n += 1
"""
VISITS = """
import sys
from bot.adapters.sqlite import SqliteStore
from bot.ports import Record
store = SqliteStore(sys.argv[1])
store.read("before")
store.close()
"""
COUNTS = """
import sys
from dataclasses import replace
from bot.adapters.sqlite import SqliteStore
from bot.errors import Conflict
from bot.ports import Record
store, done = SqliteStore(sys.argv[1]), 0
while done < 100:
    record = store.read("count").get("count") or Record("count", {"n": 0})
    try:
        store.write(replace(record, body={"n": record.body["n"] + 1}))
    except Conflict:
        continue
    done += 1
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "noroshi.db"


@pytest.fixture
def store(path):
    with closing(SqliteStore(path, clock=lambda: NOW, patience=0)) as opened:
        yield opened


@pytest.fixture
def start(path):
    """Starts a process of its own on the file; none outlives the test."""
    with ExitStack() as started:

        def run(code: str, *words: object) -> subprocess.Popen[str]:
            child = subprocess.Popen(
                [sys.executable, "-c", code, str(path), *map(str, words)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            started.enter_context(child)
            started.callback(child.kill)
            return child

        yield run


def count_rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM record").fetchone()[0])


def test_what_was_acknowledged_outlives_kill_9(path, start):
    acknowledged = -1
    for _ in range(5):
        child = start(WRITES, acknowledged + 2)  # the one in between was cut off, or came through
        assert child.stdout
        for _ in range(random.randint(1, 40)):
            acknowledged = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        # What it said between our last look and its end was acknowledged too; its last line may be cut.
        acknowledged = max([acknowledged, *map(int, child.stdout.read().split("\n")[:-1])])
        assert child.wait(30) == -signal.SIGKILL

        with closing(SqliteStore(path)) as store:
            for name in ("a", "b"):
                assert store.read(f"{name}{acknowledged}")[f"{name}{acknowledged}"].version == 1
            cut_off = store.read(f"a{acknowledged + 1}", f"b{acknowledged + 1}")
            assert len(cut_off) in {0, 2}

    with closing(SqliteStore(path)) as store:
        begun = acknowledged + 2
        there = {each.id for each in store.lane("all", begun)}
        assert there == {f"b{n}" for n in range(begun) if store.read(f"a{n}")}
        assert count_rows(path) == 2 * len(there)


def test_a_second_store_of_a_process_takes_nothing_from_the_first(path, start):
    """Closing any other handle on the file drops a process's locks: others would fold the log away beneath it."""
    with closing(SqliteStore(path)) as first:
        first.write(Record("before", {}))
        with closing(SqliteStore(path)):
            visitor = start(VISITS, path)
            assert visitor.wait(30) == 0
            assert path.with_name(f"{path.name}-wal").exists()
            first.write(Record("after", {}))
            assert start(VISITS, path).wait(30) == 0

        assert set(first.read("before", "after")) == {"before", "after"}
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM record WHERE id IN ('before', 'after')").fetchone() == (
            2,
        )


def test_every_commit_is_synced_to_the_disk(store):
    store.write(Record("a", {}))
    pragmas = ("synchronous", "fullfsync", "journal_mode")
    modes = [store._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    extra = 3  # FULL is 2
    assert modes == [extra, 1, "wal"]


def test_two_processes_on_a_file_lose_no_update(path, start):
    children = [start(COUNTS) for _ in range(2)]
    for child in children:
        child.communicate(timeout=60)

    assert [child.returncode for child in children] == [0, 0]
    with closing(SqliteStore(path)) as store:
        assert store.read("count")["count"] == Record("count", {"n": 200}, version=200)


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path):
    openers = 8
    together = threading.Barrier(openers, timeout=60)

    def open_and_write(number: int, path: Path) -> None:
        together.wait()
        with closing(SqliteStore(path)) as store:
            store.write(Record(f"{number}", {}))

    with ThreadPoolExecutor(openers) as pool:
        for attempt in range(5):
            path = tmp_path / f"{attempt}.db"
            list(pool.map(open_and_write, range(openers), [path] * openers))
            assert count_rows(path) == openers


def test_opening_waits_for_who_has_a_new_file_locked(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN IMMEDIATE")
        opening = pool.submit(SqliteStore, path)
        wait([opening], timeout=0.2)
        other.execute("ROLLBACK")

        with closing(opening.result()) as store:
            store.write(Record("a", {}))


def test_nobody_reads_half_a_write(path):
    with closing(SqliteStore(path)) as writer, closing(SqliteStore(path)) as reader:
        writer.write(Record("a", {"n": 0}), Record("b", {"n": 0}))

        def write() -> None:
            for version in range(1, 200):
                writer.write(*(Record(name, {"n": version}, version) for name in "ab"))

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            while not writing.done():
                assert len({record.body["n"] for record in reader.read("a", "b").values()}) == 1
            writing.result()


def test_reading_waits_for_no_writer(store, path):
    store.write(Record("a", {}, lane="open"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM record")

        assert (len(store.read("a")), len(store.lane("open", 1))) == (1, 1)
        other.execute("ROLLBACK")


def test_expired_records_are_deleted_a_few_at_a_time(path):
    now = NOW
    with closing(SqliteStore(path, clock=lambda: now)) as store:
        for start in range(0, 500, 100):
            store.write(*(Record(f"{n}", {}, expires_at=NOW) for n in range(start, start + 100)))
        now += timedelta(days=1)
        left = []
        for version in range(5):
            store.write(Record("kept", {}, version))
            left.append(count_rows(path))

        assert left == [301, 101, 1, 1, 1]


def test_the_next_sweep_is_a_minute_later(path):
    now = NOW
    with closing(SqliteStore(path, clock=lambda: now)) as store:
        store.write(Record("gone", {}, expires_at=NOW), Record("kept", {}))
        now += timedelta(seconds=59)
        store.write(Record("kept", {}, 1))
        assert count_rows(path) == 2

        now += timedelta(seconds=1)
        store.write(Record("kept", {}, 2))
        assert count_rows(path) == 1


def test_a_lane_is_read_from_its_index_without_sorting(store):
    seen: list[str] = []
    store._reader.set_trace_callback(seen.append)
    store.lane("open", 5, Record("a", {}, rank="1"))
    store._reader.set_trace_callback(None)

    plan = " ".join(row[3] for row in store._reader.execute(f"EXPLAIN QUERY PLAN {seen[0]}"))
    assert "USING INDEX record_lane" in plan
    assert "TEMP B-TREE" not in plan


def test_only_its_own_user_may_read_the_file(store, path):
    store.write(Record("a", {}))

    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


def test_closing_leaves_one_file_that_holds_everything(path):
    store = SqliteStore(path)
    store.write(Record("a", {}))
    store.close()
    store.close()

    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert count_rows(path) == 1


def refused(act) -> Upstream:
    with pytest.raises(Upstream) as caught:
        act()
    assert caught.value.hint
    assert caught.value.__cause__
    return caught.value


def test_a_folder_that_is_not_there_is_named(tmp_path):
    told = refused(lambda: SqliteStore(tmp_path / "nowhere" / "noroshi.db"))

    assert told.message == f"There is no folder {tmp_path / 'nowhere'} for the store's file."


def test_a_folder_is_no_store(tmp_path):
    assert str(tmp_path) in refused(lambda: SqliteStore(tmp_path)).message


def test_a_file_that_is_no_database_is_left_alone(path):
    path.write_text("my precious notes\n" * 100)

    assert "no SQLite database" in refused(lambda: SqliteStore(path)).message
    assert path.read_text() == "my precious notes\n" * 100


def test_a_locked_file_says_so_and_works_again_later(store, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked by another program" in refused(lambda: store.write(Record("a", {}))).message
        other.execute("ROLLBACK")

    store.write(Record("a", {}))
    assert store.read("a")


def test_a_full_disk_says_so_and_leaves_all_as_it_was(store):
    store.write(Record("a", {}))
    store._writer.execute("PRAGMA max_page_count = 20")
    big = [Record(f"{n}", {"x": "y" * 9000}) for n in range(20)]
    assert "no space left" in refused(lambda: store.write(Record("a", {"new": True}, 1), *big)).message

    assert store.read("a", "0") == {"a": Record("a", {}, 1)}
    store._writer.execute("PRAGMA max_page_count = 10000")
    store.write(Record("a", {}, 1), *big)


def test_a_file_that_may_not_be_written_says_so(store):
    store._writer.execute("PRAGMA query_only = ON")

    assert "can't be opened or written" in refused(lambda: store.write(Record("a", {}))).message


def test_a_closed_store_says_so(store):
    store.close()

    assert "closed" in refused(lambda: store.read("a")).message
