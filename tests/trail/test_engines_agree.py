"""One SQL text, two engines: the same rows over the same real records, through the real clients of both."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.span import Span
from bot.embedded.aws import AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from bot.embedded.own_trail import own_log_files
from bot.trail.who_accessed import who_accessed

_DATA = Path(__file__).parents[3] / "shared" / "data" / "cloudtrail"
_SPAN = Span(datetime(2013, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
_BUCKETS = (
    "falsimentis-log",
    "falsimentis-eng",
    "randomBucket03",
    "0-flija-bucket",
    "critical-data-bucket",
    "victim-data-bucket",
)

pytestmark = pytest.mark.skipif(
    not _DATA.is_dir(), reason="the real records (../shared/data/cloudtrail) are not here"
)


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Athena over the records laid out as CloudTrail lays them out, and DuckDB over the very same files."""
    own = own_log_files(_DATA)
    folder = tmp_path_factory.mktemp("laid_out")
    for key, body in own.files:
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(body)
    with pytest.MonkeyPatch.context() as patch, AwsStandIn().serve() as aws:
        for name, value in aws.environment().items():
            patch.setenv(name, value)
        incident = Incident(1, datetime.now(UTC))
        seeded = furnish(aws, incident, own)
        aws.put_logs(incident.log_bucket, own.files)
        settings = AthenaSettings(seeded.database, seeded.table, seeded.workgroup, poll_seconds=0.05)
        yield AthenaEngine(settings), DuckdbEngine(str(folder))


@pytest.mark.parametrize(
    ("bucket", "prefix"), [*((bucket, "") for bucket in _BUCKETS), (_BUCKETS[0], "AWSLogs/")]
)
def test_both_engines_give_the_same_rows(engines, bucket, prefix):
    athena, duckdb = (
        engine.run(who_accessed(bucket, _SPAN, prefix), lambda _: None).rows for engine in engines
    )

    assert athena == duckdb
    assert athena or prefix
