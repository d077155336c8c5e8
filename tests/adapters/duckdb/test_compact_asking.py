"""The compact copy's database: one core for little, all of them for much."""

import duckdb
import pytest

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.compact import CompactFolder
from bot.adapters.duckdb.compact_asking import CompactAsking
from bot.adapters.duckdb.day_copy import Slice
from bot.trail.statement import Statement

_LITTLE, _MUCH = 1_000_000, 100_000_000


@pytest.fixture
def asking(tmp_path):
    file = tmp_path / "some.parquet"
    duckdb.execute(f"COPY (SELECT 7 AS n) TO '{file}' (FORMAT parquet)")
    asking = CompactAsking(CompactFolder(tmp_path), "noroshi.compact")

    def cores(size):
        answer = asking.ask([Slice(file, size, ())], Statement("SELECT n FROM noroshi.compact", ()), Brake())
        assert answer.rows == ((7,),)
        return _cores(asking._database)

    return cores


def _cores(database):
    [[cores]] = database.execute("SELECT current_setting('threads')").fetchall()
    return cores


def test_one_core_answers_from_little_and_all_from_much(asking):
    with duckdb.connect() as fresh:
        every = _cores(fresh)
    assert [asking(size) for size in (_LITTLE, _MUCH, _LITTLE)] == [1, every, 1]
