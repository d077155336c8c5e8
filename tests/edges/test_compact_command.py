"""`noroshi trail compact`: what it says, how it ends, and that it is the terminal's alone."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from bot.core.view import Caveat
from bot.deploy.manifest import manifest
from bot.edges.compact_command import compact_command, show
from bot.edges.terminal import program
from bot.errors import AccessDenied
from bot.trail.compaction import Compacted, DayCopied
from commands import COMMANDS

MADE = DayCopied(date(2026, 9, 7), "made", 4, 12_000_000, 1_000_000, 0.00006)
KEPT = DayCopied(date(2026, 9, 6), "kept", 4)
EARLY = DayCopied(date(2026, 9, 8), "too-early")
FAILED = DayCopied(date(2026, 9, 5), "failed", 4, why="No. Allow glue:UpdatePartition")


class Fake:
    def __init__(self, *days):
        self.days, self.since, self.error = days, [], None

    def compact(self, progress, since):
        progress("Looking…")
        self.since.append(since)
        if self.error:
            raise self.error
        return Compacted("athena", 1.5, self.days, (Caveat("copies-left-over", "9 files"),))


def run(fake, *words):
    beside = {"trail": [compact_command(lambda: fake)]}
    return CliRunner().invoke(program(COMMANDS, lambda: None, [], beside), ["trail", *words])


def test_a_row_says_what_came_of_each_day():
    shown = run(Fake(EARLY, MADE, KEPT), "compact", "--format", "json")

    answer = json.loads(shown.stdout)
    assert shown.exit_code == 0
    assert shown.stderr == "Looking…\n"
    assert [row["state"] for row in answer["rows"]] == ["too-early", "made", "kept"]
    assert answer["rows"][1] == {
        "day": "2026-09-07",
        "files": 4,
        "bytes_read": 12_000_000,
        "bytes_written": 1_000_000,
        "cost_usd": 0.00006,
        "state": "made",
        "why": None,
    }


@pytest.mark.parametrize(
    ("days", "title", "code"),
    [
        ((MADE, KEPT), "1 day copied", 0),
        ((KEPT,), "The compact copy is up to date", 0),
        ((), "The compact copy is up to date", 0),
        ((MADE, FAILED), "1 day could not be copied, 1 copied", 4),
    ],
)
def test_the_first_line_is_the_answer_and_the_exit_code_tells_failure(days, title, code):
    shown = run(Fake(*days), "compact", "--format", "rich")

    assert shown.exit_code == code
    assert shown.stdout.startswith(title)
    assert ("glue:UpdatePartition" in shown.stdout) == (code == 4)


def test_what_cannot_be_begun_at_all_ends_in_4_too():
    fake = Fake()
    fake.error = AccessDenied("No.", "Allow it.", action="glue:GetTable")

    assert run(fake, "compact").exit_code == 4


def test_since_is_a_day_of_utc():
    fake = Fake()
    run(fake, "compact")
    run(fake, "compact", "--since", "2026-09-03")
    run(fake, "compact", "--since", "2d")

    assert fake.since[:2] == [None, date(2026, 9, 3)]
    assert 2 <= (datetime.now(UTC).date() - fake.since[2]).days <= 3
    assert run(fake, "compact", "--since", "soon").exit_code == 2


def test_the_help_of_trail_tells_of_it_and_a_questions_does_not():
    assert "\n  compact  Bring the compact copy up to date\n" in run(Fake(), "--help").stdout
    assert "compact" not in run(Fake(), "who-accessed", "--help").stdout
    assert run(Fake(), "compact", "--help").stdout.startswith("Usage:")


def test_slack_knows_nothing_of_it():
    assert all("compact" not in slash.asks() for slash in COMMANDS)
    assert "compact" not in json.dumps(manifest(COMMANDS))


def test_many_days_are_shown_in_part_and_told_in_rows_whole():
    view = show(Compacted("athena", 1.0, tuple([MADE] * 150)), None)

    assert (len(view.sections[0].rows), view.sections[0].more, len(view.rows)) == (100, 50, 150)
    assert view.receipt.bytes_scanned == 150 * 12_000_000
