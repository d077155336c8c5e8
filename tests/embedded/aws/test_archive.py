"""What Athena's stand-in keeps of log files is what is in them, however they come, change and go."""

import gzip
import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.lake import Keyed, query
from bot.adapters.duckdb.layout import partition_of
from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.archive import Archive, Stored
from bot.embedded.aws.athena.records_file import kinds
from bot.embedded.aws.athena.running import logs_table
from bot.embedded.aws.athena.table import Reading

PLACES = [f"AWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/0{day}" for day in (1, 2)] + ["elsewhere"]
EVENT = {"eventVersion": "1.11", "eventName": "GetObject", "eventSource": "s3.amazonaws.com"}
ALL = "SELECT * FROM cloudtrail ORDER BY eventid, useragent, requestparameters, account, day"


class Bucket:
    """Log files by name, and how often each was read."""

    def __init__(self, files=()):
        self.files, self.read = dict(files), []

    def stored(self):
        return [Stored(self._object(name), str(hash(body))) for name, body in sorted(self.files.items())]

    def _object(self, name):
        def read():
            self.read.append(name)
            return body

        body = self.files[name]
        return LogObject(name, len(body), read)


def packed(*records):
    return gzip.compress(json.dumps({"Records": records}, separators=(",", ":")).encode(), mtime=0)


def event(number, **fields):
    return EVENT | {"eventID": f"{number}", "eventTime": "2026-09-01T10:00:00Z"} | fields


def ask(archive, bucket, sql=ALL, brake=None, keyed=None):
    """Rows, broken files and the bytes that count, through the archive."""
    sizes, brake = [], brake or Brake()
    with archive.lend(bucket.stored(), brake, sizes.append) as lent:
        reading = Reading("noroshi.cloudtrail", (), keyed, (), 0, 0)
        rows = query((), sql, table="none.none", parquet=[logs_table(reading, lent)]).rows
    return rows, sorted((one.key, one.reason) for one in lent.skipped), sum(sizes)


def plainly(bucket, sql=ALL):
    """The same of the files themselves."""
    answer = query([each.file for each in bucket.stored()], sql)
    return answer.rows, sorted((one.key, one.reason) for one in answer.skipped), answer.bytes_scanned


@pytest.fixture
def archive():
    made = Archive()
    yield made
    made.close()


values = st.sampled_from(
    [None, "acme", 1.5, True, [], {}, ["acme"], {"arn": "acme"}, [{"ARN": "a"}], [{"arn": "a"}]]
)
records = st.builds(
    lambda number, fields: event(number, **fields),
    st.integers(0, 99),
    st.dictionaries(
        st.sampled_from(
            ["userIdentity", "resources", "requestParameters", "userAgent", "insightDetails", "addendum"]
        ),
        values,
        max_size=3,
    ),
)
bodies = st.lists(records, max_size=3).map(lambda some: packed(*some)) | st.sampled_from(
    [
        b"",
        b"no JSON",
        gzip.compress(b'{"Records":[{"eventVersion"', mtime=0),
        b'{"Records":[{"eventVersion":1}]}',
    ]
)
names = st.builds("{}/{}.json.gz".format, st.sampled_from(PLACES), st.sampled_from("ab"))
changes = st.lists(st.tuples(names, st.none() | bodies), min_size=1, max_size=4)


# Each history asks the lake up to eight times.
@settings(deadline=None, max_examples=25)
@given(changes)
def test_files_that_come_change_and_go_are_told_as_they_are(history):
    archive, bucket = Archive(), Bucket()
    try:
        for name, body in history:
            if body is None:
                bucket.files.pop(name, None)
            else:
                bucket.files[name] = body
            assert ask(archive, bucket) == plainly(bucket)
    finally:
        archive.close()


def test_a_file_is_read_once_and_counts_each_time(archive):
    bucket = Bucket({f"{place}/a.json.gz": packed(event(1)) for place in PLACES})
    first, again = ask(archive, bucket), ask(archive, bucket)

    assert first == again
    assert first[2] == sum(map(len, bucket.files.values()))
    assert sorted(bucket.read) == sorted(bucket.files)


def test_only_the_folder_that_changed_is_read_again(archive):
    bucket = Bucket({f"{place}/a.json.gz": packed(event(1)) for place in PLACES})
    ask(archive, bucket)
    bucket.read.clear()
    bucket.files[f"{PLACES[0]}/b.json.gz"] = packed(event(2))

    assert len(ask(archive, bucket)[0]) == 4
    assert sorted(bucket.read) == [f"{PLACES[0]}/a.json.gz", f"{PLACES[0]}/b.json.gz"]


def test_a_broken_file_is_told_each_time(archive):
    bucket = Bucket({f"{PLACES[0]}/a.json.gz": packed(event(1)), f"{PLACES[0]}/b.json.gz": b"no JSON"})

    for _ in range(2):
        rows, [(name, _)], _ = ask(archive, bucket)
        assert (len(rows), name) == (1, f"{PLACES[0]}/b.json.gz")


def test_what_was_longest_not_asked_for_goes_but_never_what_is_being_read():
    archive = Archive(most=1)
    bucket = Bucket({f"{PLACES[0]}/a.json.gz": packed(event(1))})
    try:
        with archive.lend(bucket.stored(), Brake(), lambda _: None) as lent:
            ask(archive, Bucket({f"{PLACES[1]}/a.json.gz": packed(event(2))}))
            [[path]] = lent.parquet.values()
            assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(1,)]
        assert not path.exists()
        assert len(ask(archive, bucket)[0]) == 1
        assert len(bucket.read) == 2
    finally:
        archive.close()


def test_a_statement_that_is_stopped_leaves_the_next_one_whole(archive):
    bucket, brake = Bucket({f"{place}/a.json.gz": packed(event(1)) for place in PLACES}), Brake()
    brake.pull()
    with pytest.raises(Stopped):
        ask(archive, bucket, brake=brake)

    assert ask(archive, bucket) == plainly(bucket)


def test_partition_columns_of_the_catalog_stand_over_those_of_the_paths(archive):
    bucket = Bucket({f"{PLACES[0]}/a.json.gz": packed(event(1)), f"{PLACES[1]}/a.json.gz": packed(event(2))})
    values = {
        partition_of(PLACES[0]): [("moved", "1"), ("moved", "2")],
        partition_of(PLACES[1]): [("us-east-1", "/")],
    }
    keyed = Keyed(("region", "hour"), values)
    sql = "SELECT eventid, region, hour FROM cloudtrail ORDER BY 1, 2, 3"

    rows, *_ = ask(archive, bucket, sql, keyed=keyed)

    assert rows == (("1", "moved", "1"), ("1", "moved", "2"), ("2", "us-east-1", "/"))
    assert rows == query([each.file for each in bucket.stored()], sql, keyed=keyed).rows


def test_the_columns_are_those_of_the_files_read_plainly():
    whole = query((), "SELECT * FROM cloudtrail").columns
    assert [name for name, _ in whole] == list(kinds())
