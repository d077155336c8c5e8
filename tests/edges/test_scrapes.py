"""A scrape asks AWS nothing: of a real bot's page over a real server, with an AWS that counts what it is asked."""

import contextlib
import sys

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.app.glancing import watched
from bot.app.metering import metering
from bot.app.production import Production
from bot.edges.alerting import Alerting
from bot.errors import NoroshiError
from bot.settings import Settings
from tests.aws_world import furnished
from tests.counting_door import counting_door


@pytest.fixture
def aws(monkeypatch):
    with furnished() as world:
        for name, value in world.aws.environment().items():
            monkeypatch.setenv(name, value)
        yield world


@pytest.fixture
def given(aws, tmp_path, monkeypatch):
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))
    alerts = {
        "queue_url": aws.seeded.queue_url,
        "channel": "#security",
        "store": f"sqlite:///{tmp_path}/noroshi.db",
    }
    return Settings(metrics={"port": 0}, alerts=alerts)


async def test_a_thousand_scrapes_ask_nothing(aws, given, monkeypatch):
    alerting = Alerting()
    with counting_door(aws.aws.address) as (address, came):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        metered = metering(given)
        web = metered.web(alerting, watched(Production(given, metered.counting), alerting))
        for loop in alerting.loops:
            with contextlib.suppress(NoroshiError):
                loop._look()
        looked = len(came)
        await web.open()
        try:
            async with aiohttp.ClientSession() as session:
                for _ in range(1000):
                    async with session.get(f"http://127.0.0.1:{web.port}/metrics") as answer:
                        page = await answer.text()
        finally:
            await web.close()

    assert 'noroshi_refresh_success{part="findings"} 1.0' in page
    assert "noroshi_queue_messages{" in page
    assert looked > len(alerting.loops), "each look asks, and is counted"
    assert came[looked:] == []


def test_without_a_port_nothing_is_served_counted_or_looked_up(given):
    alerting, nothing = Alerting(), {"metrics": {"port": None}, "home": {"refresh_minutes": 0}}
    production = Production(Settings(**given.model_dump() | nothing))
    off, glances = metering(production.settings), watched(production, alerting)

    assert (off.counting, glances, off.web(alerting, glances), alerting.loops) == (None, None, None, ())


async def test_without_the_library_the_bot_runs_on_and_says_the_way_to_it(given, monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    monkeypatch.delitem(sys.modules, "bot.edges.counters", raising=False)
    made, alerting = metering(given), Alerting()
    web = made.web(alerting, watched(Production(given), alerting))
    with capture_logs() as logs:
        await web.open()
        await web.close()

    assert made.counting is None
    assert "pip install 'noroshi[metrics]'" in next(line["hint"] for line in logs if "hint" in line)
