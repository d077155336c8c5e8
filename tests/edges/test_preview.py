"""What events would become, without posting them."""

import json
from pathlib import Path

import pytest

from bot.edges.preview import bodies, preview_files
from bot.errors import BadRequest, NotFound

EVENTS = Path(__file__).parents[1] / "events/guardduty"


def test_a_finding_becomes_a_row_of_the_contract():
    row = preview_files([EVENTS / "fires.json"], "#security").rows[0]

    assert row["source"] == "guardduty"
    assert row["severity"] == "high"
    assert row["channel"] == "#security"
    assert row["next_steps"] == ["trail who-accessed acme-payroll --since 2026-09-07T21:11:00Z"]
    assert set(row) == {
        "source",
        "kind",
        "key",
        "severity",
        "title",
        "account_id",
        "region",
        "resource",
        "channel",
        "mention",
        "text",
        "next_steps",
    }


def test_an_archived_finding_says_why_it_is_dropped():
    assert preview_files([EVENTS / "quiet.json"], None).rows == ({"dropped": "archived or of no interest"},)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ("plain words", 1),
        ('{"a": 1}', 1),
        ('[{"a": 1}, {"b": 2}]', 2),
        (json.dumps({"Messages": [{"Body": "{}"}, {"Body": "x"}]}), 2),
        (json.dumps({"Body": "x", "MessageId": "m"}), 1),
        ("[]", 0),
    ],
)
def test_a_file_may_hold_one_message_or_many(tmp_path, content, count):
    file = tmp_path / "events.json"
    file.write_text(content)

    assert len(list(bodies(file))) == count


def test_a_file_that_is_no_text_teaches(tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\xff\xfe")

    with pytest.raises(BadRequest, match="can't be read as text"):
        preview_files([file], None)


@pytest.mark.parametrize("content", ["", "  ", '{"half": ', "[1, 2"])
def test_a_broken_file_is_said_to_be_broken(tmp_path, content):
    file = tmp_path / "half.json"
    file.write_text(content)

    with pytest.raises(BadRequest, match=r"half\.json is"):
        preview_files([file], None)


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    for place in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(NotFound):
            preview_files([place], None)
