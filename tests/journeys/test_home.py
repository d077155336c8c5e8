"""The Home tab and `noroshi status` of a running bot: the incident's account as it stands, without a question to AWS."""

import asyncio
import json

import pytest

from bot.core.standing.overview import SHOWN
from tests.journeys.alert_steps import finding_of, found
from tests.journeys.steps import MIKA, QUIET, eventually, texts
from tests.patience import LONGEST

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {**QUIET, "NOROSHI_HOME__REFRESH_MINUTES": "1"}


def page(journey):
    world = journey.world.slack.world
    return world.modals.homes.get(world.user(MIKA).id)


def words(journey):
    return " ".join(texts(page(journey).body["blocks"])) if page(journey) else ""


async def opened(journey, holds):
    """Open it until this holds of its words: what is looked up in the background announces nothing."""
    async with asyncio.timeout(LONGEST):
        while not holds(words(journey)):
            await journey.visitor.open_home(MIKA)
            await asyncio.sleep(0.2)
    return words(journey)


def whole(said):
    return "GuardDuty" in said and "not looked at yet" not in said


async def test_every_part_of_the_embedded_account_is_seen(journey):
    told = await opened(journey, whole)

    for label in ("Alerts", "GuardDuty", "Public buckets", "AWS Config", "Advisor", "This month", "Forecast"):
        assert label in told
    assert "I can’t tell" not in told
    assert "/trail who-accessed BUCKET" in told


async def test_the_terminal_prints_what_the_bot_keeps(journey):
    await opened(journey, whole)
    code, out, err = await journey.noroshi("status", "--format", "json")
    told = json.loads(out)

    assert (code, err) == (0, "")
    assert {row["part"]: row["state"] for row in told["rows"]}.keys() == set(SHOWN)
    assert all(row["state"] in {"seen", "partly"} for row in told["rows"])


async def test_a_refresh_shows_the_alert_that_came_meanwhile_with_the_way_to_its_post(journey):
    await opened(journey, whole)
    await found(journey, finding_of(journey))
    assert (await journey.visitor.click(MIKA, page(journey), "refresh")).ok

    await eventually(lambda: "Nobody acknowledged" in words(journey))
    links = json.dumps(page(journey).body["blocks"])
    assert '"type": "link"' in links
    assert "/archives/" in links


async def test_the_handover_tells_of_it_too(journey):
    answer = await journey.asks("/guardduty handover --since 1h")

    assert "nobody acknowledged" in " ".join(texts(answer.blocks))
