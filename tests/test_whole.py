"""The parts of the running bot share what they paid for: figures that one looked up are not asked again by another."""

from datetime import UTC, datetime

import pytest

from bot.app.whole import whole
from bot.edges import looks
from bot.embedded.aws.costs.furnish import furnish_bills
from bot.embedded.incident import Incident
from bot.errors import Upstream
from bot.settings import Settings
from tests.aws_world import furnished
from tests.counting_door import counting_door


@pytest.fixture
def given(monkeypatch, tmp_path):
    with furnished() as world, counting_door(world.aws.address) as (address, came):
        for name, value in {**world.aws.environment(), "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        world.aws.billing.clock = lambda: datetime.now(UTC)
        furnish_bills(world.aws, Incident(1, datetime.now(UTC)))
        monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))
        store = f"sqlite:///{tmp_path}/noroshi.db"
        alerts = {"queue_url": world.seeded.queue_url, "channel": "#security", "store": store}
        yield Settings(alerts=alerts, slack_bot_token="xoxb-no-secret"), came


def test_a_question_of_the_bill_asks_nothing_that_was_just_looked_up(given):
    settings, came = given
    made = whole(settings, None)
    try:
        next(loop for loop in made.alerting.loops if getattr(loop, "_name", "") == "look at spend")._look()
        looked = len(came)
        production = made.edge.args[0]
        seen = looks.spend(production.bills, datetime.now(UTC), ("service",))
    finally:
        made.alerting.close()

    assert looked > 0
    assert seen.value.by_day
    assert came[looked:] == []


def test_what_is_kept_is_one_store_for_all_and_the_end_closes_it(given):
    settings, _ = given
    made = whole(settings, None)
    production, _, desk, _ = made.edge.args
    assert desk.ledger.store is production.store

    made.alerting.close()
    with pytest.raises(Upstream):
        production.store.read("anything")
