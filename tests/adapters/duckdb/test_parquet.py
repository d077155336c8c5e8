"""One statement over records and Parquet tables: partitions, columns and row groups that it needs, no other file."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.dialect import Translated
from bot.adapters.duckdb.lake import Keyed, ParquetFile, ParquetTable, Written, query
from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.table import Rows, records
from bot.errors import QueryFailed

COLUMNS = {"bucket": "VARCHAR", "n": "BIGINT", "resources": "VARCHAR[]"}
ROWS = 40_000


@pytest.fixture(scope="module")
def compact(tmp_path_factory: pytest.TempPathFactory) -> ParquetTable:
    folder = tmp_path_factory.mktemp("compact")
    files = []
    for day in range(1, 5):
        path = folder / f"{day}.parquet"
        duckdb.execute(
            f"COPY (SELECT 'b' || lpad((i // 1000)::VARCHAR, 2, '0') AS bucket, i AS n, ['r', NULL] AS resources,"
            f" repeat(md5(i::VARCHAR), 10) AS more FROM range({ROWS}) t(i) ORDER BY bucket)"
            f" TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)"
        )
        files.append(ParquetFile(path, (f"2026/09/0{day}",)))
    return ParquetTable("noroshi.compact", COLUMNS, ("day",), tuple(files))


def log(account: str, day: str, *names: str) -> LogObject:
    records = [{"eventName": name, "eventSource": "s3.amazonaws.com"} for name in names]
    stored = gzip.compress(json.dumps({"Records": records}).encode())
    key = f"AWSLogs/{account}/CloudTrail/eu-west-1/{day}/a.json.gz"
    return LogObject(key, len(stored), lambda: stored)


def test_records_and_parquet_rows_come_in_one_statement(compact):
    sql = (
        "SELECT eventname AS bucket, 0 AS n FROM noroshi.cloudtrail WHERE day = ?"
        " UNION ALL SELECT bucket, count(*) FROM noroshi.compact WHERE day = ? AND bucket = ? GROUP BY 1"
        " ORDER BY 2"
    )
    logs = [log("1" * 12, "2026/09/05", "GetObject"), log("1" * 12, "2026/09/06", "PutObject")]

    answer = query(logs, sql, ("2026/09/05", "2026/09/02", "b07"), parquet=[compact])

    assert answer.rows == (("GetObject", 0), ("b07", 1000))


def test_a_partition_is_text_and_a_list_comes_back(compact):
    sql = "SELECT DISTINCT day, resources FROM compact WHERE day BETWEEN '2026/09/02' AND '2026/09/03' ORDER BY 1"

    answer = query([], sql, parquet=[compact])

    assert answer.columns == (("day", "varchar"), ("resources", "array"))
    assert answer.rows == (("2026/09/02", ["r", None]), ("2026/09/03", ["r", None]))


def test_what_the_catalog_names_is_all_there_is(compact):
    wider = replace(compact, columns=COLUMNS | {"made_key": "VARCHAR"})

    assert query([], "SELECT max(made_key) FROM compact", parquet=[wider]).rows == ((None,),)
    with pytest.raises(QueryFailed, match="more"):
        query([], "SELECT more FROM compact", parquet=[compact])


def test_only_the_row_groups_and_columns_needed_are_read(compact):
    sql = "SELECT sum(n) FROM compact WHERE bucket = ? AND (day BETWEEN ? AND ? OR day = ?)"

    answer = query([], sql, ("b07", "2026/09/01", "2026/09/01", "2026/09/03"), parquet=[compact])

    whole = sum(file.path.stat().st_size for file in compact.files)
    assert answer.rows == ((2 * sum(range(7000, 8000)),),)
    assert 0 < answer.bytes_parquet < whole / 20


def test_a_table_without_files_is_empty(compact):
    nothing = replace(compact, files=())

    assert query([], "SELECT * FROM compact", parquet=[nothing]).rows == ()


def test_a_value_may_hold_what_paths_hold(compact):
    odd = replace(
        compact, keys=("day", "p"), files=(ParquetFile(compact.files[0].path, ("a/../b=%2F", "it's")),)
    )

    answer = query([], "SELECT day, p, count(*) FROM compact GROUP BY 1, 2", parquet=[odd])

    assert answer.rows == (("a/../b=%2F", "it's", ROWS),)


def test_no_other_file_can_be_opened(compact, tmp_path: Path):
    outside = tmp_path / "outside.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS secret) TO '{outside}'")

    for source in (f"read_parquet('{outside}')", f"'{outside}'", f'"{outside}"', "noroshi.other"):
        with pytest.raises(QueryFailed):
            query([], f"SELECT * FROM {source}", parquet=[compact])


def test_even_duckdbs_own_sql_opens_the_tables_files_alone(compact, tmp_path: Path):
    outside = tmp_path / "outside.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS secret) TO '{outside}'")
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "none.ndjson").touch()

    asked = Translated("SELECT 1", ())
    with records(
        "noroshi.cloudtrail", asked, Rows(tmp_path / "rows", 0, mend=False), None, [compact]
    ) as lake:
        assert lake.ask("SELECT count(*) FROM noroshi.compact", (), Brake())[1] == [(4 * ROWS,)]
        for harm in (
            f"FROM '{outside}'",
            f"COPY (SELECT 1) TO '{tmp_path}/x'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(QueryFailed):
                lake.ask(harm, (), Brake())


def test_a_file_that_is_no_parquet_is_told(compact, tmp_path: Path):
    (tmp_path / "x.parquet").write_bytes(b"not at all parquet")
    broken = replace(compact, keys=(), files=(ParquetFile(tmp_path / "x.parquet"),))

    with pytest.raises(QueryFailed, match="DuckDB could not read it"):
        query([], "SELECT 1 FROM compact", parquet=[broken])


def test_a_raw_table_has_the_partitions_that_its_catalog_says():
    account = "1" * 12
    logs = [log(account, "2026/08/31", "A"), log(account, "2026/09/01", "B")]
    keyed = Keyed(
        ("region", "year", "month", "day"),
        {
            Partition(account, "eu-west-1", "2026/08/31"): [("eu-west-1", "2026", "08", "31")],
            Partition(account, "eu-west-1", "2026/09/01"): [("eu-west-1", "2026", "09", "01")],
        },
    )
    sql = "SELECT eventname, day FROM noroshi.cloudtrail WHERE year || '/' || month || '/' || day > ?"

    assert query(logs, sql, ("2026/08/31",), keyed=keyed).rows == (("B", "01"),)


def test_every_column_of_the_raw_table_is_not_every_column_of_another(compact):
    answer = query([log("1" * 12, "2026/09/05", "A")], "SELECT * FROM cloudtrail", parquet=[compact])

    assert len(answer.columns) > len(COLUMNS)
    assert answer.columns[-1] == ("day", "varchar")


def test_rows_are_written_in_their_order_and_not_given_back(compact, tmp_path: Path):
    made = tmp_path / "made.parquet"
    sql = "SELECT bucket, sum(n) AS total, max(resources) AS r FROM compact WHERE n < ? GROUP BY 1 ORDER BY 1 DESC"

    answer = query([], sql, ("5000",), parquet=[compact], into=Written(made))

    rows = duckdb.execute(f"SELECT bucket, total, r FROM '{made}'").fetchall()
    kinds = dict(duckdb.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{made}')").fetchall())
    assert [row[0] for row in rows] == ["b04", "b03", "b02", "b01", "b00"]
    assert rows[-1] == ("b00", 4 * sum(range(1000)), ["r", None])
    assert kinds == {"bucket": "VARCHAR", "total": "BIGINT", "r": "VARCHAR[]"}
    assert answer.columns == (("bucket", "varchar"), ("total", "bigint"), ("r", "array"))
    assert answer.rows == ((5,),)


def test_a_written_file_has_row_groups_of_about_ten_thousand_rows(compact, tmp_path: Path):
    made = tmp_path / "made.parquet"

    query([], "SELECT n, day FROM compact ORDER BY n, day", parquet=[compact], into=Written(made, "zstd"))

    groups = duckdb.execute(
        f"SELECT DISTINCT row_group_id, row_group_num_rows, compression FROM parquet_metadata('{made}')"
    ).fetchall()
    assert all(9_000 < rows < 22_000 and packed == "ZSTD" for _, rows, packed in sorted(groups)[:-1])
    assert duckdb.execute(
        f"SELECT count(*), bool_and(n = i // 4) FROM (SELECT n, row_number() OVER () - 1 AS i FROM '{made}')"
    ).fetchall() == [(4 * ROWS, True)]
