"""A statement is read as Athena reads it: values stay values, conditions stay their table's."""

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from bot.adapters.aws.athena_values import literal
from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import Partition
from bot.embedded.aws.athena.pruning import choose
from bot.embedded.aws.athena.scans import scans as scans_of
from bot.embedded.aws.athena.statement import Malformed, parse, paste
from bot.embedded.aws.athena.unloading import Unload


def scans(sql: str):
    return scans_of(parse(sql).query, "noroshi")


KEYS = ("account", "region", "day")


def survivors(sql: str) -> list[str]:
    places = [Partition(("1", "r", f"2026/09/0{n}"), "b", "p") for n in range(1, 5)]
    (scan,) = scans(sql)
    return [place.values[2][-1] for place in choose(scan, KEYS, places)]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_a_pasted_value_is_read_back_as_that_value_and_nothing_else(value):
    pasted = sqlglot.parse_one(
        paste("SELECT 1 FROM t WHERE a = ? AND b = 'q?'", [literal(value)]), read="trino"
    )

    texts = [each.this for each in pasted.find_all(exp.Literal) if each.is_string]
    assert sorted(texts) == sorted([value, "q?"])


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("day = '2026/09/02'", ["2"]),
        ("DAY > '2026/09/02'", ["3", "4"]),
        ("day > '2026/09/02' AND eventname = 'x'", ["3", "4"]),
        ("day > '2026/09/02' OR eventname = 'x'", ["1", "2", "3", "4"]),
        ("NOT day = '2026/09/02'", ["1", "3", "4"]),
        ("day IN (SELECT max(day) FROM u)", ["1", "2", "3", "4"]),
        ("region || day = 'r2026/09/04'", ["4"]),
        ("1 = 0", ["1", "2", "3", "4"]),
    ],
)
def test_conditions_on_partitions_alone_choose_partitions(where, left):
    if "SELECT" in where:
        first, _ = scans(f"SELECT 1 FROM t WHERE {where}")
        assert first.conditions == ()
    else:
        assert survivors(f"SELECT 1 FROM t WHERE {where}") == left


def test_another_tables_condition_chooses_nothing():
    read = scans("SELECT 1 FROM t a JOIN u b ON a.x = b.x WHERE b.day = '2026/09/02' AND day = 'q'")

    assert [[part.sql() for part in scan.conditions] for scan in read] == [[], ["b.day = '2026/09/02'"]]


def test_the_name_of_a_with_is_no_table():
    read = scans("WITH hit AS (SELECT * FROM t) SELECT * FROM hit JOIN hit AS again ON true")

    assert [(scan.database, scan.table) for scan in read] == [("noroshi", "t")]


def test_only_one_whole_query_is_a_statement():
    with pytest.raises(Malformed):
        parse("SELECT 1; SELECT 2")
    with pytest.raises(Failure, match="SELECT and UNLOAD only"):
        parse("DELETE FROM t")


def test_a_comment_in_a_parameter_hides_nothing_of_the_statement():
    pasted = paste("SELECT 1 FROM t WHERE a = ? AND b = 'kept'", ["'x' -- gone"])

    assert pasted == "SELECT 1 FROM t WHERE a = 'x' AND b = 'kept'"


SCHEMA = {
    ("noroshi", "compact"): ("at", "bucket", "n", "more", "day"),
    ("noroshi", "raw"): ("eventtime", "useridentity", "resources", "requestparameters", "day"),
}


def readings(sql: str) -> dict[str, tuple[set[str], int]]:
    found = scans_of(parse(sql).query, "noroshi", SCHEMA)
    assert len({scan.table for scan in found}) == len(found)
    return {scan.table: (set(scan.columns or ()), scan.times) for scan in found}


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT bucket FROM compact WHERE at > 'x'", {"compact": ({"bucket", "at"}, 1)}),
        ("SELECT count(*) FROM compact", {"compact": (set(), 1)}),
        ("SELECT * FROM awsdatacatalog.noroshi.compact", {"compact": (set(SCHEMA["noroshi", "compact"]), 1)}),
        (
            (
                "WITH e AS (SELECT at, bucket, n, more FROM compact), unused AS (SELECT * FROM raw)"
                " SELECT c.bucket, (SELECT count(*) FROM e) FROM e c WHERE c.n > 3"
            ),
            {"compact": ({"bucket", "n"}, 2)},
        ),
        (
            (
                "WITH a AS (SELECT bucket FROM compact), b AS (SELECT * FROM a UNION ALL SELECT * FROM a)"
                " SELECT bucket FROM b JOIN b AS c USING (bucket)"
            ),
            {"compact": ({"bucket"}, 4)},
        ),
        (
            (
                "SELECT principal FROM (SELECT useridentity.sessioncontext.sessionissuer.arn AS principal,"
                " filter(transform(resources, r -> r.arn), a -> a IS NOT NULL) AS arns, eventtime AS at FROM raw)"
                " WHERE at > 'x'"
            ),
            {"raw": ({"useridentity", "eventtime"}, 1)},
        ),
    ],
)
def test_a_reading_needs_the_columns_that_the_answer_needs(sql, found):
    assert readings(sql) == found


def test_rows_in_the_order_of_an_answers_column_need_no_more():
    assert readings("SELECT bucket AS b, count(*) AS c FROM compact GROUP BY 1 ORDER BY c DESC, b") == {
        "compact": ({"bucket"}, 1)
    }


def test_a_statement_whose_columns_cannot_be_told_needs_all():
    (scan,) = scans_of(parse("SELECT nothing, x.y.z FROM compact a, compact b").query, "noroshi", SCHEMA)[:1]

    assert scan.columns is None


@pytest.mark.parametrize(
    "sql",
    [
        "UNLOAD SELECT 1 TO 's3://b/p/'",
        "UNLOAD (SELECT 1 TO 's3://b/p/'",
        "UNLOAD (SELECT 1)",
        "UNLOAD",
        "UNLOAD (SELECT 1) TO 's3://b/p/' WITH (format)",
        "UNLOAD (SELECT 1; SELECT 2) TO 's3://b/p/' WITH (format = 'PARQUET')",
    ],
)
def test_an_unload_that_is_none_is_malformed(sql):
    with pytest.raises(Malformed):
        parse(sql)


def test_an_unload_holds_its_query_and_says_where_to():
    told = parse(
        "UNLOAD (SELECT a FROM (SELECT ')' AS a) ORDER BY a) TO 's3://b/it''s/'"
        " WITH (format = 'parquet', compression = 'ZSTD');"
    )

    assert told.sql.strip() == "SELECT a FROM (SELECT ')' AS a) ORDER BY a"
    assert told.unload == Unload("s3://b/it's/", "zstd")
