"""A storm by its button: a small one, and for the README's picture the whole of it."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from bot.embedded.incident.storm import FINDINGS
from tests.embedded.demo_world import bot_of, demo_world
from tests.patience import LONGEST

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = os.environ.get("NOROSHI_PICTURES")
SMALL = 300
SCREEN = {"width": 1280, "height": 900}


@pytest_asyncio.fixture(loop_scope="module")
async def page(tmp_path):
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have a Chromium")
        pytest.skip("no Chromium on this machine")
    from playwright.async_api import async_playwright

    async with (
        demo_world(FINDINGS if PICTURES else SMALL) as demo,
        bot_of(demo.world, tmp_path),
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LONGEST * 1000
        )
        context = await browser.new_context(viewport=SCREEN, timezone_id="UTC")
        context.set_default_timeout(LONGEST * 1000)
        opened = await context.new_page()
        await opened.goto(demo.world.slack.page_url)
        yield opened
        await browser.close()


async def test_a_storm_becomes_one_digest_and_what_is_critical_stands_on_its_own(page):
    await page.locator("#stage").get_by_role("button", name="Storm").click()

    posts = page.locator("#log").get_by_test_id("message")
    loud = posts.filter(has=page.locator("h3", has_text="CRITICAL"))
    await loud.nth(2).wait_for()
    digest = posts.filter(has=page.locator("h3", has_text="one digest, nothing dropped"))
    wanted = FINDINGS if PICTURES else SMALL
    async with asyncio.timeout(LONGEST):
        while await told_of(posts, digest) != wanted:
            await page.wait_for_timeout(100)

    assert await loud.count() == 3
    assert await digest.count() == 1
    assert "Port probe unprotected port" in await digest.inner_text()
    assert "@oncall" in await loud.first.inner_text()
    if PICTURES:
        await digest.evaluate("(post) => post.scrollIntoView()")
        await page.mouse.move(0, 0)
        await page.locator("#shell").screenshot(path=Path(PICTURES) / "storm.png")


async def told_of(posts, digest):
    """How many problems the channel tells of: in the digest, and on their own."""
    if not await digest.count():
        return 0
    counted = re.search(r"([\d,]+) problems", await digest.locator("h3").inner_text())
    return int(counted[1].replace(",", "")) + await posts.count() - 1
