"""How often AWS is asked for what metrics and people are shown."""

from datetime import timedelta

import pytest

from bot.app.lookings import Lookings
from bot.settings import Settings
from tests.fakes import FakeStore


def paces(**metrics):
    lookings = Lookings(Settings(metrics={"port": 0, **metrics}), None, FakeStore)
    return {looking.part: looking.every for looking in lookings.all()}


@pytest.fixture(autouse=True)
def _bare(monkeypatch, tmp_path):
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))


def test_what_is_paid_by_the_series_is_looked_up_every_three_hours_at_most():
    """What is expected asks for the same series: it must not ask for them in between."""
    for part in ("spend", "forecast"):
        assert paces(refresh_minutes=1)[part] == timedelta(hours=3)
        assert paces(refresh_minutes=600)[part] == timedelta(hours=10)


def test_every_bucket_is_looked_at_once_an_hour_at_most():
    assert paces()["buckets"] == timedelta(hours=1)
