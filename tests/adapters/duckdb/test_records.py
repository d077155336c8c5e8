import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb.records import Broken, parse, plain

CALL = {"eventName": "GetObject", "eventSource": "s3.amazonaws.com", "eventID": "1"}
OTHER = {"eventName": "PutObject", "eventSource": "s3.amazonaws.com", "eventID": "2"}


def dumped(value):
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(dumped({"Records": [CALL, OTHER]}), id="a log file"),
        pytest.param(dumped([CALL, OTHER]), id="a bare list"),
        pytest.param(dumped(CALL) + b"\n\n" + dumped(OTHER) + b"\n", id="a record a line"),
        pytest.param(dumped({"Records": [CALL]}) + b"\n" + dumped({"Records": [OTHER]}), id="a log a line"),
        pytest.param(
            dumped([{"detail-type": "AWS API Call via CloudTrail", "detail": one} for one in (CALL, OTHER)]),
            id="EventBridge's events",
        ),
        pytest.param(
            dumped({"Events": [{"CloudTrailEvent": json.dumps(one)} for one in (CALL, OTHER)]}),
            id="LookupEvents' answer",
        ),
        pytest.param(
            dumped(
                {"status_code": 200, "data": {"Events": [{"CloudTrailEvent": json.dumps([CALL, OTHER])}]}}
            ),
            id="a recorded answer",
        ),
        pytest.param(json.dumps([CALL, OTHER], indent=2).encode(), id="indented"),
    ],
)
def test_records_come_out_of_whatever_wraps_them(text):
    assert parse(text) == [CALL, OTHER]


def test_one_record_alone_is_read():
    assert parse(dumped(CALL)) == [CALL]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"digestS3Bucket": "b", "logFiles": []}, id="a digest"),
        pytest.param({"Records": [CALL | {"insightDetails": {"state": "Start"}}]}, id="an insight"),
        pytest.param({"Records": [CALL | {"eventCategory": "Aggregated"}]}, id="an aggregate"),
        pytest.param({"Records": [{"eventSource": "s3.amazonaws.com"}]}, id="no event's name"),
        pytest.param({"detail-type": "GuardDuty Finding", "detail": {"id": "1"}}, id="another kind of event"),
        pytest.param([1, "two", None], id="no objects"),
        pytest.param({"Records": None}, id="no list"),
    ],
)
def test_what_is_no_call_gives_nothing_and_breaks_nothing(value):
    assert parse(dumped(value)) == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(gzip.compress(dumped([CALL] * 50))[:-9], "cut short", id="gzip cut short"),
        pytest.param(gzip.compress(dumped([CALL]))[:14], "cut short", id="only the gzip header"),
        pytest.param(
            gzip.compress(dumped([CALL]))[:-8] + bytes(8), "damaged", id="gzip with a wrong checksum"
        ),
        pytest.param(gzip.compress(dumped([CALL])) + b"more", "followed by", id="gzip and something else"),
        pytest.param(dumped({"Records": [CALL, OTHER]})[:-20], "no whole JSON", id="half a JSON"),
        pytest.param(dumped(CALL) + b"\n" + dumped(OTHER)[:-5], "no whole JSON", id="half a last line"),
        pytest.param(b"Event Type,Event Name\nAwsApiCall,GetObject\n", "no whole JSON", id="a CSV"),
        pytest.param(b'{"eventName": "\xff"}', "no whole JSON", id="no UTF-8"),
        pytest.param(
            dumped([{"CloudTrailEvent": '{"eventName":'}]), "no whole JSON", id="half a JSON inside"
        ),
        pytest.param(b"[" * 100_000, "no whole JSON", id="endlessly deep"),
    ],
)
def test_a_damaged_file_gives_no_record_and_says_why(data, reason):
    with pytest.raises(Broken, match=reason):
        parse(plain(data))


def test_a_byte_order_mark_and_several_gzip_members_are_read():
    text = b"\xef\xbb\xbf" + dumped({"Records": [CALL]})
    assert parse(plain(text)) == [CALL]
    packed = gzip.compress(text[:20]) + gzip.compress(text[20:]) + bytes(4)
    assert parse(plain(packed)) == [CALL]


def test_half_a_character_in_a_user_agent_hides_no_record():
    records = parse(
        b'{"Records":[' + dumped(CALL)[:-1] + rb', "userAgent": "\ud83d x"}, ' + dumped(OTHER) + b"]}"
    )
    assert [record["eventID"] for record in records] == ["1", "2"]


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_give_records_or_a_reason(data):
    with suppress(Broken):
        assert isinstance(parse(plain(data)), list)
