"""The demo as a newcomer meets it: `noroshi demo` in its own process, the page in a real Chromium."""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import child_environment
from tests.patience import LONGEST

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREEN = {"width": 1280, "height": 860}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Where pictures go: the folder that NOROSHI_PICTURES names, else a temporary one."""
    named = os.environ.get("NOROSHI_PICTURES")
    return Path(named) if named else tmp_path_factory.mktemp("pictures")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(tmp_path_factory):
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have a Chromium")
        pytest.skip("no Chromium on this machine")
    from playwright.async_api import async_playwright

    home = tmp_path_factory.mktemp("home")
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        "0",
        "--no-browser",
        cwd=ROOT,
        env=child_environment({"HOME": str(home)}),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        address = await asyncio.wait_for(_address(demo.stdout), LONGEST)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=QUIET, timeout=LONGEST * 1000
            )
            context = await browser.new_context(viewport=SCREEN, timezone_id="UTC")
            context.set_default_timeout(LONGEST * 1000)
            opened = await context.new_page()
            troubles = []
            opened.on("pageerror", lambda error: troubles.append(str(error)))
            opened.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
            await opened.goto(address)
            yield opened
            await browser.close()
        assert not troubles
    finally:
        demo.terminate()
        await demo.wait()


async def _address(stream):
    async for line in stream:
        if found := re.search(rb"http://127\.0\.0\.1:\d+/", line):
            return found[0].decode()
    raise AssertionError("the demo ended before it was ready")


async def test_a_command_is_completed_and_answered(page, pictures):
    await page.get_by_role("navigation").get_by_role("button", name="ops").click()
    composer = page.get_by_test_id("composer")
    await composer.click()
    await page.keyboard.type("/tr")
    await (
        page.get_by_role("listbox", name="Commands")
        .get_by_role("option")
        .filter(has_text="/trail")
        .wait_for()
    )
    await page.keyboard.type("ail who-accessed acme-payroll --since 7d")
    await page.keyboard.press("Enter")

    answer = page.get_by_test_id("message").filter(has_text="Who accessed acme-payroll")
    await answer.get_by_role("table").wait_for()

    said = await answer.inner_text()
    assert "198.51.100.7" in said
    assert "Not seen:" in said
    assert "Athena" in said
    assert await page.get_by_text("Only visible to you").count()
    await page.set_viewport_size({"width": 1280, "height": 1120})
    await page.locator("#shell").screenshot(path=pictures / "answer.png")
    await page.set_viewport_size(SCREEN)


async def test_the_button_for_a_wider_window_answers(page):
    answer = page.get_by_test_id("message").filter(has_text="Who accessed acme-payroll").first
    await answer.get_by_role("button", name="30 days").click()

    await page.get_by_test_id("message").filter(has_text="last 30 days").get_by_role("table").wait_for()


async def test_the_form_opens_teaches_and_asks(page):
    answer = page.get_by_test_id("message").filter(has_text="Who accessed acme-payroll").first
    await answer.get_by_role("button", name="Change…").click()
    modal = page.get_by_test_id("modal")
    since = modal.get_by_label(re.compile("^From"))
    await since.fill("soon")
    await modal.get_by_role("button", name="Ask").click()
    await modal.get_by_role("alert").filter(has_text="I can't read the time").wait_for()

    await since.fill("36h")
    await modal.get_by_role("button", name="Ask").click()
    await page.get_by_test_id("message").filter(has_text="last 36 hours").get_by_role("table").wait_for()
    assert not await modal.count()


async def test_the_rows_come_as_a_file(page):
    answer = page.get_by_test_id("message").filter(has_text="last 36 hours").first
    await answer.get_by_role("button", name="CSV").click()
    await page.get_by_role("navigation").get_by_role("button", name="Noroshi").click()
    await page.get_by_role("tab", name="Messages").click()

    await page.get_by_test_id("file").filter(has_text=".csv").wait_for()


async def test_the_home_tab_says_what_can_be_asked(page):
    await page.get_by_role("tab", name="Home").click()

    await page.get_by_test_id("home").filter(has_text="who-accessed").wait_for()


async def test_the_first_alert_arrives_by_itself_and_its_button_works(page, pictures):
    await page.get_by_role("navigation").get_by_role("button", name="security").click()
    alert = page.get_by_test_id("message").filter(has_text="acme-payroll").first
    await alert.wait_for()
    bar = page.locator("#stage")
    while await bar.get_by_role("status").filter(has_text=re.compile(r"^[12] of|begins")).count():
        await bar.get_by_role("button", name="Next event").click()
    pause = bar.get_by_role("button", name="Pause", disabled=False)
    if await pause.count():
        await pause.click()
    await alert.get_by_role("button", name="1 reply").click()
    thread = page.get_by_test_id("thread")
    await thread.get_by_text("Again: User backup reads").wait_for()
    await alert.get_by_text("450 times").wait_for()
    await alert.evaluate("(post) => post.scrollIntoView()")
    await page.mouse.move(0, 0)
    await page.locator("#shell").screenshot(path=pictures / "alert.png")

    await alert.get_by_role("button", name="Investigate").click()
    await thread.get_by_text("Athena ·").first.wait_for()


async def test_an_answer_is_shared_with_the_channel(page):
    await page.get_by_role("navigation").get_by_role("button", name="ops").click()
    answer = page.get_by_test_id("message").filter(has_text="last 36 hours").first
    await answer.get_by_role("button", name="Share in channel").click()

    await page.get_by_text(re.compile("[Ss]hared by")).first.wait_for()


async def test_it_fits_a_phone_in_the_dark(page, pictures):
    phone = await page.context.browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", timezone_id="UTC", device_scale_factor=2
    )
    phone.set_default_timeout(LONGEST * 1000)
    small = await phone.new_page()
    await small.goto(page.url.partition("#")[0])
    alert = small.get_by_test_id("message").filter(has_text="acme-payroll").first
    await alert.wait_for()
    # At once: an alert that is edited meanwhile is drawn anew, and one waited for would be gone.
    await alert.evaluate("element => element.scrollIntoView()")
    await small.locator("#shell").screenshot(path=pictures / "phone.png")

    assert await small.evaluate("document.documentElement.scrollWidth") <= 390
