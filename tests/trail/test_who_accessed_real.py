"""Over real records of public data sets, the engine's answer is what plain Python counts.

The count below is written apart from the SQL, record by record, from the contract's words.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.coverage.trails import Trails
from bot.core.span import Span
from bot.ports import TrailQuery
from bot.trail import who_accessed as sql
from bot.trail.rows import Asked
from commands.trail.who_accessed import WhoAccessed, who_accessed

_DATA = Path(__file__).parents[3] / "shared" / "data" / "cloudtrail"
_SPAN = Span(datetime(2010, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
_SOURCES = ("s3.amazonaws.com", "s3express.amazonaws.com", "s3-outposts.amazonaws.com")
_DENIED = re.compile(r"access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")

Record = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not _DATA.is_dir(), reason="the real records (../shared/data/cloudtrail) are not here"
)


class Somewhere:
    def __init__(self):
        self.buckets = self.recording = self

    def exists(self, bucket):
        return "unknown"

    def trails(self):
        return Trails("eu-west-1")


@pytest.fixture(scope="module")
def engine():
    return DuckdbEngine(str(_DATA))


@pytest.fixture(scope="module")
def everything():
    return [record for path in sorted(_DATA.rglob("*")) if path.is_file() for record in _records(path)]


@pytest.fixture(scope="module")
def records(everything):
    return [record for record in everything if record.get("eventSource") in _SOURCES and _time(record)]


@pytest.fixture(scope="module")
def buckets(records):
    """Every bucket that occurs with the records about it, the most mentioned first."""
    about = defaultdict(list)
    for record in records:
        for bucket in _mentioned(record):
            about[bucket].append(record)
    named = [bucket for bucket in about if _NAME.fullmatch(bucket)]
    return {bucket: about[bucket] for bucket in sorted(named, key=lambda name: (-len(about[name]), name))}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory, records):
    """The same records in one file: reading some 3,000 files for each bucket would take a minute."""
    folder = tmp_path_factory.mktemp("at_once")
    versioned = [{"eventVersion": one["eventVersion"], **one} for one in records if "eventVersion" in one]
    others = [one for one in records if "eventVersion" not in one]
    for name, some in (("versioned", versioned), ("others", others)):
        whole = json.dumps({"Records": some}, separators=(",", ":"))
        (folder / f"{name}.json.gz").write_bytes(gzip.compress(whole.encode(), 1))
    return DuckdbEngine(str(folder))


def test_every_record_of_every_container_is_read(engine, everything):
    query = TrailQuery("SELECT eventname, eventid, eventtime FROM noroshi.cloudtrail", (), _SPAN)
    read = [tuple(row.values()) for row in engine.run(query, lambda _: None).rows]
    there = [(one["eventName"], one.get("eventID"), one.get("eventTime")) for one in everything]
    assert Counter(read) == Counter(there)


def test_the_busiest_buckets_have_the_accessors_that_plain_python_counts(engine, buckets):
    for bucket, about in list(buckets.items())[:6]:
        assert _told(engine, bucket) == _count(about, bucket), bucket


def test_every_bucket_that_occurs_has_the_accessors_that_plain_python_counts(at_once, buckets):
    assert len(buckets) > 40
    differing = [name for name, about in buckets.items() if _told(at_once, name) != _count(about, name)]
    assert not differing


def test_the_needles_leave_out_nothing_that_the_statement_selects(engine, buckets):
    for bucket in list(buckets)[:3]:
        query = sql.who_accessed(bucket, _SPAN)
        assert engine.run(query, print).rows == engine.run(replace(query, needles=()), print).rows


def _told(engine: DuckdbEngine, bucket: str) -> dict[str, Any]:
    answer = who_accessed(WhoAccessed(bucket=bucket, asked=Asked(_SPAN)), engine, Somewhere(), lambda _: None)
    return {
        str(one.principal): {
            "calls": one.calls,
            "reads+writes+deletes": one.reads + one.writes + one.deletes,
            "denied": one.denied,
            "copied_out": one.copied_out,
            "first": one.first_seen,
            "last": one.last_seen,
            "ips": set(one.source_ips),
            "agents": set(one.user_agents),
            "names": set(one.event_names),
        }
        for one in answer.accessors
    }


def _count(records: list[Record], bucket: str) -> dict[str, Any]:
    calls: dict[object, list[Record]] = defaultdict(list)
    for number, record in enumerate(records):
        named = record.get("sharedEventID") or record.get("eventID")
        calls[(named, record.get("eventTime")) if named else number].append(record)
    by_principal: dict[str, list[Record]] = defaultdict(list)
    for copies in calls.values():
        fullest = min(copies, key=_fullness)
        by_principal[str(_principal(fullest))].append(fullest)
    return {principal: _summary(bucket, deeds) for principal, deeds in by_principal.items()}


def _fullness(record: Record) -> tuple[tuple[bool, str], ...]:
    """The caller's own copy first; some data sets gave different records one eventID: then any, but always the same."""
    arn, time = _identity(record).get("arn"), str(record.get("eventTime")).replace(" ", "T")[:19]
    told = (
        "" if arn else None,
        record.get("recipientAccountId"),
        record.get("eventID"),
        time,
        record.get("eventName"),
        arn or None,
    )
    told = (*told, record.get("sourceIPAddress") or None, record.get("userAgent") or None)
    return tuple((one is None, one or "") for one in told)


