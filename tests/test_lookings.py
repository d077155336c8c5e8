"""How often everything is looked up: the bot's own record at once, what AWS tells for nothing within minutes, the rest seldom."""

from datetime import timedelta

import pytest

from bot.app.lookings import Lookings
from bot.app.production import Production
from bot.settings import Settings

ALERTS = {"queue_url": "https://sqs.eu-west-1.amazonaws.com/111122223333/noroshi", "channel": "#security"}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OWN = {"problems", "queues"}
FREE = {"open_findings", "compliance"}
DEAR = {"spend", "forecast", "buckets", "advice"}


@pytest.fixture
def looked(monkeypatch, tmp_path):
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))

    def made(counting=None, **settings):
        def unasked():
            raise AssertionError("nothing is asked before it is due")

        return Lookings(Production(Settings(**settings), counting), unasked)

    return made


def paces(lookings):
    return {each.part: each.every for each in lookings.all()}


def test_what_the_bot_itself_knows_is_at_most_half_a_minute_old(looked):
    """What was told a minute ago must not stand there as nothing."""
    assert paces(looked(alerts=ALERTS))["problems"] <= MINUTE / 2


def test_what_costs_nothing_is_at_most_five_minutes_old(looked):
    found = paces(looked(alerts=ALERTS))

    assert all(found[part] <= 5 * MINUTE for part in OWN | FREE)


@pytest.mark.parametrize("refresh", [1, 15, 240])
@pytest.mark.parametrize("home", [1, 5, 60])
def test_what_is_dear_is_asked_no_more_often_for_people_than_for_metrics(looked, refresh, home):
    metrics = {"refresh_minutes": refresh}
    people = paces(looked(alerts=ALERTS, metrics=metrics, home={"refresh_minutes": home}))
    scraped = paces(looked(object(), alerts=ALERTS, metrics=metrics, home={"refresh_minutes": 0}))

    assert set(scraped) - set(people) == {"findings"}, "by the place: Prometheus alone is told"
    assert all(people[part] == scraped[part] for part in set(people) - OWN - FREE)
    assert all(people[part] >= max(HOUR, refresh * MINUTE) for part in DEAR)


def test_what_is_dear_is_looked_at_at_its_pace_alone(looked):
    assert {each.part for each in looked(alerts=ALERTS).all() if each.dear} == DEAR


def test_without_alerts_their_parts_are_off_and_say_so(looked):
    lookings = looked()

    assert set(lookings.off()) == OWN
    assert "NOROSHI_ALERTS__QUEUE_URL" in lookings.off()["problems"]
    assert looked(alerts=ALERTS).off() == {}
