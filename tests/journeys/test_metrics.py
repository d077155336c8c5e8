"""What Prometheus scrapes of a running bot: an alert moves its counters, the bill and the doors stand there."""

import asyncio

import aiohttp
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from bot.core.glance import PARTS
from tests.journeys.alert_steps import finding_of, found
from tests.patience import LONGEST

pytestmark = pytest.mark.asyncio(loop_scope="module")

SETTINGS = {"NOROSHI_METRICS__PORT": "0"}
OPEN = {"Accept": "application/openmetrics-text;version=1.0.0"}


async def scraped(journey):
    """Every sample of the page by its name and labels."""
    where = f"http://127.0.0.1:{journey.web.port}/metrics"
    async with aiohttp.ClientSession(headers=OPEN) as session, session.get(where) as answer:
        assert answer.status == 200
        body = await answer.text()
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


async def once(journey, holds):
    """The first page of which this holds: neither looks nor counters announce anything to wait for."""
    async with asyncio.timeout(LONGEST):
        while not holds(page := await scraped(journey)):  # noqa: ASYNC110 - a page has no event
            await asyncio.sleep(0.1)
        return page


async def every_part_looked_at(journey):
    return await once(
        journey, lambda page: all(("noroshi_refresh_success", ("part", part)) in page for part in PARTS)
    )


def total(page, name, **labels):
    wanted = set(labels.items())
    return sum(value for key, value in page.items() if key[0] == name and wanted <= set(key[1:]))


async def test_every_part_is_looked_up_in_the_embedded_world(journey):
    page = await every_part_looked_at(journey)

    failed = [part for part in PARTS if not page["noroshi_refresh_success", ("part", part)]]
    assert failed == []
    prod = journey.world.incident.prod.id
    assert total(page, "noroshi_cost_month_to_date", account=prod, currency="USD") > 0
    assert total(page, "noroshi_cost_forecast_month_end", currency="USD") > 0
    assert ("noroshi_public_buckets", ("account", prod)) in page
    assert ("noroshi_account_info", ("account", prod), ("name", journey.world.incident.prod.name)) in page
    assert page["noroshi_cost_explorer_requests_total",] <= 3


async def test_an_alert_moves_the_counters(journey):
    before = await every_part_looked_at(journey)
    await found(journey, finding_of(journey))
    posts = {"does": "post", "outcome": "ok"}
    told = total(before, "noroshi_deliveries_total", **posts)
    # Slack shows the post a moment before its answer is here.
    after = await once(journey, lambda page: total(page, "noroshi_deliveries_total", **posts) > told)

    def moved(name, **labels):
        return total(after, name, **labels) - total(before, name, **labels)

    assert moved("noroshi_deliveries_total", **posts) == 1
    assert moved("noroshi_delivery_latency_seconds_count") == 1
    assert moved("noroshi_slack_calls_total", method="chat.postMessage", outcome="ok") >= 1
    assert moved("noroshi_aws_calls_total", service="sqs", operation="ReceiveMessage", outcome="ok") >= 1
    assert total(after, "noroshi_queue_reachable") == 1
    assert after["noroshi_health_faults",] == 0


async def test_what_people_ask_is_counted_too(journey):
    before = await scraped(journey)
    await journey.asks("/s3 public")
    after = await scraped(journey)

    calls = [key for key in after if key[0] == "noroshi_aws_calls_total" and ("service", "s3") in key]
    assert calls
    assert sum(after[key] - before.get(key, 0) for key in calls) > 0


async def test_health_says_that_all_is_well(journey):
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{journey.web.port}/health") as answer,
    ):
        assert (answer.status, await answer.text()) == (200, "All is well.\n")
