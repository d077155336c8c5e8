"""Alerts start with a store that is there, or not at all."""

import pytest

from bot.app.alerts import alerting
from bot.app.production import Production
from bot.errors import NoroshiError
from bot.settings import read
from tests.aws_world import furnished


@pytest.fixture
def settings(monkeypatch, tmp_path):
    with furnished() as world:
        for name, value in world.aws.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "noroshi.toml"))
        monkeypatch.setenv("NOROSHI_ALERTS__QUEUE_URL", world.seeded.queue_url)
        monkeypatch.setenv("NOROSHI_ALERTS__CHANNEL", "#security")
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-no-secret")
        yield monkeypatch


@pytest.mark.parametrize("store", ["dynamodb://nothing", "sqlite:////nowhere/at/all.db"])
def test_a_store_that_is_not_there_is_said_at_the_start(settings, store):
    settings.setenv("NOROSHI_ALERTS__STORE", store)

    with pytest.raises(NoroshiError) as told:
        alerting(Production(read()))
    assert told.value.hint


def test_a_store_that_is_there_is_taken(settings, tmp_path):
    settings.setenv("NOROSHI_ALERTS__STORE", f"sqlite:///{tmp_path}/noroshi.db")

    alerts, desk = alerting(Production(read()))
    alerts.stop()

    assert desk is not None
    assert len(alerts.intakes) == 1


def test_without_a_channel_alerts_are_off(settings):
    settings.delenv("NOROSHI_ALERTS__CHANNEL")

    alerts, desk = alerting(Production(read()))

    assert (alerts.intakes, desk) == ((), None)
