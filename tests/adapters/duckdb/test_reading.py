"""When processes are started for reading, and when not."""

import pytest

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.part import How
from bot.adapters.duckdb.processes import Workers
from bot.adapters.duckdb.reading import Reader
from bot.adapters.duckdb.store import LogObject

BIG = 8_000_000


class FakeWorkers(Workers):
    """Notes that it was started."""

    started = 0

    def start(self):
        self.started += 1


def test_processes_get_ready_while_files_are_still_being_found():
    workers, started = FakeWorkers(2), []

    def files():
        for number in range(4):
            started.append(workers.started)
            yield LogObject(f"{number}", BIG // 2, bytes, local=True)

    assert len(Reader(workers, cores=2).look_at(files())) == 4
    assert started == [0, 0, 1, 1]
    assert workers.started == 1


@pytest.mark.parametrize(
    "file", [LogObject("little", BIG - 1, bytes, local=True), LogObject("far", BIG, bytes)]
)
def test_little_and_what_is_far_away_need_none(file):
    workers = FakeWorkers(2)
    Reader(workers, cores=2).look_at([file])
    assert workers.started == 0


def test_leaving_ends_processes_that_were_given_nothing_to_read():
    with Workers(1) as workers:
        workers.start()
        [process] = workers._running
    assert process.returncode is not None


def test_processes_that_died_while_they_waited_are_done_without(tmp_path):
    with Workers(1) as workers:
        workers.start()
        workers._running[0].kill()
        workers._running[0].wait()
        assert (
            workers.read([LogObject("a", 1, bytes, local=True)], How((), parsed=True), tmp_path, Brake())
            is None
        )
