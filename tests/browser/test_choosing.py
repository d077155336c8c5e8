"""An answer's bars and its menu in a real Chromium, on a wide screen and on a phone."""

import os
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from tests.edges.slack.conftest import LONG, working
from tests.patience import LONGEST

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENS = {"wide": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
NARROWEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    named = os.environ.get("NOROSHI_PICTURES")
    return Path(named) if named else tmp_path_factory.mktemp("pictures")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have a Chromium")
        pytest.skip("no Chromium on this machine")
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LONGEST * 1000
        )
        yield opened
        await opened.close()


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_person_chooses_in_the_menu_and_is_answered(browser, pictures, screen):
    async with working() as workspace:
        await workspace.answer("/look wide payroll")
        context = await browser.new_context(viewport=SCREENS[screen], timezone_id="Europe/Berlin")
        context.set_default_timeout(LONGEST * 1000)
        page = await context.new_page()
        await page.goto(f"{workspace.slack.page_url}#/mika.sato/ops")
        answer = page.get_by_test_id("message").filter(has_text="All who touched payroll")
        menu = answer.get_by_label("Look closer…")
        await menu.evaluate("element => element.scrollIntoView()")
        await page.locator("#shell").screenshot(path=pictures / f"choosing-{screen}.png")
        assert await menu.locator("optgroup").count() == 2

        await menu.select_option("What person-03 did")
        await page.get_by_test_id("message").filter(has_text="Who touched person-03").wait_for()
        await menu.select_option("The long one")
        await page.get_by_test_id("message").filter(has_text=f"Who touched {LONG}"[:100]).wait_for()

        assert await page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
        await context.close()


async def test_on_the_narrowest_phone_the_bars_stand_on_one_line(browser):
    async with working() as workspace:
        await workspace.answer("/look wide payroll")
        context = await browser.new_context(viewport=NARROWEST, timezone_id="UTC")
        context.set_default_timeout(LONGEST * 1000)
        page = await context.new_page()
        await page.goto(f"{workspace.slack.page_url}#/mika.sato/ops")
        bars = page.locator("code").filter(has_text="█")
        await bars.first.wait_for()

        assert await bars.count() == 1
        assert await bars.evaluate("(node) => node.getClientRects().length") == 1
        await context.close()
