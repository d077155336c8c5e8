import gzip
import json
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.lake import query
from bot.adapters.duckdb.store import LogObject
from bot.core.span import Span
from bot.ports import TrailQuery

_NUMBERS = count(1)


@pytest.fixture
def week():
    return Span(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC))


@pytest.fixture
def record():
    """Makes a GetObject record as CloudTrail writes it; keyword arguments stand over its fields (... leaves one out)."""

    def make(**fields):
        number = next(_NUMBERS)
        whole = {
            "eventVersion": "1.11",
            "userIdentity": {
                "type": "IAMUser",
                "principalId": "AIDAEXAMPLE",
                "arn": "arn:aws:iam::111111111111:user/ana",
                "accountId": "111111111111",
                "userName": "ana",
            },
            "eventTime": "2026-09-02T10:00:00Z",
            "eventSource": "s3.amazonaws.com",
            "eventName": "GetObject",
            "awsRegion": "eu-west-1",
            "sourceIPAddress": "192.0.2.7",
            "userAgent": "[aws-cli/2.15]",
            "requestParameters": {"bucketName": "acme-payroll", "key": f"2026/{number}.csv"},
            "responseElements": None,
            "eventID": f"00000000-0000-4000-8000-{number:012}",
            "readOnly": True,
            "eventType": "AwsApiCall",
            "managementEvent": False,
            "recipientAccountId": "111111111111",
            "eventCategory": "Data",
            **fields,
        }
        return {key: value for key, value in whole.items() if value is not ...}

    return make


@pytest.fixture
def log():
    """Packs records as CloudTrail's files are: compact, gzipped."""

    def pack(*records):
        return gzip.compress(json.dumps({"Records": records}, separators=(",", ":")).encode())

    return pack


@pytest.fixture
def ask():
    """Runs one statement over records (or over none) and gives the rows."""

    def run(sql, *records, parameters=(), **how):
        data = json.dumps({"Records": records}).encode()
        return list(query([LogObject("logs.json", len(data), lambda: data)], sql, parameters, **how).rows)

    return run


@pytest.fixture
def value(ask):
    """What one expression of Athena's SQL gives."""
    return lambda expression: ask(f"SELECT {expression}")[0][0]


@pytest.fixture
def tree(tmp_path):
    """Writes a file into CloudTrail's layout and gives its path."""

    def write(data, day="2026/09/02", account="111111111111", region="eu-west-1", name="a.json.gz"):
        folder = tmp_path / "AWSLogs" / account / "CloudTrail" / region / day
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return write


@pytest.fixture
def run(tmp_path, week):
    """Asks an engine over the test's folder; gives rows and caveat codes with the whole answer."""

    def ask_engine(sql="SELECT eventid FROM noroshi.cloudtrail ORDER BY 1", parameters=(), needles=(), **how):
        engine = DuckdbEngine(how.pop("location", str(tmp_path)), **how)
        return engine.run(TrailQuery(sql, parameters, week, needles), lambda _: None)

    return ask_engine
