"""What the first second of a process does, and does not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import child_environment

ROOT = Path(__file__).parents[1]
HEAVY = {
    "aiohttp",
    "boto3",
    "botocore",
    "duckdb",
    "moto",
    "pyathena",
    "rich",
    "slack_bolt",
    "slack_sdk",
    "sqlglot",
    "structlog",
}


def python(*words, **environment):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=child_environment({"NOROSHI_SETTINGS": "/nowhere.toml"} | environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_loads_nothing_heavy():
    code = (
        "import sys, json, contextlib, io\n"
        "from bot.app import main\n"
        "sys.argv = ['noroshi', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    assert not HEAVY & set(json.loads(python("-c", code).stdout))


def test_the_version_is_told():
    assert python("-m", "bot", "--version").stdout.strip() == f"noroshi {__version__}"


def test_help_names_every_command():
    said = python("-m", "bot", "--help").stdout

    assert all(name in said for name in ("run", "demo", "doctor", "setup", "alert", "trail"))


def test_a_command_without_words_is_help_and_no_error():
    ended = python("-m", "bot", "trail")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "who-accessed" in ended.stdout


def test_without_tokens_run_says_what_to_do():
    ended = python("-m", "bot", "run")

    assert ended.returncode == 2
    assert "SLACK_BOT_TOKEN is not set." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_socket_mode_without_its_token_says_so():
    ended = python("-m", "bot", "run", SLACK_BOT_TOKEN="xoxb-fake")

    assert ended.returncode == 2
    assert "SLACK_APP_TOKEN" in ended.stderr
    assert "xoxb-fake" not in ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NOROSHI_TRAIL__ENGINE", "sqlite", "trail.engine"),
        ("NOROSHI_TRAIL__TABLE", "x; DROP TABLE y", "trail.table"),
        ("NOROSHI_TRAIL__TIMEOUT_SECONDS", "-1", "trail.timeout_seconds"),
        ("NOROSHI_ALERTS__ROUTES", "nonsense", "alerts.routes"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name, value, says):
    ended = python("-m", "bot", "trail", "who-accessed", "acme-payroll", "--format", "json", **{name: value})

    error = json.loads(ended.stdout)["error"]
    assert ended.returncode == 2
    assert says in error["message"]
    assert value not in error["message"]


def test_a_settings_file_is_read_and_the_environment_stands_over_it(tmp_path):
    file = tmp_path / "noroshi.toml"
    file.write_text('[trail]\nengine = "duckdb"\nlocation = "/nowhere/at/all"\n')
    ask = ("-m", "bot", "trail", "who-accessed", "acme-payroll", "--format", "json")

    in_file = json.loads(python(*ask, NOROSHI_SETTINGS=str(file)).stdout)
    over_it = json.loads(
        python(*ask, NOROSHI_SETTINGS=str(file), NOROSHI_TRAIL__LOCATION="/another/place").stdout
    )

    assert "/nowhere/at/all" in in_file["error"]["message"]
    assert "/another/place" in over_it["error"]["message"]


def test_a_settings_file_that_is_no_toml_says_so(tmp_path):
    file = tmp_path / "noroshi.toml"
    file.write_text("trail = [")

    ended = python("-m", "bot", "trail", "who-accessed", "acme-payroll", NOROSHI_SETTINGS=str(file))

    assert (ended.returncode, "settings file can't be read" in ended.stdout) == (2, True)


@pytest.fixture
def log_folder(tmp_path):
    record = {
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "IAMUser",
            "arn": "arn:aws:iam::111122223333:user/backup",
            "accountId": "111122223333",
        },
        "eventTime": "2026-09-08T03:11:00Z",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetBucketPolicy",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "198.51.100.7",
        "requestParameters": {"bucketName": "acme-payroll"},
        "eventID": "1",
    }
    (tmp_path / "log.json").write_text(json.dumps({"Records": [record]}))
    return tmp_path


@pytest.mark.parametrize("bucket", ["acme-payroll", "acme-archive"])
def test_log_files_are_answered_without_any_aws_and_stdout_holds_the_answer_alone(log_folder, bucket):
    ended = python(
        "-m",
        "bot",
        "trail",
        "who-accessed",
        bucket,
        "--since",
        "2026-09-01",
        "--until",
        "2026-09-09",
        "--format",
        "json",
        NOROSHI_TRAIL__ENGINE="duckdb",
        NOROSHI_TRAIL__LOCATION=str(log_folder),
        HOME=str(log_folder),
        AWS_EC2_METADATA_DISABLED="true",
    )

    answer = json.loads(ended.stdout)
    assert (ended.returncode, len(answer["rows"])) == (0, 1 if bucket == "acme-payroll" else 0)
    assert "trail-unknown" in [caveat["code"] for caveat in answer["caveats"]]
