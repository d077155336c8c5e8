"""What others need for a part of the same answer: how many calls name the bucket, over the same days' files.

None folds copies, looks among the resources or knows a call from its second delivery, as who-accessed does.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.span import Span, iso


@dataclass(frozen=True)
class Asked:
    """The question: calls that name the bucket within the span, and the files that may hold them."""

    folder: Path
    paths: Sequence[str]
    span: Span
    bucket: str
    cores: int

    @property
    def ends(self) -> tuple[str, str]:
        """The span as eventTime writes it."""
        return f"{iso(self.span.since)[:19]}Z", f"{iso(self.span.until)[:19]}Z"


@dataclass(frozen=True)
class Peer:
    """One way to count the calls; `missing` says what is not installed, or nothing."""

    name: str
    missing: Callable[[], str]
    count: Callable[[Asked], int]


def _jq(asked: Asked) -> int:
    """A process per core, as zcat has."""
    since, until = asked.ends
    program = (
        f'.Records[] | select(.requestParameters.bucketName == "{asked.bucket}"'
        f' and .eventTime >= "{since}" and .eventTime < "{until}") | .eventID'
    )
    shares = [asked.paths[start :: asked.cores] for start in range(asked.cores)]
    pipeline = ["sh", "-c", 'xargs zcat | jq "$0" | wc -l', program]
    running = [subprocess.Popen(pipeline, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in shares]
    for process, share in zip(running, shares, strict=True):
        assert process.stdin
        process.stdin.write("\n".join(share).encode())
        process.stdin.close()
    return sum(int(process.stdout.read()) for process in running if process.stdout)


def _trailscraper(asked: Asked) -> int:
    """It knows no buckets: it gives the span's records, and what picks the bucket's is not counted in its time."""
    since, until = asked.ends
    said = ["trailscraper", "select", "--log-dir", str(asked.folder), "--from", since, "--to", until]
    told = subprocess.run(said, capture_output=True, check=True).stdout
    return told.count(f'"bucketName": "{asked.bucket}"'.encode())


def _chdb(asked: Asked) -> int:
    import chdb  # noqa: PLC0415 - it need not be installed

    since, until = asked.ends
    days = ",".join(f"{day:%Y/%m/%d}" for day in asked.span.publish_days())
    files = f"{asked.folder}/AWSLogs/*/CloudTrail/*/{{{days}}}/*.json.gz"
    told = chdb.query(
        f"""SELECT count() FROM (
              SELECT arrayJoin(JSONExtractArrayRaw(line, 'Records')) AS record
              FROM file('{files}', 'LineAsString', 'line String'))
            WHERE position(record, '{asked.bucket}') > 0
              AND JSONExtractString(record, 'requestParameters', 'bucketName') = '{asked.bucket}'
              AND JSONExtractString(record, 'eventTime') >= '{since}'
              AND JSONExtractString(record, 'eventTime') < '{until}'"""
    )
    return int(str(told))


def _duckdb(asked: Asked) -> int:
    import duckdb  # noqa: PLC0415 - as the others

    longest = max(int.from_bytes(Path(path).read_bytes()[-4:], "little") for path in asked.paths)
    sql = """SELECT count(*) FROM (
               SELECT unnest("Records") AS record
               FROM read_json(?, columns = {Records: 'JSON[]'}, maximum_object_size = ?))
             WHERE json_extract_string(record, '$.requestParameters.bucketName') = ?
               AND json_extract_string(record, '$.eventTime') >= ?
               AND json_extract_string(record, '$.eventTime') < ?"""
    with duckdb.connect() as connection:
        [[count]] = connection.execute(
            sql, [list(asked.paths), longest + 1, asked.bucket, *asked.ends]
        ).fetchall()
    return int(count)


def _program(name: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) else name


def _module(name: str) -> Callable[[], str]:
    return lambda: "" if importlib.util.find_spec(name) else name


PEERS = (
    Peer("chdb, position() first", _module("chdb"), _chdb),
    Peer("zcat and jq, a process a core", _program("jq"), _jq),
    Peer("DuckDB's plain read_json", _module("duckdb"), _duckdb),
    Peer("trailscraper select", _program("trailscraper"), _trailscraper),
)
