"""The compact copy's database: one question after another, each over its own files."""

import duckdb
import pytest

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.compact import CompactFolder
from bot.adapters.duckdb.compact_asking import CompactAsking
from bot.adapters.duckdb.day_copy import Slice
from bot.errors import QueryFailed
from bot.trail.statement import Statement

_N = Statement("SELECT n FROM noroshi.compact", ())


@pytest.fixture
def asking(tmp_path):
    return CompactAsking(CompactFolder(tmp_path), "noroshi.compact")


@pytest.fixture
def part(tmp_path):
    def write(n):
        file = tmp_path / f"{n}.parquet"
        duckdb.execute(f"COPY (SELECT {n} AS n) TO '{file}' (FORMAT parquet)")
        return Slice(file, file.stat().st_size, ())

    return write


def test_each_question_is_asked_of_its_own_files(asking, part):
    seven, eight = part(7), part(8)
    answers = [asking.ready(files, _N)(Brake()).rows for files in ([seven], [eight], [seven, eight])]

    assert [sorted(rows) for rows in answers] == [[(7,)], [(8,)], [(7,), (8,)]]


def test_a_file_that_is_damaged_is_told_before_anything_is_asked(asking, part, tmp_path):
    (tmp_path / "9.parquet").write_bytes(b"no Parquet")

    with pytest.raises(QueryFailed):
        asking.ready([Slice(tmp_path / "9.parquet", 10, ())], _N)
    assert asking.ready([part(7)], _N)(Brake()).rows == ((7,),)


def test_what_is_stopped_before_it_is_asked_reads_nothing(asking, part):
    brake, ask = Brake(), asking.ready([part(7)], _N)
    brake.pull()

    with pytest.raises(Stopped):
        ask(brake)
