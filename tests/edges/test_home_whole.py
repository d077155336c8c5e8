"""A Home tab of 500 open findings and 200 accounts stays within Slack's limits, and nobody in AWS is asked for it."""

import contextlib
import json

import pytest

from bot.adapters.records import fit
from bot.app.glancing import watched
from bot.app.production import Production
from bot.core.standing.form import as_body
from bot.core.standing.overview import overview
from bot.core.standing.view import show
from bot.edges.alerting import Alerting
from bot.edges.slack.home import front
from bot.embedded.slack.validate import check_view
from bot.errors import NoroshiError
from bot.ports import Record
from bot.settings import Settings
from commands import COMMANDS
from tests.aws_world import furnished
from tests.counting_door import counting_door
from tests.edges.homes import HOSTILE, big
from tests.glanced import NOW


@pytest.fixture(scope="module")
def seen():
    return overview(big())


def test_the_page_is_within_slacks_limits(seen):
    """Limits: docs.slack.dev, reference/views/home-tab-views (100 blocks), and 250 kB for a view."""
    page = front(COMMANDS, show(seen, NOW), note=HOSTILE)
    check_view(page, "home")

    assert len(page["blocks"]) <= 100
    assert len(json.dumps(page).encode()) <= 250_000
    assert "500" not in page["blocks"][0]["text"]["text"]
    assert "125 critical alerts nobody acknowledged" in page["blocks"][0]["text"]["text"]


def test_nothing_of_it_rings_or_formats_anything(seen):
    page = json.dumps(front(COMMANDS, show(seen, NOW)), ensure_ascii=False)

    assert '"mrkdwn"' not in page
    assert "\u202e" not in page


def test_the_record_is_within_what_a_store_takes(seen):
    [kept] = fit([Record("glance", as_body(seen), 0)])

    assert len(kept.body) < 100_000


@pytest.fixture
def given(monkeypatch, tmp_path):
    with furnished() as world, counting_door(world.aws.address) as (address, came):
        for name, value in {**world.aws.environment(), "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))
        store = f"sqlite:///{tmp_path}/noroshi.db"
        alerts = {"queue_url": world.seeded.queue_url, "channel": "#security", "store": store}
        yield Settings(alerts=alerts), came


def looked(alerting):
    for loop in alerting.loops:
        with contextlib.suppress(NoroshiError):
            loop._look()


def test_a_thousand_openings_ask_aws_nothing_without_any_metrics(given):
    settings, came = given
    alerting = Alerting()
    _, home = watched(Production(settings), alerting)
    looked(alerting)
    asked = len(came)
    for _ in range(1000):
        front(COMMANDS, home.view())

    assert asked > 0
    assert came[asked:] == []
    assert {row["state"] for row in home.view().rows if row["part"] == "problems"} == {"seen"}
    alerting.close()


def test_a_second_replica_shows_what_the_first_saw_and_asks_aws_nothing(given):
    settings, came = given
    first, second = Alerting(), Alerting()
    watched(Production(settings), first)
    looked(first)
    asked = len(came)
    _, home = watched(Production(settings), second)
    home.sync()
    looked(second)

    assert came[asked:] == []
    assert {row["state"] for row in home.view().rows if row["part"] == "buckets"} & {
        "seen",
        "partly",
        "refused",
    }
    first.close()
    second.close()
