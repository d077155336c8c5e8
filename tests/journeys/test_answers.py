"""A question's whole way: typed in Slack, through Athena, back as blocks; and the same in the terminal."""

import asyncio
import csv
import json
import sys
from pathlib import Path

import pytest

from bot.settings import child_environment
from tests.journeys.steps import MIKA, parts, texts

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROOT = Path(__file__).parents[2]
ASKED = "/trail who-accessed acme-payroll --since 7d"


async def noroshi(journey, *words):
    """Run the command line in a process of its own; gives exit code, stdout, stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        # Asked again, each time: an earlier answer would have read nothing.
        env=child_environment(
            journey.world.environment() | {"PYTHONPATH": str(ROOT), "NOROSHI_TRAIL__REUSE_MINUTES": "0"}
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_the_leaked_key_is_in_the_answer(journey):
    answer = await journey.asks(ASKED)

    said = " ".join(texts(answer.blocks))
    assert answer.body["text"].startswith("Who accessed acme-payroll")
    assert answer.only_for == journey.world.slack.world.user(MIKA).id
    assert "backup" in said
    assert journey.world.incident.attacker_ip in said
    assert "Not seen:" in said
    assert "Athena · " in said


async def test_slack_the_terminal_and_json_agree(journey):
    answer = await journey.asks(ASKED)
    code, out, err = await noroshi(journey, "trail", "who-accessed", "acme-payroll", "--since", "7d")

    answered = json.loads(out)
    backup = next(row for row in answered["rows"] if row["principal"].endswith("user/backup"))
    assert (code, err) == (0, "")
    assert f"{backup['calls']:,}" in texts(answer.blocks)
    assert answered["command"] == "trail who-accessed"
    assert answered["receipt"]["engine"] == "athena"
    assert answered["receipt"]["bytes_scanned"] > 0
    assert answered["receipt"]["query_id"]
    assert backup["first_seen"].endswith("Z")


async def test_csv_has_the_same_rows(journey):
    _, out, _ = await noroshi(journey, "trail", "who-accessed", "acme-payroll", "--format", "csv")
    _, as_json, _ = await noroshi(journey, "trail", "who-accessed", "acme-payroll", "--format", "json")

    rows = list(csv.DictReader(out.splitlines()))
    assert [row["principal"] for row in rows] == [row["principal"] for row in json.loads(as_json)["rows"]]


async def test_no_object_events_is_not_nobody(journey):
    answer = await journey.asks("/trail who-accessed acme-archive")

    assert "no trail records them for this bucket" in " ".join(texts(answer.blocks))


@pytest.mark.parametrize(
    ("bucket", "says"),
    [
        ("acme-reports", "Who accessed acme-reports"),
        ("no-such-bucket-here", "There is no bucket no-such-bucket-here"),
    ],
)
async def test_a_bucket_is_told_to_exist_or_not(journey, bucket, says):
    answer = await journey.asks(f"/trail who-accessed {bucket}")

    assert answer.body["text"].startswith(says)


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (["who-accessed", "x" * 400], 2, "BadRequest"),
        (["who-accessed", "acme-payroll", "--since", "soon"], 2, "BadRequest"),
        (["who-acessed", "acme-payroll"], 2, "BadRequest"),
    ],
)
async def test_a_bad_question_teaches_on_stdout_as_json(journey, words, code, kind):
    ended, out, _ = await noroshi(journey, "trail", *words, "--format", "json")

    error = json.loads(out)["error"]
    assert (ended, error["type"]) == (code, kind)
    assert error["message"]
    assert error["hint"]


@pytest.mark.parametrize("text", ["/trail", "/trail help", "/trail who-accessed --help"])
async def test_help_is_an_answer(journey, text):
    answer = await journey.asks(text)

    assert "Usage: /trail" in " ".join(texts(answer.blocks))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/trail who-accessed “acme-payroll", "A quote is opened and never closed."),
        ("/trail who-accessed acme-payroll --since soon", "I can't read the time 'soon'."),
        (f"/trail who-accessed {'x' * 400}", "(400 characters)” is no bucket name"),
    ],
)
async def test_an_error_stands_in_place_of_the_answer(journey, text, says):
    answer = await journey.asks(text)

    assert says in " ".join(texts(answer.blocks))


async def test_hostile_words_come_back_harmless(journey):
    answer = await journey.asks("/trail who-accessed <!channel>`*x*`<https://evil|click>\u202e")

    assert "<!" not in answer.body["text"]
    assert "\u202e" not in json.dumps(answer.body, ensure_ascii=False)
    assert not any(part.get("type") == "mrkdwn" for part in parts(answer.body))


async def test_the_doctor_finds_all_well(journey):
    code, out, _ = await noroshi(journey, "doctor", "--format", "json")

    states = {row["check"]: row["state"] for row in json.loads(out)["rows"]}
    assert states.pop("compact copy") == "off"
    assert states.pop("Cost Explorer") == "off"  # nobody asked it yet, and the doctor does not pay for a look
    assert (code, {*states.values()}) == (0, {"ok"})


async def test_the_doctor_names_what_is_missing_and_its_fix(journey):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "doctor",
        "--format",
        "json",
        cwd=ROOT,
        env=child_environment(
            journey.world.environment()
            | {
                "PYTHONPATH": str(ROOT),
                "NOROSHI_TRAIL__TABLE": "nothing",
                "NOROSHI_TRAIL__WORKGROUP": "none",
                "NOROSHI_ALERTS__CHANNEL": "#nowhere",
                "SLACK_BOT_TOKEN": "xoxb-wrong",
            }
        ),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()

    missing = {row["check"]: row["fix"] for row in json.loads(out)["rows"] if row["state"] == "missing"}
    assert process.returncode == 4
    assert {"bot token", "scopes", "channel #nowhere", "workgroup", "records"} <= set(missing)
    assert all(missing.values())
