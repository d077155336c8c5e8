"""Both engines over the same log files, each once with its compact copy and once without."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
from bot.adapters.aws.glue_tables import make_compact
from bot.adapters.aws.session import client, make_session
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.embedded.aws import AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from bot.embedded.own_trail import OwnTrail
from bot.ports import TrailEngine
from bot.trail.compaction import Compacted

_PLACE = "s3://acme-compact/noroshi/"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
"""When all days are over."""


@contextmanager
def both_forms(
    folder: Path, files: Iterable[tuple[str, bytes]], first_day: date, own: OwnTrail | None = None
) -> Iterator[dict[str, TrailEngine]]:
    """The four by name; `files` lie in `folder` too."""
    duckdb = DuckdbEngine(str(folder), clock=lambda: LATER)
    _whole(duckdb.compact(lambda _: None, first_day))
    with pytest.MonkeyPatch.context() as patch, AwsStandIn(clock=lambda: LATER).serve() as aws:
        for name, value in aws.environment().items():
            patch.setenv(name, value)
        incident = Incident(1, LATER)
        seeded = furnish(aws, incident, own)
        aws.put_logs(incident.log_bucket, files)
        aws.make_bucket("acme-compact")
        session = make_session()
        glue = client("glue", session=session)
        _again(glue, seeded.database, seeded.table, "uncopied")
        make_compact(glue, seeded.database, seeded.table, _PLACE)
        where = {"database": seeded.database, "workgroup": seeded.workgroup, "poll_seconds": 0.05}
        settings = CompactSettings(table=seeded.table, compact_location=_PLACE, **where)
        compactor = AthenaCompactor(
            settings, lambda service: client(service, session=session), now=lambda: LATER
        )
        _whole(compactor.compact(lambda _: None, first_day))
        yield {
            "duckdb, raw": DuckdbEngine(str(folder), compact_location=f"{folder}.nothing"),
            "duckdb, compact": duckdb,
            "athena, raw": AthenaEngine(AthenaSettings(table="uncopied", **where), session=session),
            "athena, compact": AthenaEngine(AthenaSettings(table=seeded.table, **where), session=session),
        }


def _again(glue: Any, database: str, table: str, name: str) -> None:
    """The same table under another name, which no compact copy belongs to."""
    found = glue.get_table(DatabaseName=database, Name=table)["Table"]
    kept = ("StorageDescriptor", "PartitionKeys", "TableType", "Parameters")
    glue.create_table(DatabaseName=database, TableInput={"Name": name} | {key: found[key] for key in kept})


def _whole(made: Compacted) -> None:
    assert any(day.state == "made" for day in made.days)
    assert not [day for day in made.days if day.state == "failed"]
