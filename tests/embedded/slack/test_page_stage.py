"""The bar above the page in a real Chromium: for whoever runs the world, no part of Slack."""

import asyncio

import pytest

from bot.embedded.slack.stage import Scene
from tests.patience import LONGEST

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


class Switch:
    """A stage with a switch, a button that is over, and many more."""

    def __init__(self, stage) -> None:
        self.on, self.runs = False, asyncio.Queue()
        many = {f"more-{n}": Scene(lambda n=n: f"Button {n}", self.flip) for n in range(8)}
        switch = Scene(lambda: "Outage", self.flip, "Slack fails", is_on=lambda: self.on)
        gone = Scene(lambda: "Told", self.flip, is_over=lambda: True)
        stage.open({"switch": switch, "gone": gone} | many, "It begins")

    async def flip(self):
        self.on = not self.on
        self.runs.put_nowait(self.on)


async def test_a_workspace_without_a_stage_shows_no_bar(workspace, visit):
    page = await visit()

    assert not await page.locator("#stage").is_visible()


async def test_the_bar_works_by_keyboard_and_says_what_is_on(workspace, visit):
    switch, page = Switch(workspace.stage), await visit()
    button = page.locator("#stage").get_by_role("button", name="Outage")

    await button.focus()
    await page.keyboard.press("Enter")
    assert await asyncio.wait_for(switch.runs.get(), LONGEST)
    await page.locator('#stage [aria-pressed="true"]').wait_for()

    assert await button.evaluate("(button) => button === document.activeElement")
    assert await page.locator('#stage [aria-disabled="true"]').inner_text() == "Told"
    await page.locator("#stage").get_by_role("button", name="Told").click(force=True)
    workspace.stage.tell("It goes on")
    await page.locator("#stage").get_by_role("status").filter(has_text="It goes on").wait_for()
    assert switch.runs.empty()


async def test_the_bar_fits_a_phone_and_stays_above_an_open_thread(workspace, visit):
    Switch(workspace.stage)
    root = workspace.world.post(
        workspace.world.channel("ops"), workspace.world.as_bot({"text": "A storm is coming"})
    )
    page = await visit(size=(390, 844))
    await page.locator(f'[data-ts="{root.ts}"]').hover()
    await page.get_by_role("button", name="Reply in thread").click()

    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    last = page.locator("#stage").get_by_role("button", name="Button 7")
    await last.click()
    bar, thread = [await page.locator(each).bounding_box() for each in ("#stage", "#thread")]
    assert bar["y"] + bar["height"] <= thread["y"]
    assert thread["y"] + thread["height"] <= 844
