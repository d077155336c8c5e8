"""Killed at random while Slack fails: every alert stands in Slack, and once. The full form is tests/chaos/run.py."""

import pytest

from tests.chaos.chaos import Plan, play


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan(alerts=60, kills=8, gap=0.4), id="each by itself"),
        pytest.param(Plan(alerts=40, kills=4, gap=0.4, store="dynamodb", fold=True), id="storms folded"),
    ],
)
async def test_every_alert_is_told_once_whatever_dies(tmp_path, plan):
    report = await play(plan, tmp_path)

    assert report.verdict.faults == []
    assert report.kills >= plan.kills
    assert report.failed > 0