def _summary(bucket: str, deeds: list[Record]) -> dict[str, Any]:
    copied_out = [one for one in deeds if _copied_from(one) == bucket and _bucket(one) != bucket]
    times = [time for one in deeds if (time := _time(one))]
    return {
        "calls": len(deeds) - len(copied_out),
        "reads+writes+deletes": len(deeds) - len(copied_out),
        "denied": sum(bool(_DENIED.search(one.get("errorCode") or "")) for one in deeds),
        "copied_out": len(copied_out),
        "first": min(times),
        "last": max(times),
        "ips": {one["sourceIPAddress"] for one in deeds if one.get("sourceIPAddress")},
        "agents": {one["userAgent"] for one in deeds if one.get("userAgent")},
        "names": {one["eventName"] for one in deeds if one.get("eventName")},
    }


def _principal(record: Record) -> str | None:
    identity = _identity(record)
    account, principal_id = identity.get("accountId"), identity.get("principalId")
    if identity.get("arn"):
        return str(identity["arn"])
    if identity.get("invokedBy"):
        return str(identity["invokedBy"])
    if str(account).lower() in {"anonymous", "anonymous_principal"}:
        return "anonymous"
    if account and principal_id:
        return f"{account}:{principal_id}"
    return account or principal_id or None


def _mentioned(record: Record) -> set[str]:
    """The buckets that a record is about."""
    found = {_bucket(record), _copied_from(record)}
    resources = record.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        arn = str(resource.get("ARN") or resource.get("arn") or "").split(":", 5)
        if len(arn) == 6 and arn[2] == "s3" and not arn[3]:
            found.add(arn[5].split("/")[0])
    return {bucket for bucket in found if bucket}


def _bucket(record: Record) -> str | None:
    name = _parameters(record).get("bucketName")
    return re.sub(r"^arn:[a-z-]+:s3:::", "", name) if isinstance(name, str) else None


def _copied_from(record: Record) -> str | None:
    source = _parameters(record).get("x-amz-copy-source")
    if not isinstance(source, str):
        return None
    path = unquote(re.sub(r"^arn:[a-z-]+:s3:::", "", source)).removeprefix("/")
    return re.split(r"[/?]", path)[0] or None


def _parameters(record: Record) -> Record:
    parameters = record.get("requestParameters")
    if isinstance(parameters, str):
        try:
            parameters = json.loads(parameters)
        except ValueError:
            return {}
    return parameters if isinstance(parameters, dict) else {}


def _identity(record: Record) -> Record:
    identity = record.get("userIdentity")
    return identity if isinstance(identity, dict) else {}


def _time(record: Record) -> datetime | None:
    said = str(record.get("eventTime")).replace(" ", "T")[:19]
    try:
        return datetime.strptime(said, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _records(path: Path) -> Iterator[Record]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
    if path.suffix == ".csv":
        return
    try:
        yield from _unwrapped(json.loads(text))
    except ValueError:
        for line in text.splitlines():
            yield from _unwrapped(json.loads(line))


def _unwrapped(value: Any) -> Iterator[Record]:
    if isinstance(value, list):
        for item in value:
            yield from _unwrapped(item)
    elif isinstance(value, dict):
        inside = [
            value[key]
            for key in ("Records", "Events", "detail", "data")
            if isinstance(value.get(key), dict | list)
        ]
        if "CloudTrailEvent" in value:
            yield from _unwrapped(json.loads(value["CloudTrailEvent"]))
        elif "eventName" in value and "eventSource" in value and "insightDetails" not in value:
            yield value
        else:
            yield from _unwrapped(inside)
