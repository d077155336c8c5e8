"""The page in a real Chromium: the picture of a chart in a thread, whole and with its words, as Slack shows it."""

import asyncio

import pytest

from bot.adapters.slack_channels import SlackChannels
from bot.core.view import View
from bot.ports import Sending
from bot.render.blocks import payload
from bot.render.chart import drawn
from tests.render.charts import month

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SCREENS = [pytest.param((390, 844), id="phone"), pytest.param((1280, 1000), id="desk")]
WEEK = View("The week cost $9,210", (month(),), command="billing week")


def tell(workspace):
    """Said and drawn as the bot does it."""
    channels = SlackChannels(workspace.bot_token, payload, drawn, base_url=workspace.api_url)
    ts = channels.post("#ops", WEEK, Sending())
    channels.attach("#ops", ts, WEEK)
    return ts


@pytest.mark.parametrize("size", SCREENS)
async def test_a_chart_is_a_picture_in_its_thread_with_its_words(workspace, visit, size):
    ts = await asyncio.to_thread(tell, workspace)
    page = await visit("/mika.sato/ops", size)
    await page.locator(f'#log [data-ts="{ts}"]').get_by_test_id("thread-bar").click()

    picture = page.locator("#thread").get_by_role("img", name="Bars by day: EC2 more than doubled")
    await picture.wait_for()
    await page.wait_for_function("(img) => img.complete", arg=await picture.element_handle())

    assert await picture.evaluate("(img) => [img.naturalWidth, img.alt]") == [1200, month().alt]
    box, shown = await picture.bounding_box(), await picture.evaluate("(img) => img.naturalHeight / 1200")
    assert box["width"] > 280
    assert box["x"] + box["width"] <= size[0]
    assert box["height"] == pytest.approx(box["width"] * shown, abs=2)
    assert await page.locator("#thread").get_by_text("PNG ·").is_visible()
