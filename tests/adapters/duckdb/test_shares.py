"""Each file is read once, by the same reader in each question where readers are equally fast."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb.shares import Shares
from bot.adapters.duckdb.store import LogObject

_files = st.lists(st.integers(0, 500), max_size=80).map(
    lambda sizes: [LogObject(f"{number}.json.gz", size, bytes) for number, size in enumerate(sizes)]
)


@given(_files, st.integers(1, 4), st.randoms(use_true_random=False))
def test_each_file_is_in_one_helping_in_whatever_order_they_are_taken(files, readers, turns):
    shares = Shares(files, readers)
    reading = [shares.of(number) for number in range(readers)]
    taken = []
    while reading:
        reader = turns.choice(reading)
        helping = next(reader, None)
        if helping is None:
            reading.remove(reader)
        else:
            taken += helping
    assert sorted(taken) == sorted((file.key, file.size) for file in files)


@given(_files, st.integers(1, 4))
def test_one_who_is_alone_reads_all(files, readers):
    reader = Shares(files, readers).of(0)
    assert sum(map(len, reader)) == len(files)


@pytest.mark.parametrize("reader", [0, 1])
@pytest.mark.parametrize("every", [1, 3])
def test_a_reader_begins_with_files_of_its_own_whatever_else_is_asked(reader, every):
    files = [LogObject(f"{number}.json.gz", 1, bytes) for number in range(0, 60, every)]
    first = next(Shares(files, 2).of(reader))
    assert {crc32(key.encode()) % 2 for key, _ in first} == {reader}
