"""The page in a real Chromium: what is to be read stays in sight, on a phone and on a desk."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SCREENS = [pytest.param((390, 844), id="phone"), pytest.param((1280, 900), id="desk")]
SHORT = "All is well"
TALL = "The first line is the answer\n" + "and more\n" * 80


def say(workspace, text, *, only_for=None):
    return workspace.world.post(
        workspace.world.channel("ops"), workspace.world.as_bot({"text": text}), only_for=only_for
    )


def message(page, sent):
    return page.locator(f'[data-ts="{sent.ts}"]')


async def room(page, sent):
    """How far the message's top stands below the log's, and its bottom above the log's, in pixels."""
    await message(page, sent).first.wait_for(state="attached")
    return await message(page, sent).first.evaluate(
        """(node) => {
            const log = node.closest(".log").getBoundingClientRect(), own = node.getBoundingClientRect();
            return [own.top - log.top, log.bottom - own.bottom];
        }"""
    )


@pytest.mark.parametrize("size", SCREENS)
async def test_a_message_taller_than_the_log_is_read_from_its_first_line(workspace, visit, size):
    for _ in range(30):
        say(workspace, SHORT)
    page = await visit(size=size)
    above, below = await room(page, say(workspace, TALL))
    assert 0 <= above < 20
    assert below < 0

    above, below = await room(page, say(workspace, SHORT))
    assert above > 0
    assert 0 <= below < 20


@pytest.mark.parametrize("size", SCREENS)
async def test_a_page_opens_at_the_first_line_of_a_tall_newest_message(workspace, visit, size):
    say(workspace, SHORT)
    sent = say(workspace, TALL)

    above, _ = await room(await visit(size=size), sent)

    assert 0 <= above < 20


async def test_an_answer_that_replaces_its_progress_is_read_from_its_first_line(workspace, visit):
    for _ in range(30):
        say(workspace, SHORT)
    page = await visit()
    sent = say(workspace, "Reading…", only_for=workspace.world.user("mika.sato").id)
    await message(page, sent).wait_for()
    say(workspace, "An alert in between")
    workspace.world.edit(sent, {"text": TALL})
    await page.get_by_text("The first line is the answer").wait_for(state="attached")

    above, _ = await room(page, sent)

    assert 0 <= above < 20


async def test_a_reader_who_has_scrolled_up_is_not_moved(workspace, visit):
    for _ in range(60):
        say(workspace, SHORT)
    page = await visit()
    log = page.locator("#log")
    await log.evaluate("(log) => { log.scrollTop = 300; }")
    for text in (SHORT, TALL):
        await message(page, say(workspace, text)).wait_for(state="attached")

        assert await log.evaluate("(log) => log.scrollTop") == 300


async def test_an_unread_entry_that_is_current_can_be_read(workspace, visit):
    page = await visit("/mika.sato/app/home")
    workspace.world.post(
        workspace.world.im(workspace.world.user("mika.sato").id), workspace.world.as_bot({"text": SHORT})
    )
    entry = page.locator(".entry.unread[aria-current]")
    await entry.wait_for()

    ink, ground = await entry.evaluate(
        "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )

    assert ink == "rgb(59, 29, 63)"
    assert ground != ink


async def test_a_wide_table_scrolls_under_its_first_column_and_says_that_there_is_more(workspace, visit):
    cells = [[{"type": "raw_text", "text": f"row {row} column {n}"} for n in range(8)] for row in range(4)]
    workspace.world.post(
        workspace.world.channel("ops"),
        workspace.world.as_bot({"text": "t", "blocks": [{"type": "table", "rows": cells}]}),
    )
    page = await visit(size=(390, 844))
    frame, scroller = page.locator(".table-frame"), page.locator(".table-scroll")
    await page.locator(".table-frame.more:not(.moved)").wait_for()
    await scroller.evaluate("(node) => { node.scrollLeft = node.scrollWidth; }")
    await page.locator(".table-frame.moved:not(.more)").wait_for()

    first = await page.get_by_role("cell", name="row 1 column 0").bounding_box()

    assert abs(first["x"] - (await frame.bounding_box())["x"]) < 3


@pytest.mark.parametrize("size", SCREENS)
async def test_a_menu_at_the_log_s_end_opens_upward_and_stays_within_it(workspace, visit, size):
    options = [
        {"text": {"type": "plain_text", "text": f"Quite a long choice {n}"}, "value": str(n)}
        for n in range(4)
    ]
    buttons = [
        {"type": "button", "action_id": f"b{n}", "text": {"type": "plain_text", "text": "Only refused"}}
        for n in range(2)
    ]
    more = {"type": "overflow", "action_id": "more", "options": options}
    blocks = [{"type": "actions", "elements": [*buttons, more]}]
    for _ in range(40):
        say(workspace, SHORT)
    workspace.world.post(
        workspace.world.channel("ops"), workspace.world.as_bot({"text": "t", "blocks": blocks})
    )
    page = await visit(size=size)
    await page.get_by_role("button", name="More actions").click()

    menu, log = await page.get_by_role("menu").bounding_box(), await page.locator("#log").bounding_box()

    assert menu["x"] + menu["width"] <= log["x"] + log["width"]
    assert menu["y"] + menu["height"] <= log["y"] + log["height"]
    assert menu["y"] >= log["y"]
