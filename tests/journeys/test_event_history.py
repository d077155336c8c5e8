"""An AWS with the incident and no table: of management calls, the event history tells what the table would."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.lookup import LookupEngine
from bot.adapters.aws.session import client, make_session
from bot.adapters.fallback import OrHistory
from bot.core.span import Span
from bot.embedded.aws import HOME, AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from bot.embedded.incident.logs import theft_files
from bot.settings import child_environment
from bot.trail.questions import key, root
from bot.trail.rows import Asked, rows
from tests.aws_world import key_of, packed, record
from tests.patience import LONGEST

ASKED = {HOME, "us-east-1"}
ALIKE = ("at", "event_id", "event_name", "principal", "region", "source_ip", "error_code", "target", "via")


def silent(_: str) -> None:
    pass


class World:
    """What the table answers, before it is taken away; then AWS without one."""

    def __init__(self, aws, incident, seeded, records):
        self.aws, self.incident, self.records = aws, incident, records
        self.session = make_session()
        self.athena = AthenaEngine(
            AthenaSettings(seeded.database, seeded.table, seeded.workgroup, poll_seconds=0.01),
            session=self.session,
        )
        span = Span(incident.now - timedelta(days=30), incident.now)
        self.questions = {
            "key": rows(Asked(span, limit=5000), key(incident.leaked_key_id)),
            "root": rows(Asked(span, limit=5000), root()),
        }
        self.tabled = {name: self.athena.run(one, silent).rows for name, one in self.questions.items()}
        aws.client("glue").delete_table(DatabaseName=seeded.database, Name=seeded.table)

    def history(self, name):
        asked = OrHistory(
            AthenaEngine(AthenaSettings(workgroup="noroshi"), session=self.session),
            LookupEngine(
                lambda region: client("cloudtrail", region, self.session),
                lambda: self.session.region_name,
                now=lambda: self.incident.now,
                sleep=lambda _: None,
            ),
        )
        return asked.run(self.questions[name], silent)

    def management(self, name):
        """The table's rows of calls that the event history keeps."""
        return [
            row
            for row in self.tabled[name]
            if row["region"] in ASKED and self.records[row["event_id"]]["eventCategory"] == "Management"
        ]


@pytest.fixture(scope="module")
def world():
    now = datetime.now(UTC).replace(microsecond=0)
    incident = Incident(1, now)
    files = {file.key: file.body for file in theft_files(incident)}
    at = now - timedelta(hours=20)
    by_root = record(
        1,
        at,
        incident.prod.id,
        "us-east-1",
        userIdentity={
            "type": "Root",
            "arn": f"arn:aws:iam::{incident.prod.id}:root",
            "accountId": incident.prod.id,
        },
        eventSource="iam.amazonaws.com",
        eventName="CreateAccessKey",
        eventCategory="Management",
        requestParameters=None,
        resources=None,
        readOnly=False,
    )
    files[key_of(incident.prod.id, "us-east-1", at, "root")] = packed([by_root])
    records = {
        one["eventID"]: one
        for body in files.values()
        for one in json.loads(gzip.decompress(body)).get("Records", ())
    }
    with pytest.MonkeyPatch.context() as patch, AwsStandIn(clock=lambda: now).serve() as aws:
        for name, value in aws.environment().items():
            patch.setenv(name, value)
        seeded = furnish(aws, incident)
        aws.put_logs(incident.log_bucket, files.items())
        yield World(aws, incident, seeded, records)


def alike(found):
    return sorted(json.dumps({name: row[name] for name in ALIKE}) for row in found)


@pytest.mark.parametrize("name", ["key", "root"])
def test_the_history_tells_of_management_calls_what_the_table_would(world, name):
    answer = world.history(name)

    assert answer.rows
    assert alike(answer.rows) == alike(world.management(name))
    assert answer.receipt.engine == "lookup-events"
    assert answer.caveats[0].code == "event-history-only"


def test_the_terminal_answers_without_a_table_and_says_from_where(world):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "trail", "key", world.incident.leaked_key_id, "--format", "json"],
        env=child_environment(world.aws.environment() | {"NOROSHI_SETTINGS": "none.toml"}),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )

    said = json.loads(done.stdout)
    codes = {one["code"] for one in said["caveats"]}
    assert (done.returncode, said["receipt"]["engine"]) == (0, "lookup-events")
    assert said["rows"]
    assert "event-history-only" in codes
    assert not codes & {"no-trail", "data-events-off", "data-events-partial"}
