"""What events would become, and where they would go, without posting them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.core.event import Event
from bot.core.route import Route, Routes
from bot.core.severity import Severity
from bot.edges.preview import COLUMNS, preview_files
from bot.pipeline.reading import Outcome, Reading
from bot.render.files import to_csv
from bot.render.terminal import show
from bot.sources import SOURCES

EVENTS = Path(__file__).parents[1] / "events"
FIRES, QUIET = EVENTS / "guardduty/fires.json", EVENTS / "guardduty/quiet.json"
HIGH = Route(severity=frozenset({Severity.HIGH}), channel="#oncall", mention="<!here>")
LET_GO = Outcome(Event("aws.guardduty", "GuardDuty Finding", {}), dropped="archived in GuardDuty")
reading = Reading(SOURCES, Routes([HIGH], "#security"))


def printed(view, width=100):
    out = io.StringIO()
    show(view, Console(file=out, width=width))
    return out.getvalue()


def test_a_finding_becomes_a_row_of_the_contract():
    row = preview_files([FIRES], reading.decide).rows[0]

    assert row["source"] == "guardduty"
    assert row["severity"] == "high"
    assert row["next_steps"][0] == "trail who-accessed acme-payroll --since 2026-09-07T21:11:00Z"
    assert row["text"].startswith(f"{row['title']}\n")
    assert tuple(row) == COLUMNS[:-1]


def test_a_row_says_where_its_route_leads_and_whom_it_rings():
    rows = preview_files([FIRES, EVENTS / "unknown/fires.json"], reading.decide).rows

    assert [(row["channel"], row["mention"]) for row in rows] == [("#oncall", "<!here>"), ("#security", None)]


def test_an_archived_finding_says_why_it_is_let_go():
    (row,) = preview_files([QUIET], reading.decide).rows

    assert list(row) == ["dropped"]
    assert "archived" in row["dropped"]


def test_a_person_reads_the_whole_alert_and_its_way():
    outcome = reading.decide(FIRES.read_text())
    became = iter([outcome, LET_GO])
    said = printed(preview_files([FIRES, QUIET], lambda _: next(became)), 200)

    assert said.startswith("2 events read: 1 would be told, 1 let go; nothing is posted\n")
    assert f"● HIGH  {outcome.alert.title}\n" in said
    assert "→ #oncall, rings @here · route 1\n" in said
    assert "noroshi trail who-accessed acme-payroll --since 2026-09-07T21:11:00Z\n" in said
    assert "1 of 2 · fires.json\n" in said
    assert "○ LET GO  archived in GuardDuty.\n" in said


def test_an_alert_without_a_channel_says_that_it_goes_nowhere():
    said = printed(preview_files([FIRES], Reading(SOURCES, Routes()).decide))

    assert "→ nowhere" in said
    assert "NOROSHI_ALERTS__CHANNEL" in said


def test_what_ends_a_problem_says_so():
    outcome = reading.decide(FIRES.read_text())
    over = replace(outcome, alert=replace(outcome.alert, resolved=True))
    became = iter([over, replace(LET_GO, closes="the key")])
    said = printed(preview_files([FIRES, QUIET], lambda _: next(became)))

    assert "● HIGH  over: " in said
    assert "○ LET GO  archived in GuardDuty. It ends what was told under its key." in said


def test_a_csv_holds_every_alert_though_the_first_event_is_let_go():
    became = iter([LET_GO, reading.decide(FIRES.read_text())])
    first, second = csv.DictReader(io.StringIO(to_csv(preview_files([QUIET, FIRES], lambda _: next(became)))))

    assert first["dropped"] == "archived in GuardDuty"
    assert (second["severity"], second["channel"]) == ("high", "#oncall")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_sources_event_is_told_whole(source):
    file = EVENTS / source.name / "fires.json"
    row = preview_files([file], reading.decide).rows[0]
    said = printed(preview_files([file], reading.decide), 400)

    assert row["source"] == source.name
    assert all(line in said for line in row["text"].split("\n") if line)


def test_hostile_words_of_an_event_do_nothing_to_a_terminal(tmp_path):
    file = tmp_path / "evil.json"
    file.write_text(
        json.dumps({"detail-type": "\x1b[2J[bold]x\u202e", "source": "a", "detail": {"b": "\x1b]0;x\x07"}})
    )

    said = printed(preview_files([file], reading.decide))
    assert "[bold]" in said
    assert not {"\x1b", "\x07", "\u202e"} & set(said)


@pytest.mark.parametrize(
    "content", ["no JSON", "7", "null", '"x"', "[[]]\n[{}]", '{"Messages": [1, {"Body": 2}]}']
)
def test_what_nobody_can_read_is_told_as_unknown(tmp_path, content):
    file = tmp_path / "odd"
    file.write_text(content)

    assert {row["source"] for row in preview_files([file], reading.decide).rows} == {"unknown"}


def test_half_an_event_is_told_as_unknown_and_said_to_be_broken(tmp_path):
    file = tmp_path / "half.json"
    file.write_text(FIRES.read_text()[:-5])
    view = preview_files([file], reading.decide)

    assert [row["source"] for row in view.rows] == ["unknown"]
    assert "This answer may be wrong: half.json is no whole JSON: " in printed(view)
