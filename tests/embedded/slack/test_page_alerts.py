"""The page in a real Chromium: alerts, their threads, and buttons that ask first."""

import pytest

from bot.core.buttons import Ask
from bot.core.sections import Paragraph
from bot.core.severity import Severity
from bot.core.view import View
from bot.embedded.slack.fill import with_ids
from bot.render.blocks import payload

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SCREENS = [pytest.param((390, 844), id="phone"), pytest.param((1280, 900), id="desk")]


def plain(words):
    return {"type": "plain_text", "text": words, "emoji": False}


def button(words, action_id, **rest):
    return {"type": "button", "action_id": action_id, "text": plain(words), "value": "v", **rest}


def alert(title, *lines, severity=Severity.HIGH):
    view = View(
        title,
        (Paragraph(tuple((line,) for line in lines)),),
        severity=severity,
        buttons=(Ask("Investigate", ("who", "x"), strong=True),),
    )
    return payload(view)


def post(workspace, body, channel="security", **rest):
    return workspace.world.post(
        workspace.world.channel(channel), workspace.world.as_bot(with_ids(body, workspace.world.ids) | rest)
    )


def shown(page, sent, within="#log"):
    return page.locator(f'{within} [data-ts="{sent.ts}"]')


@pytest.fixture
def clicks(workspace):
    """What reaches the app."""
    seen = []

    async def deliver(kind, payload):
        seen.append(payload["actions"][0]["action_id"])
        return {}

    workspace.socket.deliver = deliver
    return seen


async def test_an_alert_that_is_edited_changes_where_it_stands(workspace, visit):
    sent = post(workspace, alert("A key is used from a new address", "14 times"))
    page = await visit("/mika.sato/security")
    await shown(page, sent).get_by_text("14 times").wait_for()

    changed = alert("A key is used from a new address", "15 times", severity=Severity.CRITICAL)
    workspace.world.edit(sent, with_ids(changed, workspace.world.ids), marked=False)
    await shown(page, sent).get_by_text("15 times").wait_for()

    assert await shown(page, sent).get_by_text("14 times").count() == 0
    assert "CRITICAL" in await shown(page, sent).locator("h3").inner_text()
    bar = shown(page, sent).locator(".attachment-bar")
    assert await bar.evaluate("(bar) => getComputedStyle(bar).backgroundColor") == "rgb(198, 40, 40)"
    assert await bar.evaluate("(bar) => bar.offsetHeight") > 40


async def test_an_alert_that_loses_its_attachments_shows_none(workspace, visit):
    sent = post(workspace, alert("A key is used", "14 times"))
    page = await visit("/mika.sato/security")
    await shown(page, sent).locator(".attachment").wait_for()

    workspace.world.edit(sent, payload(View("Over")) | {"attachments": []}, marked=False)
    await shown(page, sent).get_by_text("Over").wait_for()

    assert await shown(page, sent).locator(".attachment").count() == 0


@pytest.mark.parametrize("size", SCREENS)
async def test_a_broadcast_reply_says_what_it_answers_and_leads_there(workspace, visit, size):
    root = post(workspace, alert("A key <b> is used & misused", "14 times"))
    loud = post(workspace, {"text": "It is worse now"}, thread_ts=root.ts, subtype="thread_broadcast")
    page = await visit("/mika.sato/security", size)
    await shown(page, loud).get_by_role("button", name="replied to a thread").click()
    await shown(page, loud, "#replies").wait_for()

    note = await shown(page, loud).locator(".broadcasted").inner_text()
    assert "A key <b> is used & misused" in note
    assert "Also sent to the channel" in await shown(page, loud, "#replies").inner_text()


