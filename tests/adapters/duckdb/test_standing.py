"""What stands is told when a day is made, and every answer stays what the log files alone give."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb.compact import folder_for
from bot.adapters.duckdb.day_copy import Slice, standing_first
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.standing import ASTRAY, around, told_apart
from bot.core.span import Span
from bot.trail.copies import NEEDED_ONCE, once
from bot.trail.rows import Asked, narrowed
from bot.trail.who_accessed import who_accessed

_DAYS = (date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3))
_SPAN = Span(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 4, tzinfo=UTC))
_MANY = 4_100
"""Calls of a day that give a bucket files of its own."""
_NAMES = ", ".join(f'"{name}"' for name in NEEDED_ONCE)
_TIMES = (
    *("2026-09-01T10:00:00", "2026-09-01T23:29:59", "2026-09-01T23:30:00", "2026-09-01T23:59:59"),
    *("2026-09-02T00:00:00", "2026-09-02T12:00:00", "2026-09-02T23:45:00", "2026-09-03T00:00:00"),
)
# A record: its call, the day of its log file, who it names, the account it was delivered to.
_records = st.lists(
    st.tuples(
        st.integers(0, len(_TIMES) - 1),
        st.sampled_from(_DAYS),
        st.sampled_from([None, "ana", "ben"]),
        st.sampled_from("12"),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as database:
        columns = ", ".join(f'"{name}" VARCHAR' for name in NEEDED_ONCE[1:])
        for table in ("day", "standing", "events"):
            database.execute(f"CREATE TABLE {table} (call_number BIGINT, {columns})")
        yield database


@given(_records)
def test_what_stands_and_what_is_told_later_are_the_calls_that_all_records_tell(database, records):
    everything, strays = [], False
    for table in ("standing", "events"):
        database.execute(f"DELETE FROM {table}")
    for day in _DAYS:
        rows = [(n, arn, told, _TIMES[n], "Get", "::1", "cli") for n, of, arn, told in records if of == day]
        everything += rows
        database.execute("DELETE FROM day")
        for row in rows:
            database.execute("INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        [[astray]] = database.execute(f"SELECT count(*) FROM day WHERE {ASTRAY}", around(day)).fetchall()
        strays = strays or astray > 0
        parts = told_apart(database, "day", "true", day)
        database.execute(f"INSERT INTO events {parts['any']}")
        if "standing" in parts:
            database.execute(f"INSERT INTO standing {parts['standing']}")
        counts = [database.execute(f"SELECT count(*) FROM ({part})").fetchone()[0] for part in parts.values()]
        assert sum(counts) == len(rows)
    if strays:
        return  # nothing is said to stand then
    told = _calls(database, f"SELECT * EXCLUDE (copy) FROM ({_SQL}) UNION ALL SELECT * FROM standing")
    database.execute("DELETE FROM events")
    for row in everything:
        database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert told == _calls(database, _SQL)


_SQL = once().replace(" at,", ' "at",')


def _calls(database, sql):
    return sorted(database.execute(f"SELECT {_NAMES} FROM ({sql})").fetchall(), key=str)


def _slice(name, holds="any", astray=False):
    return Slice(name, 1, ("acme",), (), holds, astray)


def test_copies_of_what_stands_are_left_out_but_not_where_something_strayed():
    standing, copies, other = _slice("s", "standing"), _slice("c", "copies"), _slice("a")
    assert standing_first([standing, copies, other]) == ([standing], [other])
    strayed = [standing, copies, _slice("a", astray=True)]
    assert standing_first(strayed) == ((), strayed)


@pytest.fixture
def calls(record):
    """Makes records of so many calls on a day, a second apart from noon on."""

    def make(day, count=_MANY, **fields):
        noon = datetime(2026, 9, day, 12)  # noqa: DTZ001 - CloudTrail's text, in UTC
        return [
            record(**{"eventTime": f"{noon + timedelta(seconds=n):%Y-%m-%dT%H:%M:%SZ}"} | fields)
            for n in range(count)
        ]

    return make


def _copy_of(one, **fields):
    """The record as it is delivered to the bucket's owner, who is not told who called."""
    caller = {"type": "AWSAccount", "accountId": "111111111111", "principalId": "AIDAEXAMPLE"}
    return one | {"userIdentity": caller, "recipientAccountId": "222222222222"} | fields


class Engines:
    """An engine over the test's log files, and one that has their compact copy."""

    def __init__(self, folder, compact):
        self._folder, self._compact = str(folder), str(compact)

    def compact(self):
        return DuckdbEngine(
            self._folder, compact_location=self._compact, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC)
        )

    def made(self):
        self.compact().compact(lambda _: None)
        copies = folder_for(self._folder, self._compact).copies(_DAYS)
        return {one.holds for copy in copies.values() for one in copy.slices}

    def both(self, query):
        """What either says; of the copy, the bytes it took as well."""
        raw, compact = DuckdbEngine(self._folder), self.compact()
        answers = [engine.run(query, lambda _: None) for engine in (raw, compact)]
        assert answers[0].rows == answers[1].rows
        return answers[1].rows, answers[1].receipt.bytes_scanned


