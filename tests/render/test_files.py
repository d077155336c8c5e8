import csv
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.core.severity import Severity
from bot.core.view import View
from bot.errors import NotFound
from bot.render.files import error_json, plain_value, to_csv, to_json
from tests.render.examples import ANSWER

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_json_of_an_answer():
    assert to_json(ANSWER) == snapshot("""\
{
  "command": "trail who-accessed",
  "request": {
    "bucket": "acme-payroll",
    "since": "2026-09-01T03:11:00Z",
    "prefix": null
  },
  "title": "Who accessed acme-payroll — last 7 days",
  "rows": [
    {
      "principal": "ci-deploy",
      "calls": 3901,
      "first_seen": "2026-09-08T03:11:00Z",
      "source_ips": [
        "192.0.2.1",
        "192.0.2.2"
      ]
    },
    {
      "principal": "AKIAEXAMPLE7Q",
      "calls": 17,
      "first_seen": null,
      "source_ips": []
    }
  ],
  "caveats": [
    {
      "code": "late",
      "message": "the last 15 minutes are not delivered yet"
    }
  ],
  "receipt": {
    "engine": "athena",
    "seconds": 2.14,
    "bytes_scanned": 41234567,
    "cost_usd": 0.0002,
    "query_id": "5f2c91d0-aaaa-bbbb-cccc-111111111111",
    "api_calls": null,
    "sql": null
  }
}\
""")


def test_json_of_an_error():
    assert error_json(NotFound("No bucket acme-x.", "noroshi s3 public --all lists them.")) == snapshot("""\
{
  "error": {
    "type": "NotFound",
    "message": "No bucket acme-x.",
    "hint": "noroshi s3 public --all lists them."
  }
}\
""")


@given(_json)
def test_json_parses_to_the_same_value(value):
    assert json.loads(to_json(View("t", request={"value": value})))["request"] == {"value": value}


def test_hidden_characters_are_escaped_and_others_are_not():
    written = to_json(View("東京 \u202e \x1b \x7f \u2028 \U000e0041"))

    assert r'"東京 \u202e \u001b \u007f \u2028 \udb40\udc41"' in written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 9, 8, 3, 11, tzinfo=UTC), "2026-09-08T03:11:00Z"),
        (datetime(2026, 9, 8, 12, 11, tzinfo=timezone(timedelta(hours=9))), "2026-09-08T03:11:00Z"),
        (datetime(2026, 9, 8, tzinfo=UTC).date(), "2026-09-08"),
        (Decimal("1.5"), 1.5),
        (float("nan"), None),
        (float("inf"), None),
        (Severity.HIGH, "high"),
        ((1, (2, None)), [1, [2, None]]),
        ({"b", "a"}, ["a", "b"]),
        (b"x", "b'x'"),
    ],
)
def test_values_as_json_has_them(value, expected):
    assert plain_value(value) == expected


def test_csv_of_an_answer():
    assert to_csv(ANSWER) == snapshot("""\
principal,calls,first_seen,source_ips\r
ci-deploy,3901,2026-09-08T03:11:00Z,192.0.2.1; 192.0.2.2\r
AKIAEXAMPLE7Q,17,,\r
""")


def test_csv_takes_its_columns_from_the_first_row_where_none_are_named():
    view = View("t", rows=({"a": 1, "b": True}, {"b": {"x": 1.5}, "c": 3}))

    assert to_csv(view) == 'a,b\r\n1,true\r\n,"{""x"": 1.5}"\r\n'


def test_csv_of_nothing_is_empty():
    assert to_csv(View("t")) == ""


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1", "-", "+1 2", "=-1"),
        *("\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1+1", "\u3000 @SUM(A1)", "\x1f=1", " \n+cmd", "\t1"),
    ],
)
def test_a_formula_is_only_text(cell):
    _, (written,) = csv.reader(io.StringIO(to_csv(View("t", rows=({"a": cell},))), newline=""))

    assert written.startswith("'")


@pytest.mark.parametrize("cell", ["-5", "+5", "-1.25", "-1e-7", "3"])
def test_a_number_is_a_number(cell):
    assert to_csv(View("t", rows=({"a": cell},))) == f"a\r\n{cell}\r\n"


def test_a_list_that_begins_as_a_formula_is_guarded_too():
    assert to_csv(View("t", rows=({"a": ["=1", "b"]},))) == "a\r\n'=1; b\r\n"


@given(
    st.lists(
        st.lists(
            st.text(st.characters(categories=["L", "N", "P", "Z"], include_characters='\n",')),
            min_size=2,
            max_size=2,
        )
    )
)
def test_a_csv_reader_reads_as_many_cells_as_were_written(rows):
    view = View("t", rows=tuple({"a": a, "b": b} for a, b in rows), columns=("a", "b"))

    read = list(csv.reader(io.StringIO(to_csv(view), newline="")))

    assert [len(row) for row in read] == [2] * (len(rows) + 1)
