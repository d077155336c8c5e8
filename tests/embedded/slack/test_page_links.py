"""The page in a real Chromium: links to the workspace itself stay on the page, others stay what they are."""

import re

import pytest
from slack_sdk.web.async_client import AsyncWebClient

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SHORT = "All is well"


@pytest.fixture
def client(workspace):
    return AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)


def say(workspace, text):
    return workspace.world.post(workspace.world.channel("ops"), workspace.world.as_bot({"text": text}))


async def in_sight(page, sent):
    """Whether the message's first line stands within the log."""
    own, log = (
        await page.locator(f'[data-ts="{sent.ts}"]').bounding_box(),
        await page.locator("#log").bounding_box(),
    )
    return log["y"] <= own["y"] < log["y"] + log["height"]


async def test_a_permalink_leads_to_its_message_on_the_page(workspace, client, visit):
    first = say(workspace, "The message meant")
    for _ in range(60):
        say(workspace, SHORT)
    told = await client.chat_getPermalink(channel=first.channel, message_ts=first.ts)
    await client.chat_postMessage(channel="#security", text=f"<{told['permalink']}|Open it>")
    page = await visit("/mika.sato/security")
    await page.get_by_role("link", name="Open it").click()
    await page.get_by_role("heading", name="ops").wait_for()

    assert await in_sight(page, first)
    assert page.url == f"{workspace.page_url}#/mika.sato/ops"
    assert len(page.context.pages) == 1


async def test_an_address_with_a_message_opens_at_it_and_going_back_works(workspace, visit):
    first = say(workspace, "The message meant")
    for _ in range(60):
        say(workspace, SHORT)
    page = await visit(f"/mika.sato/ops/{first.ts}")
    await page.locator(".message.found").wait_for()
    assert await in_sight(page, first)

    await page.evaluate("location.hash = '#/mika.sato/billing'")
    await page.get_by_role("heading", name="# billing").first.wait_for()
    await page.go_back()
    await page.get_by_role("heading", name="# ops").first.wait_for()


async def test_a_permalink_of_a_reply_opens_its_thread(workspace, client, visit):
    root = say(workspace, SHORT)
    reply = await client.chat_postMessage(channel="#ops", text="The reply meant", thread_ts=root.ts)
    told = await client.chat_getPermalink(channel=reply["channel"], message_ts=reply["ts"])
    blocks = [
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "open",
                    "text": {"type": "plain_text", "text": "Open it"},
                    "url": told["permalink"],
                }
            ],
        }
    ]
    await client.chat_postMessage(channel="#security", text="x", blocks=blocks)
    page = await visit("/mika.sato/security")
    await page.get_by_role("button", name="Open it").click()

    await page.get_by_test_id("thread").get_by_text("The reply meant").wait_for()
    assert len(page.context.pages) == 1


async def test_a_permalink_to_a_direct_message_opens_the_app_for_its_reader_only(workspace, client, visit):
    mika = workspace.world.user("mika.sato")
    sent = await client.chat_postMessage(channel=mika.id, text="Just for you")
    told = await client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])
    await client.chat_postMessage(channel="#ops", text=f"<{told['permalink']}|Open it>")
    page = await visit()
    await page.get_by_role("link", name="Open it").click()
    await page.get_by_text("Just for you").wait_for()

    other = await visit("/ben.okafor/ops")
    await other.get_by_role("link", name="Open it").click()
    await other.get_by_role("status").get_by_text("Ben Okafor is in no channel").wait_for()
    assert other.url.endswith("#/ben.okafor/ops")


async def test_a_permalink_of_a_file_leads_to_the_file(workspace, client, visit):
    made = await client.files_upload_v2(
        channel=workspace.world.channel("ops").id, content="a,b", filename="a.csv"
    )
    link = made["file"]["permalink"]
    assert re.fullmatch(r"https://acme-standin\.slack\.com/files/\w+/\w+/a\.csv", link)
    await client.chat_postMessage(channel="#ops", text=f"<{link}|The rows>")
    page = await visit()

    href = await page.get_by_role("link", name="The rows").get_attribute("href")

    assert href == f"/page/files/{made['file']['id']}"


async def test_links_to_elsewhere_stay_what_they_are(workspace, visit):
    say(workspace, "<https://console.aws.amazon.com|Console> <javascript:alert(1)|Not a link>")
    page = await visit()

    link = page.get_by_role("link", name="Console")

    assert await link.get_attribute("href") == "https://console.aws.amazon.com"
    assert await link.get_attribute("target") == "_blank"
    assert not await page.get_by_role("link", name="Not a link").count()