async def test_a_long_thread_is_counted_and_read_at_its_end(workspace, visit):
    root = post(workspace, alert("A key is used", "40 times"))
    for n in range(400):
        last = post(workspace, {"text": f"reply {n}"}, thread_ts=root.ts)
    page = await visit("/mika.sato/security")
    await shown(page, root).get_by_text("400 replies").click()
    await shown(page, last, "#replies").wait_for()

    assert await page.locator("#replies").get_by_text("100 older messages are not shown").count() == 1
    more = post(workspace, {"text": "one more"}, thread_ts=root.ts)
    await shown(page, more, "#replies").wait_for()
    assert await shown(page, root).get_by_text("401 replies").count() == 1
    assert await page.locator("#replies").evaluate(
        "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    )


async def test_a_file_of_a_thread_is_shown_there(workspace, visit):
    root = post(workspace, alert("A storm", "9,812 findings"))
    _, file = workspace.world.files.expect("storm.csv", 16)
    file.content = b"kind,count\nx,12\n"
    told = workspace.world.files.complete(file.id, "storm.csv").to_json(workspace.address, "")
    reply = post(workspace, {"text": ""}, thread_ts=root.ts, files=[told])
    page = await visit("/mika.sato/security")
    await shown(page, root).get_by_text("1 reply").click()

    card = shown(page, reply, "#replies").get_by_test_id("file")
    await card.get_by_role("cell", name="12").wait_for()
    assert await card.get_by_role("link", name="Download storm.csv").count() == 1


@pytest.mark.parametrize("size", SCREENS)
async def test_a_button_with_confirm_asks_before_anything_is_sent(workspace, visit, clicks, size):
    confirm = {
        "title": plain("Archive in GuardDuty?"),
        "text": plain("It is archived for all."),
        "confirm": plain("Archive"),
        "deny": plain("Leave it"),
        "style": "danger",
    }
    row = [
        button("Acknowledge", "ack", style="primary"),
        button("Archive in GuardDuty", "archive", style="danger", confirm=confirm),
    ]
    blocks = [{"type": "actions", "elements": row}]
    sent = post(workspace, {"text": "t", "attachments": [{"color": "#ef6c00", "blocks": blocks}]})
    page = await visit("/mika.sato/security", size)
    press = shown(page, sent).get_by_role("button", name="Archive in GuardDuty")
    dialog = page.get_by_role("alertdialog", name="Archive in GuardDuty?")

    for leave in ("button", "Escape"):
        await press.click()
        await dialog.get_by_text("It is archived for all.").wait_for()
        if leave == "button":
            await dialog.get_by_role("button", name="Leave it").click()
        else:
            await page.keyboard.press("Escape")
        await dialog.wait_for(state="detached")
    assert clicks == []

    await press.click()
    async with page.expect_response("**/page/click"):
        await dialog.get_by_role("button", name="Archive", exact=True).click()
    assert clicks == ["archive"]
    assert await dialog.count() == 0


async def test_danger_and_primary_can_be_told_apart(workspace, visit):
    styles = {"Plain": {}, "Go": {"style": "primary"}, "Stop": {"style": "danger"}}
    row = [button(words, words, **style) for words, style in styles.items()]
    sent = post(workspace, {"text": "t", "blocks": [{"type": "actions", "elements": row}]})
    page = await visit("/mika.sato/security")
    look = "(b) => [getComputedStyle(b).color, getComputedStyle(b).backgroundColor].join()"

    seen = {
        await shown(page, sent).get_by_role("button", name=words, exact=True).evaluate(look)
        for words in styles
    }

    assert len(seen) == 3


async def test_an_archived_channel_takes_no_messages_and_a_deleted_one_is_left(workspace, visit):
    sent = post(workspace, alert("A key is used", "14 times"))
    page = await visit("/mika.sato/security")
    await shown(page, sent).wait_for()

    workspace.world.admin.archive("#security")
    await page.get_by_text("This channel is archived.").wait_for()
    assert await page.get_by_test_id("composer").count() == 0

    workspace.world.admin.delete("#security")
    await page.get_by_role("heading", name="# general").first.wait_for()
    assert await page.get_by_role("button", name="security").count() == 0
