"""What the bot says of money by itself is there as the settings say, and nothing of it otherwise."""

from datetime import UTC, datetime

import pytest

from bot.app import money
from bot.app.production import Production
from bot.core.told import Patience
from bot.pipeline import Ledger
from bot.settings import Settings
from tests.fakes import FakeStore

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)


def settings(**billing):
    alerts = {"channel": "#security", "routes": [{"source": ["billing"], "channel": "#billing"}]}
    return Settings(alerts=alerts, billing=billing)


def loops(**billing):
    production, book = Production(settings(**billing)), Ledger(FakeStore(), Patience(), lambda: NOW)
    return money.spending(production, book, lambda *_: None, _Watch()), money.digest(
        production, book, lambda _: None
    )


class _Watch:
    def settle(self, _):
        raise AssertionError("nothing is looked at here")


def test_both_are_on_unless_they_are_switched_off():
    assert [len(each) for each in loops()] == [1, 1]
    assert [len(each) for each in loops(watch=False, digest_on="")] == [0, 0]
    assert [len(each) for each in loops(digest_at="")] == [1, 0]


@pytest.mark.parametrize(
    ("billing", "channel"), [({}, "#billing"), ({"digest_channel": "#finance"}, "#finance")]
)
def test_the_digest_goes_to_its_channel_or_where_alerts_about_money_do(billing, channel):
    assert money.digest_channel(settings(**billing)) == channel


def test_a_channel_that_only_the_digest_has_is_one_that_things_are_told_in():
    assert settings(digest_channel="#finance").channels == ["#security", "#billing", "#finance"]
    assert settings().channels == ["#security", "#billing"]
