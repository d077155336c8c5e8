"""Reading processes wait for the next question, not longer than a while, and never longer than who started them."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.idle import Idle
from bot.adapters.duckdb.part import How
from bot.adapters.duckdb.processes import Workers
from bot.adapters.duckdb.store import LogObject

SECONDS = 20
HOW = How((), parsed=True)


@pytest.fixture
def idle():
    idle = Idle(SECONDS, at_most=2)
    yield idle
    idle.end()


def started(idle, count=1):
    """The processes of a question that has nothing to read; they wait from now on."""
    with Workers(count, idle=idle) as workers:
        workers.start()
        return list(workers._running)


@pytest.fixture
def file(tmp_path, tree, log, record):
    path = tree(log(record(eventID="1")))
    return LogObject(str(path), path.stat().st_size, path.read_bytes, local=True)


def test_the_next_question_is_read_by_the_processes_of_the_last(idle, file, tmp_path):
    tallies, processes = [], []
    for _ in range(3):
        with Workers(2, idle=idle) as workers:
            tallies.append(workers.read([file], HOW, tmp_path, Brake()))
            processes.append({one.pid for one in workers._running})
    assert processes[0] == processes[1] == processes[2]
    assert tallies[0] == tallies[1] == tallies[2]
    assert (tallies[0].files, tallies[0].logs) == (1, 1)
    assert len(b"".join(one.read_bytes() for one in tmp_path.glob("*.ndjson")).splitlines()) == 1


def test_no_more_wait_than_are_wanted(idle):
    processes = started(idle, 3)
    assert [one.poll() is None for one in processes] == [True, True, False]
    assert idle.take(3) == processes[:2]
    idle.put(processes[:2])


def test_they_end_when_nobody_asks():
    [process] = started(Idle(0.01))
    assert process.wait(SECONDS) != 0


def test_one_that_died_while_it_waited_is_not_taken(idle):
    dead, alive = started(idle, 2)
    dead.kill()
    dead.wait()
    assert idle.take(2) == [alive]
    assert dead.stdin.closed
    idle.put([alive])


@pytest.mark.parametrize("deadly", ["stopped", "killed", "nowhere to write"])
def test_after_what_goes_wrong_nobody_waits(idle, file, tmp_path, deadly):
    brake = Brake()
    [process] = started(idle)
    with Workers(1, idle=idle) as workers:
        workers.start()
        if deadly == "stopped":
            brake.pull()
            with pytest.raises(Stopped):
                workers.read([file], HOW, tmp_path, brake)
        else:
            if deadly == "killed":
                process.kill()
            folder = tmp_path if deadly == "killed" else tmp_path / "nowhere"
            assert workers.read([file], HOW, folder, brake) is None
    assert process.poll() is not None
    assert idle.take(1) == []


def test_they_end_with_who_started_them():
    program = """
import os, sys
sys.path[:] = sys.argv[1:]
from bot.adapters.duckdb.idle import IDLE
from bot.adapters.duckdb.processes import Workers
with Workers(1, idle=IDLE) as workers:
    workers.start()
os.write(1, b"waits")
os.kill(os.getpid(), 9)
"""
    root = str(Path(__file__).parents[3])
    # Whoever is left behind would hold the standard error that it was born with.
    done = subprocess.run(
        [sys.executable, "-c", program, root, *sys.path], capture_output=True, timeout=SECONDS, check=False
    )
    assert (done.returncode, done.stdout) == (-9, b"waits")
