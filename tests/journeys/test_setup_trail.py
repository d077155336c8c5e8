"""An AWS with a trail and no table: a person sets it up in the terminal, and asks."""

import json
import subprocess
import sys

import pytest

from bot.embedded.aws import HOME, PROD, AwsStandIn
from bot.settings import child_environment
from bot.trail.table import table_input
from tests.aws_world import LOGS, NOW, log_files
from tests.patience import LONGEST

RESULTS = "acme-results"
ASKED = ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-03", "--until", "2026-09-08T12:00Z")


@pytest.fixture
def aws():
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        for bucket in (LOGS, RESULTS, "acme-payroll"):
            made.make_bucket(bucket, PROD.id, HOME)
        made.put_logs(LOGS, log_files().items())
        cloudtrail = made.client("cloudtrail")
        cloudtrail.create_trail(Name="acme-trail", S3BucketName=LOGS, IsMultiRegionTrail=True)
        cloudtrail.start_logging(Name="acme-trail")
        yield made


@pytest.fixture
def noroshi(aws, tmp_path):
    """Runs `noroshi` as a shell would; gives its exit code and both of its outputs."""
    settings = {
        "NOROSHI_SETTINGS": str(tmp_path / "none.toml"),
        "NOROSHI_TRAIL__WORKGROUP": "noroshi",
        "NOROSHI_TRAIL__OUTPUT_LOCATION": f"s3://{RESULTS}/noroshi/",
    }

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=child_environment(aws.environment() | settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def calls(out):
    return sum(row["calls"] for row in json.loads(out)["rows"])


def codes(out):
    return [caveat["code"] for caveat in json.loads(out)["caveats"]]


def test_one_command_makes_the_table_that_the_next_one_asks(noroshi):
    code, out, _ = noroshi(*ASKED)
    assert (code, "make a table: noroshi setup trail" in out) == (0, True)

    code, out, problem = noroshi("setup", "trail")
    assert (code, problem) == (0, "")
    assert out.splitlines()[:2] == [
        "  trail      acme-trail (of account 111122223333, every region, logging): the only one",
        "  files      s3://acme-trail-logs/AWSLogs/: 2 accounts, 2 regions, since 2026-09-03",
    ]
    for made in (
        "database   noroshi: made",
        "table      noroshi.cloudtrail: made",
        "workgroup  noroshi: made",
    ):
        assert made in out

    code, out, _ = noroshi(*ASKED, "--format", "json")
    assert code == 0
    assert calls(out) == 241

    code, out, _ = noroshi("doctor", "--only", "trail", "--format", "json")
    found = {row["check"]: row["state"] for row in json.loads(out)["rows"]}
    assert found["table"] == found["workgroup"] == "ok"


def test_the_days_of_a_table_partitioned_by_hand_are_missed_until_they_are_adopted(aws, noroshi):
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "noroshi"})
    made = table_input("cloudtrail", f"s3://{LOGS}/AWSLogs/{PROD.id}/CloudTrail/", [], [], "2024/01/01")
    made["PartitionKeys"] = [{"Name": key, "Type": "string"} for key in ("region", "year", "month", "day")]
    glue.create_table(DatabaseName="noroshi", TableInput=made | {"Parameters": {"EXTERNAL": "TRUE"}})

    code, out, _ = noroshi("setup", "trail")
    assert code == 0
    assert "is used as it is" in out
    assert "noroshi setup trail --adopt adds its missing days" in out

    code, out, _ = noroshi(*ASKED, "--format", "json")
    assert code == 0
    assert "partitions-missing" in codes(out)
    assert calls(out) == 0

    code, out, _ = noroshi("setup", "trail", "--adopt")
    assert (code, "12 partitions added" in out) == (0, True)

    code, out, _ = noroshi(*ASKED, "--format", "json")
    assert code == 0
    assert "partitions-missing" not in codes(out)
    assert calls(out) == 121
