"""A day's rows are cut where buckets end, and each file tells every bucket that its rows are on."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from bot.adapters.duckdb.day_copy import DayCopy, Slice, are_from, day_copy, slices_on, told
from bot.adapters.duckdb.slices import write_slices
from bot.trail.copies import ORDER

_BIG = 8_192


@pytest.fixture
def sliced(tmp_path):
    """Writes rows, so many of each `(from_bucket, bucket, other_buckets)`, in the order given, at one time."""

    def write(*kinds, at="2026-09-02T12:00:00"):
        with duckdb.connect() as database:
            columns = [*ORDER, "from_bucket", "bucket", "other_buckets"]
            texts = ", ".join(f'"{name}" VARCHAR' for name in columns)
            database.execute(f"CREATE TABLE day (call_number BIGINT, {texts})")
            for count, *values in kinds:
                database.execute(
                    'INSERT INTO day (call_number, "at", from_bucket, bucket, other_buckets)'
                    f" SELECT (SELECT count(*) FROM day) + range, ?, ?, ?, ? FROM range({count})",
                    [at, *values],
                )
            return DayCopy("mark", tuple(write_slices(database, "day", date(2026, 9, 2), tmp_path)))

    return write


def rows(slice_):
    return duckdb.sql(
        f"SELECT from_bucket, count(*) FROM '{slice_.parquet}' GROUP BY 1 ORDER BY 1"
    ).fetchall()


def test_small_buckets_share_a_file_and_large_ones_have_their_own(sliced):
    copy = sliced((5, "a", "a", None), (6, "b", "b", None), (_BIG, "c", "c", None), (7, None, None, None))
    assert [rows(one) for one in copy.slices] == [[("a", 5), ("b", 6)], [("c", _BIG)], [], [(None, 7)]]
    assert [one.buckets for one in copy.slices] == [("a", "b"), ("c",), ("c",), ()]
    assert not any(one.others for one in copy.slices)


def groups(slice_):
    [found] = duckdb.sql(
        f"SELECT list(DISTINCT row_group_num_rows ORDER BY 1 DESC) FROM parquet_metadata('{slice_.parquet}')"
    ).fetchall()
    return found[0]


def test_a_bucket_of_half_a_file_has_its_own_in_one_group_and_others_are_told_apart_in_theirs(sliced):
    copy = sliced(
        (3_000, "a", "a", None), (5_000, "b", "b", None), (4_000, "c", "c", None), (9, "d", "d", None)
    )

    assert [one.buckets for one in copy.slices] == [("a",), ("b",), ("b",), ("c", "d")]
    assert [groups(one) for one in copy.slices if rows(one)] == [[3_000], [5_000], [2_048, 1_961]]


@pytest.mark.parametrize(
    ("at", "astray", "holds"),
    [
        ("2026-09-01T23:29:59", True, ["any"]),
        ("2026-09-01T23:30:00", False, ["any"]),
        ("2026-09-02T00:00:00", False, ["standing"]),
        ("2026-09-02T23:29:59", False, ["standing"]),
        ("2026-09-02T23:30:00", False, ["any"]),
        ("2026-09-03T00:00:00", True, ["any"]),
    ],
)
def test_what_may_have_a_copy_in_another_day_is_not_said_to_stand(sliced, at, astray, holds):
    copy = sliced((_BIG, "a", "a", None), (2, "b", "b", None), at=at)
    assert [one.holds for one in copy.slices if rows(one)] == [*holds, "any"]
    assert {one.astray for one in copy.slices} == {astray}


def test_a_busy_day_has_larger_files_not_more(sliced):
    copy = sliced(*((2_000, f"bucket-{number:03}", None, None) for number in range(100)))
    assert len(copy.slices) == 17
    assert sum(count for one in copy.slices for _, count in rows(one)) == 200_000


def test_a_day_without_rows_is_a_file_with_its_columns(sliced):
    (only,) = sliced().slices
    assert rows(only) == []


@pytest.mark.parametrize(
    ("bucket", "places"),
    [
        ("a", [0, 1]),  # what stands, and what is to be told yet
        ("mirror", [0, 1]),  # copied into
        ("b", [2, 3]),
        ("c", [0, 1, 2, 3]),  # a file's own, and listed by a call on another
        ("d", [2, 3]),
        (None, [0, 1, 2, 3, 4]),
        ("nowhere", [0]),  # for its columns
    ],
)
def test_a_buckets_question_opens_the_files_that_have_its_rows(sliced, bucket, places):
    copy = sliced(
        (_BIG, "a", "a", None),
        (1, "a", "mirror", None),
        (1, "a", "a", "c"),
        (_BIG, "b", "b", "c d"),
        (_BIG, None, None, None),
    )
    assert slices_on([copy], bucket) == [copy.slices[place] for place in places]


@pytest.mark.parametrize(
    ("bucket", "from_alone"), [("a", True), ("b", False), ("mirror", False), ("x", True)]
)
def test_it_is_told_whether_a_bucket_is_named_otherwise_than_as_where_data_comes_from(
    sliced, bucket, from_alone
):
    copy = sliced((1, "a", "a", None), (1, "a", "mirror", "b"), (1, "b", "b", None))
    assert are_from([copy], bucket) is from_alone


def test_only_files_are_opened_of_days_that_have_the_bucket():
    here, there = (DayCopy(name, (Slice(Path(name), 1, (name,)),)) for name in ("here", "there"))
    assert slices_on([here, there], "there") == list(there.slices)


def test_what_is_told_of_a_copy_makes_it_again_in_another_folder(sliced, tmp_path):
    copy = sliced((1, "a", "b", None))
    assert day_copy(told(copy), tmp_path) == copy
    assert day_copy(told(copy), Path("moved")).slices[0].parquet == Path("moved/0-any.parquet")


def test_a_copy_without_files_is_none(tmp_path):
    with pytest.raises(ValueError, match="without files"):
        day_copy(told(DayCopy("mark", ())), tmp_path)
