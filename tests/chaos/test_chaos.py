"""Killed at random while Slack fails: every alert stands in Slack, and once. The full form is tests/chaos/run.py."""

from dataclasses import replace

import pytest

from tests.chaos.chaos import Plan, Report, play


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan(alerts=60, kills=8, gap=0.4), id="each by itself"),
        pytest.param(Plan(alerts=40, kills=4, gap=0.4, store="dynamodb", fold=True), id="storms folded"),
    ],
)
async def test_every_alert_is_told_once_whatever_dies(tmp_path, plan):
    report = await _fair(plan, tmp_path)

    assert report.verdict.faults == []
    assert report.kills >= plan.kills
    assert report.failed > 0


async def _fair(plan: Plan, folder) -> Report:
    """Slower and slower where a broken promise may be the machine's, whose Slack answers too late."""
    for slower in (1, 2, 4):
        where = folder / str(slower)
        where.mkdir()
        report = await play(replace(plan, slower=slower), where)
        if report.fair or not report.verdict.faults:
            break
    return report
