"""With needles or without, a query's rows are the same, however odd the records are."""

import gzip
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.duckdb.lake import query
from bot.adapters.duckdb.store import LogObject

KEY = "AWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/02/a.json.gz"
EVENT = {"eventVersion": "1.11", "eventName": "GetObject", "eventSource": "s3.amazonaws.com"}
SQL = """SELECT * FROM cloudtrail
WHERE strpos(coalesce(requestparameters, ''), ?) > 0 OR strpos(useragent, ?) > 0
   OR cardinality(filter(resources, r -> strpos(r.arn, ?) > 0)) > 0
ORDER BY eventid, useragent, requestparameters"""


def rows(text, *needles):
    data = gzip.compress(text)
    answer = query([LogObject(KEY, len(data), lambda: data)], SQL, ("acme",) * 3, needles=needles)
    return answer.rows, answer.skipped


def log(*records):
    return json.dumps({"Records": records}, separators=(",", ":")).encode()


shapes = st.sampled_from(
    [
        None,
        "acme",
        "x",
        1.50,
        True,
        [],
        {},
        ["acme"],
        {"arn": "acme"},
        [{"ARN": "arn:aws:s3:::acme"}],
        {"sessionContext": "acme"},
        [{"arn": "arn:aws:s3:::acme"}],
        [None, "acme"],
        {"bucketName": "acme", "n": 18446744073709551615},
        "\x00 acme",
    ]
)
records = st.fixed_dictionaries(
    {name: st.just(value) for name, value in EVENT.items()} | {"eventName": st.just("Get") | shapes},
    optional=dict.fromkeys(
        [
            "userIdentity",
            "resources",
            "requestParameters",
            "userAgent",
            "eventID",
            "addendum",
            "insightDetails",
        ],
        shapes,
    )
    | {"eventCategory": st.sampled_from(["Data", "Insight", None])},
)


# Each asks the lake twice, a tenth of a second.
@settings(deadline=None, max_examples=30)
@given(st.lists(records, max_size=4))
def test_odd_records_give_the_same_rows(found):
    assert rows(log(*found), "acme") == rows(log(*found))


# Indented, a file is no plain writing of CloudTrail's, so each record is parsed.
@settings(deadline=None, max_examples=30)
@given(st.lists(records, max_size=4))
@example([EVENT | {"userAgent": "acme", "resources": [{"arn": "arn:aws:s3:::acme"}]}])
@example([EVENT | {"userAgent": "acme", "eventCategory": "Insight"}, EVENT | {"userAgent": "acme"}])
def test_files_that_are_cut_without_needles_give_the_rows_of_parsed_ones(found):
    assert rows(log(*found)) == rows(json.dumps({"Records": found}, indent=1).encode())


def test_what_is_no_json_is_skipped_without_needles_too():
    text = log(EVENT | {"userAgent": "acme"}, EVENT)
    assert len(rows(text)[0]) == 1
    found, [skipped] = rows(text.replace(b"},{", b"} {"))
    assert (found, skipped.reason.partition(" (")[0]) == ((), "it is no whole JSON")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"userAgent":"acme"', b'"userAgent":"first","userAgent":"acme"'),
        (b'"userAgent":"acme"', b'"user\\u0041gent":"acme"'),
        (b'"userAgent":"acme"', b'"userAgent":"acme \\ud83d"'),
        (b'"userAgent":"acme"', b'"userAgent":"acme",\n "apiVersion": "1"'),
        (b'"resources":[{"ARN"', b'"res\\u006furces":[{"arn"'),
        (b'{"eventVersion":"1.11","eventName":"Two"', b'null,{"eventName":"Two","eventVersion":"1.11"'),
    ],
)
def test_odd_writing_gives_the_same_rows(old, new):
    one = EVENT | {"eventID": "1", "resources": [{"ARN": "arn:aws:s3:::acme"}], "userAgent": "acme"}
    text = log(one, {**EVENT, "eventName": "Two", "userAgent": "acme"}, EVENT)
    odd = text.replace(old, new, 1)
    assert odd != text
    assert rows(odd, "acme") == rows(odd)
    assert len(rows(odd)[0]) == 2