@pytest.fixture
def asked(tmp_path):
    return Engines(tmp_path / "logs", tmp_path / "copies")


@pytest.fixture
def filed(tmp_path, log):
    def write(*records, day, account="111111111111"):
        folder = tmp_path / "logs" / "AWSLogs" / account / "CloudTrail" / "eu-west-1" / f"2026/09/{day:02}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{len(list(folder.iterdir()))}.json.gz").write_bytes(log(*records))

    return write


@pytest.fixture
def told_to_two(asked, filed, calls):
    """Files a day's calls, and for another account copies of the first so many, and makes the compact copy."""

    def write(copies, **fields):
        first = calls(1)
        filed(*first, day=1)
        filed(*(_copy_of(one, **fields) for one in first[:copies]), day=1, account="222222222222")
        asked.made()

    return write


def test_calls_delivered_to_two_accounts_count_once_by_who_made_them(asked, filed, calls, record):
    first, second = calls(1), calls(2)
    late = record(eventTime="2026-09-01T23:50:00Z")
    filed(*first, late, day=1)
    filed(*second, day=2)
    filed(*(_copy_of(one) for one in first[:200]), day=1, account="222222222222")
    filed(_copy_of(late), day=2, account="222222222222")  # its file was written behind midnight
    assert asked.made() == {"any", "standing", "copies"}

    rows, _ = asked.both(who_accessed("acme-payroll", _SPAN))

    assert [(row["principal"], row["calls"]) for row in rows] == [
        ("arn:aws:iam::111111111111:user/ana", 2 * _MANY + 1)
    ]


def test_a_copy_that_comes_a_day_late_counts_no_call_twice(asked, filed, calls):
    first, second = calls(1), calls(2)
    filed(*first, day=1)
    filed(*second, *(_copy_of(one) for one in first[:50]), day=2)
    asked.made()

    [ana], _ = asked.both(who_accessed("acme-payroll", _SPAN))

    assert ana["calls"] == 2 * _MANY


def test_what_bears_an_id_at_another_time_is_another_call(asked, filed, record):
    for hour in (10, 11):
        filed(record(eventID="made-up", eventTime=f"2026-09-01T{hour}:00:00Z"), day=1)
    asked.made()
    [ana], _ = asked.both(who_accessed("acme-payroll", _SPAN))
    assert ana["calls"] == 2


def test_what_only_one_account_recorded_is_found_by_that_account(asked, told_to_two):
    told_to_two(70)
    there_alone = Asked(_SPAN, accounts=("222222222222",))
    [there], _ = asked.both(narrowed(who_accessed("acme-payroll", _SPAN), there_alone))
    assert (there["principal"], there["calls"]) == ("111111111111:AIDAEXAMPLE", 70)


def test_a_prefix_is_looked_for_in_every_copy_of_a_call(asked, told_to_two):
    told_to_two(1, requestParameters={"bucketName": "acme-payroll", "key": "secret/1.csv"})
    [there], _ = asked.both(who_accessed("acme-payroll", _SPAN, "secret/"))
    assert there["calls"] == 1


def test_calls_of_one_name_that_failed_are_those_of_the_log_files(asked, filed, calls, record):
    filed(*calls(1), *calls(1, 30, errorCode="AccessDenied"), record(eventName="PutObject"), day=1)
    asked.made()
    failed = Asked(_SPAN, event="s3:GetObject", errors=True)
    [ana], _ = asked.both(narrowed(who_accessed("acme-payroll", _SPAN), failed))
    assert (ana["calls"], ana["denied"]) == (30, 30)


def test_a_question_about_every_record_is_answered_from_every_record(asked, told_to_two):
    told_to_two(70)
    query = replace(who_accessed("acme-payroll", _SPAN), sql="SELECT count(*) AS records FROM events")
    [row], _ = asked.both(query)
    assert row == {"records": _MANY + 70}


def test_a_bucket_that_no_copy_has_is_asked_of_the_copies_all_the_same(asked, filed, calls, tmp_path):
    filed(*calls(1), day=1)
    asked.made()
    rows, scanned = asked.both(who_accessed("elsewhere", _SPAN))
    assert rows == ()
    assert scanned < sum(file.stat().st_size for file in tmp_path.rglob("*.gz"))


def test_a_question_about_the_bucket_reads_no_ids_of_what_stands(asked, filed, calls):
    filed(*calls(1), day=1)
    asked.made()
    _, alone = asked.both(who_accessed("acme-payroll", _SPAN))
    by_account = Asked(_SPAN, accounts=("111111111111",))
    _, with_ids = asked.both(narrowed(who_accessed("acme-payroll", _SPAN), by_account))
    assert with_ids > alone + 8 * _MANY / 2  # random ids of 8 bytes hardly get smaller
