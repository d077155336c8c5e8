"""What Trino gives, DuckDB gives; what it might give otherwise is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.duckdb.lake import query
from bot.errors import QueryFailed

NOW = datetime(2026, 9, 8, 3, 11, tzinfo=UTC)


# Values from https://trino.io/docs/current/functions.html and language/types.html.
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("json_extract_scalar('{\"a\": {\"b\": 1.5}}', '$.a.b')", "1.5"),
        ("json_extract_scalar('{\"a\": true}', '$.a')", "true"),
        ('json_extract_scalar(\'{"x-y": ["k", "l"]}\', \'$["x-y"][1]\')', "l"),
        ("json_extract_scalar('{\"a\": {}}', '$.a')", None),
        ("json_extract_scalar('{\"a\": [1]}', '$.a')", None),
        ("json_extract_scalar('{\"a\": null}', '$.a')", None),
        ("json_extract_scalar('{\"a\": \"{curly}\"}', '$.a')", "{curly}"),
        ('json_extract_scalar(\'{"a.b": "dot", "a": {"b": "path"}}\', \'$["a.b"]\')', "dot"),
        ("json_extract_scalar('no json', '$.a')", None),
        ("json_extract_scalar('', '$.a')", None),
        ("json_extract_scalar(NULL, '$.a')", None),
        ("json_format(CAST(ARRAY['b', 'a'] AS JSON))", '["b","a"]'),
        ("json_format(CAST('x' AS JSON))", '"x"'),
        ("json_format(json_parse('{\"a\": [1, 2]}'))", '{"a":[1,2]}'),
        ("json_format(json_extract('{\"a\": {\"b\": 1}}', '$.a'))", '{"b":1}'),
        ("CAST(json_extract('{\"a\": \"text\"}', '$.a') AS varchar)", "text"),
        ("json_array_length('[1, 2, 3]')", 3),
        ("regexp_extract('no match', 'x(y)', 1)", None),
        ("regexp_extract('axyb', 'x(y)', 1)", "y"),
        ("regexp_extract('axyb', 'x(y)')", "xy"),
        ("regexp_replace('a.b.c', '\\.')", "abc"),
        ("regexp_replace('ab ab', '(a)(b)', '$2$1')", "ba ba"),
        ("regexp_like('AccessDenied', '(?i)access.?denied')", True),
        ("regexp_like('say it', 'a')", True),
        ("to_hex(md5(to_utf8('a')))", "0CC175B9C0F1B6A831C399E269772661"),
        ("from_base('0CC175B9C0F1B6A', 16)", 0x0CC175B9C0F1B6A),
        ("from_base('fffffffffffffff', 16)", 2**60 - 1),
        ("from_base(substr(to_hex(md5(to_utf8(NULL))), 1, 15), 16)", None),
        ("split_part('a:b', ':', 2)", "b"),
        ("split_part('a:b', ':', 3)", None),
        ("split_part('a::b', ':', 2)", ""),
        ("split_part('', ':', 1)", ""),
        ("substr('abc', 2)", "bc"),
        ("substr('abc', 0)", ""),
        ("substr('abc', -2)", "bc"),
        ("substr('abc', -5)", ""),
        ("substr('abc', 2, 1)", "b"),
        ("substr('abc', 2, -1)", ""),
        ("substr('abc', 9, 1)", ""),
        ("strpos('abcb', 'b')", 2),
        ("strpos('abc', 'x')", 0),
        ("starts_with('abc', 'ab')", True),
        ("length('aé😀')", 3),
        ("'a' || NULL", None),
        ("concat('a', 'b', 'c')", "abc"),
        ("concat('a', NULL)", None),
        ("replace('a b', ' ', 'T')", "aTb"),
        ("url_decode('a+b%2Fc')", "a b/c"),
        ("7 / 2", 3),
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("7e0 / 2", 3.5),
        ("count_if(x > 1)", 2),
        ("count_if(nothing > 1)", 0),
        ("count_if(x > 1) FILTER (WHERE x < 3)", 1),
        ("sum(x)", 6),
        ("max_by(nothing, x)", None),
        ("approx_distinct(x)", 3),
        ("array_join(array_sort(ARRAY['b', NULL, 'a']), '-')", "a-b"),
        ("array_join(array_agg(x ORDER BY x DESC), ',')", "3,2,1"),
        ("cardinality(filter(ARRAY[1, 2, 3], e -> e > 1))", 2),
        ("cardinality(NULL)", None),
        ("array_join(transform(ARRAY['a', 'b'], e -> e || '!'), ' ')", "a! b!"),
        ("element_at(ARRAY[1, 2], 5)", None),
        ("element_at(ARRAY[1, 2], -1)", 2),
        ("array_join(slice(ARRAY[1, 2, 3, 4], 2, 2), ',')", "2,3"),
        ("array_join(slice(ARRAY[1, 2, 3, 4], -2, 9), ',')", "3,4"),
        ("contains(ARRAY[1, NULL], 2)", None),
        ("contains(ARRAY[1, 2], 2)", True),
        ("contains(ARRAY[1, 2], 3)", False),
        ("greatest(1, NULL)", None),
        ("try_cast('1.5' AS double)", 1.5),
        ("try_cast('x' AS double)", None),
        ("try_cast('1.5' AS bigint)", None),
        ("try_cast('15' AS bigint)", 15),
        ("CAST(2.5e0 AS bigint)", 3),
        ("CAST(12 AS varchar)", "12"),
        ("nullif('', '')", None),
        ("if(1 = 1, 'yes')", "yes"),
        ("if(1 = 2, 'yes')", None),
        ("CASE WHEN NULL THEN 'a' ELSE 'b' END", "b"),
        ("lower('ÀB')", "àb"),
        (
            "date_trunc('hour', from_iso8601_timestamp('2026-09-08T03:11:09Z'))",
            datetime(2026, 9, 8, 3, tzinfo=UTC),
        ),
        ("from_iso8601_timestamp('2026-09-08T03:11:09+09:00') < current_timestamp", True),
        ("hour(from_iso8601_timestamp('2026-09-08T03:11:09Z'))", 3),
        ("date_diff('hour', from_iso8601_timestamp('2026-09-08T01:30:00Z'), current_timestamp)", 1),
        ("date_diff('day', TIMESTAMP '2026-09-07 23:00:00', TIMESTAMP '2026-09-08 01:00:00')", 0),
        ("date_diff('hour', TIMESTAMP '2026-09-08 03:30:00', TIMESTAMP '2026-09-08 02:00:00')", -1),
        ("date_diff('second', TIMESTAMP '2026-09-08 00:00:00', TIMESTAMP '2026-09-08 00:01:01')", 61),
        ("date_format(current_timestamp, '%Y-%m-%dT%H:%i:%s')", "2026-09-08T03:11:00"),
        ("any_match(ARRAY[1, NULL, 3], x -> x > 2)", True),
        ("any_match(ARRAY[1, NULL], x -> x > 2)", None),
        ("any_match(ARRAY[1], x -> x > 2)", False),
        ("any_match(filter(ARRAY[1], x -> x > 2), x -> x > 2)", False),
        ("all_match(ARRAY[1, NULL], x -> x > 1)", False),
        ("all_match(ARRAY[2, NULL], x -> x > 1)", None),
        ("all_match(filter(ARRAY[1], x -> x > 2), x -> x > 2)", True),
        ("none_match(ARRAY[1, 2], x -> x > 2)", True),
        ("none_match(ARRAY[1, NULL], x -> x > 2)", None),
        ("array_join(array_distinct(ARRAY['b', 'a', 'b', 'a']), ',')", "b,a"),
        ("array_distinct(ARRAY[2, NULL, 1, NULL, 2])", [2, None, 1]),
        ("array_agg(DISTINCT x ORDER BY x DESC)", [3, 2, 1]),
        ("array_agg(x ORDER BY x DESC)", [3, 2, 1]),
        ("max_by(x, -x)", 1),
        ("min_by(x, -x)", 3),
        ("lag(x) OVER (ORDER BY x)", None),
        ("lead(x, 2) OVER (ORDER BY x)", 3),
        ("lead(x, 5, 0) OVER (ORDER BY x)", 0),
        ("approx_distinct(x % 2)", 2),
        ("trim('\t a b \n\u3000')", "a b"),
        ("ltrim(' a ')", "a "),
        ("rtrim(' a ')", " a"),
        ("contains('10.0.0.0/8', CAST('10.255.0.1' AS ipaddress))", True),
        ("contains('10.0.0.0/8', try_cast('s3.amazonaws.com' AS ipaddress))", None),
        ("contains('10.0.0.0/8', try_cast(NULL AS ipaddress))", None),
        ("contains('10.0.0.0/8', try_cast('2001:db8::1' AS ipaddress))", False),
        ("contains('2001:db8::/32', try_cast('2001:DB8:0:1::1' AS ipaddress))", True),
        ("current_timestamp", NOW),
        ("CAST(current_date AS varchar)", "2026-09-08"),
        ("'?'", "?"),
    ],
)
def test_a_function_gives_what_trinos_gives(expression, expected):
    sql = f"SELECT {expression} FROM (SELECT x, try_cast(NULL AS bigint) AS nothing FROM UNNEST(ARRAY[1, 2, 3]) AS t(x))"
    assert query([], sql, now=NOW).rows[0][0] == expected


def test_a_statement_asked_again_has_the_present_of_then():
    sql = "SELECT current_timestamp, CAST(current_date AS varchar)"
    days = [NOW + timedelta(days=number) for number in range(3)]
    assert [query([], sql, now=day).rows[0] for day in days] == [(day, f"{day:%Y-%m-%d}") for day in days]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("map_agg(1, 2)", "map_agg"),
        ("any_match(ARRAY[true])", "any_match"),
        ("date_diff('month', current_timestamp, current_timestamp)", "date_diff in month"),
        ("date_format(current_timestamp, '%W')", "date_format"),
        ("date_format(current_timestamp, lower('%Y'))", "date_format"),
        ("max_by(1, 2, 3)", "max_by of several"),
        ("json_array_contains('[1]', 1)", "json_array_contains"),
        ("json_array_get('[1]', 0)", "json_array_get"),
        ("CAST('10.0.0.1' AS ipaddress)", "CAST AS ipaddress"),
        ("contains('10.0.0.0/8', CAST('x' AS ipaddress))", "IPADDRESS: x"),
        ("contains('10.0.0.0/33', CAST('10.0.0.1' AS ipaddress))", "Invalid CIDR"),
        ("contains('10.0.0.0', CAST('10.0.0.1' AS ipaddress))", "Invalid CIDR"),
        ("url_extract_host('x')", "url_extract_host"),
        ("trim(LEADING 'x' FROM 'xa')", "trim of other"),
        ("typeof(1)", "typeof"),
        ("read_text('/etc/hostname')", "read_text"),
        ("getenv('HOME')", "getenv"),
        ("CAST('abc' AS varchar(2))", r"CAST AS varchar\(2\)"),
        ("CAST('yes' AS boolean)", "CAST AS boolean"),
        ("CAST('2026' || '-01-01' AS date)", "CAST AS date"),
        ("CAST(1.5e0 AS varchar)", "DOUBLE"),
        ("json_extract_scalar('{}', '$.a[*]')", "JSON path"),
        ("json_extract_scalar('{}', lower('$.a'))", "JSON path"),
        ("regexp_replace('a', 'a', lower('B'))", "regexp_replace"),
        ("array_sort(ARRAY[1], (a, b) -> 1)", "array_sort"),
        ("array_join(ARRAY[1], ',', 'x')", "array_join"),
        ("CAST('1.5' AS bigint)", "1.5"),
        ("1 / 0", "Division by zero"),
        ("1 % 0", "Division by zero"),
        ("split_part('a', 'b', 0)", "greater than zero"),
        ("from_iso8601_timestamp('yesterday')", "yesterday"),
    ],
)
def test_what_would_mean_something_else_fails_and_is_named(expression, told):
    with pytest.raises(QueryFailed, match=told):
        query([], f"SELECT {expression}")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM secrets", "no table secrets"),
        ("SELECT * FROM other.cloudtrail", "no table other.cloudtrail"),
        ('SELECT * FROM "/etc/hostname"', "no table /etc/hostname"),
        ("SELECT * FROM information_schema.tables", "no table information_schema.tables"),
        ("SELECT 1; SELECT 2", "Only one SELECT"),
        ("DROP TABLE cloudtrail", "Only one SELECT"),
        ("COPY cloudtrail TO 'x'", "Only one SELECT|can't be read"),
        ("SELECT FROM WHERE", "can't be read|could not run"),
        ("SELECT 'open", "can't be read"),
        ("SELECT nothing FROM cloudtrail", "nothing"),
        ("SELECT ?", "1 parameters; 0 values"),
    ],
)
def test_only_a_select_over_the_table_is_run(sql, told):
    with pytest.raises(QueryFailed, match=told):
        query([], sql)


def test_values_are_bound_never_pasted(ask, record):
    nasty = "x'; DROP TABLE cloudtrail; -- ? $1 \\"
    sql = (
        "SELECT eventid, ? FROM cloudtrail -- why?\nWHERE useragent = ? AND '?' = '?' AND sourceipaddress = ?"
    )
    rows = ask(sql, record(userAgent=nasty, eventID="1"), record(), parameters=("a", nasty, "192.0.2.7"))
    assert rows == [("1", "a")]


def test_a_value_stands_inside_a_lambda_too(ask, record):
    one = record(resources=[{"ARN": "arn:aws:s3:::a"}, {"ARN": "arn:aws:s3:::b"}])
    sql = "SELECT cardinality(filter(resources, r -> r.arn = ?)) FROM cloudtrail"
    assert ask(sql, one, parameters=("arn:aws:s3:::b",)) == [(1,)]


@pytest.mark.parametrize(
    "name", ["cloudtrail", "noroshi.cloudtrail", "awsdatacatalog.noroshi.cloudtrail", "NOROSHI.CloudTrail"]
)
def test_the_table_is_known_by_its_names(ask, record, name):
    assert ask(f"SELECT count(*) FROM {name}", record()) == [(1,)]


def test_columns_have_athenas_names_and_types():
    sql = "SELECT count(*), useridentity.arn, eventname AS n, 1.5e0, count(*) > 1 AS b FROM cloudtrail GROUP BY 2, 3"
    assert query([], sql).columns == (
        ("_col0", "bigint"),
        ("arn", "varchar"),
        ("n", "varchar"),
        ("_col3", "double"),
        ("b", "boolean"),
    )


def test_nulls_come_last_in_either_order(ask, record):
    some = [record(errorCode=code) for code in ("a", None, "b")]
    for order, expected in (("", ["a", "b", None]), (" DESC", ["b", "a", None])):
        assert [
            row[0] for row in ask(f"SELECT errorcode FROM cloudtrail ORDER BY 1{order}", *some)
        ] == expected


def test_sums_and_divisions_of_columns_are_whole(ask, record):
    sql = "SELECT sum(n) / 2, avg(n) FROM (SELECT try_cast(errorcode AS bigint) AS n FROM cloudtrail)"
    assert ask(sql, record(errorCode="3"), record(errorCode="4")) == [(3, 3.5)]


def test_a_star_gives_every_column_in_the_tables_order():
    names = [name for name, _ in query([], "SELECT * FROM cloudtrail").columns]
    assert names[:3] == ["eventversion", "useridentity", "eventtime"]
    assert names[-3:] == ["account", "region", "day"]
    assert len(names) == 33
    assert [name for name, _ in query([], "SELECT t.* FROM cloudtrail AS t").columns] == names
