"""Changing a finding from under an answer: what a person does in Slack, step by step."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.buttons import Acts
from bot.core.findings.change import CHANGES, value
from bot.core.findings.counts import counted
from bot.core.findings.seen import Listed
from bot.core.view import View
from bot.embedded.slack import payloads
from bot.render.blocks import payload
from tests.commands.guardduty.small_findings import PROD, seen
from tests.edges.slack.alerts import button
from tests.edges.slack.conftest import MIKA

FINDING = seen().kept
GIVEN = {"by": ["type", "address"], "wide": [], "name": "our-scanner", "description": "we test it"}


async def shown(alerts, channel="security"):
    """An answer with the menu, as anybody may have shared it."""
    choices = tuple((value(each, FINDING), words) for each, words in CHANGES.items())
    menu = Acts("Change…", "change-finding", choices, "GuardDuty is told at once.")
    message = payload(View("A finding", buttons=(menu,)))
    client = AsyncWebClient(alerts.slack.bot_token, base_url=alerts.slack.api_url)
    where = alerts.slack.world.channel(channel)
    await client.chat_postMessage(channel=where.id, **message)
    return where.messages[-1]


async def choose(alerts, message, change, user=MIKA):
    """Choose in the menu, and wait until it is on record; gives that record."""
    before = len(alerts.presses())
    outcome = await alerts.visitor.click(user, message, "act:change-finding", value=value(change, FINDING))
    assert outcome.ok, outcome
    return await alerts.recorded(before)


async def asked(alerts, message, user=MIKA, **given):
    """Fill in the rule's form, and wait for the preview; gives it."""
    await choose(alerts, message, "suppress", user)
    seen_before = len(alerts.private(user))
    before = len(alerts.presses())
    outcome = await alerts.visitor.submit(alerts.modal(user), GIVEN | given)
    assert outcome.ok, outcome
    await alerts.recorded(before)
    return await alerts.told(user, seen_before + 1)


def hiding(*bands):
    found = counted(("Recon:EC2/Portscan", PROD, each) for each in bands)
    return Listed((seen(),), found, 1, max(0, len(bands) - 1))


def rule_click(alerts, user, preview, label="Create the rule"):
    world = alerts.slack.world
    pressed = button(preview, label)
    block = next(each for each in preview.blocks if pressed in each.get("elements", []))
    action = {**pressed, "block_id": block["block_id"], "action_ts": world.ids.ts()}
    return payloads.message_action(world, world.user(user), preview, [action], {})
