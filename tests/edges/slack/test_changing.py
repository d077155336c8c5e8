"""Findings are changed from under an answer: by those of access.change, asked at each click, and told where it was done."""

import copy

import pytest

from bot.core.findings.change import value
from bot.embedded.slack import payloads
from bot.errors import AccessDenied
from tests.commands.guardduty.small_findings import seen
from tests.edges.slack.alerts import alert, deliver, open_alerts
from tests.edges.slack.changes import FINDING, choose, shown
from tests.edges.slack.conftest import BEN, GUEST, MIKA, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path, (MIKA,)) as made:
        made.changes.detail = seen().detail
        yield made


async def test_the_menu_asks_first(alerts):
    message = await shown(alerts)

    menu = next(each for block in message.blocks for each in block.get("elements", []) if "options" in each)

    assert menu["confirm"]["text"]["text"] == "GuardDuty is told at once."


@pytest.mark.parametrize(
    ("change", "result"),
    [("archive", "archived"), ("useful", "judged to be of use"), ("not-useful", "judged to be of no use")],
)
async def test_who_may_changes_it_and_the_channel_is_told_by_whom(alerts, change, result):
    message = await shown(alerts)

    pressed = await choose(alerts, message, change)

    assert (pressed["act"], pressed["result"]) == (f"{change} finding", result)
    assert FINDING.finding_id in pressed["what"]
    assert alerts.changes.archived == ([FINDING] if change == "archive" else [])
    assert alerts.changes.judged == ([] if change == "archive" else [(FINDING, change == "useful")])
    assert f"{result.capitalize()} by mika.sato in GuardDuty" in text(alerts.messages()[-1])


async def test_what_was_archived_can_be_brought_back(alerts):
    message = await shown(alerts)
    await choose(alerts, message, "archive")

    await choose(alerts, message, "unarchive")

    assert alerts.changes.archived == []
    assert "Taken out of the archive by mika.sato" in text(alerts.messages()[-1])


async def test_the_alert_of_an_archived_finding_is_over(alerts):
    told = alert(finding=FINDING, source="guardduty")
    told = type(told)(**{name: getattr(told, name) for name in told.__slots__} | {"key": _key()})
    post_of = await alerts.tell(told)

    await choose(alerts, await shown(alerts), "archive")
    await alerts.run()

    assert "archived in GuardDuty by mika.sato" in text(post_of)


def _key():
    return f"guardduty:{FINDING.account_id}:{FINDING.region}:{FINDING.finding_id}"


@pytest.mark.parametrize(
    ("user", "why"),
    [(BEN, "Forbidden: You may not change anything"), (GUEST, "Forbidden: I don't answer guests")],
)
@pytest.mark.parametrize("change", ["archive", "suppress"])
async def test_nobody_else_changes_anything(alerts, user, why, change):
    pressed = await choose(alerts, await shown(alerts), change, user)

    assert pressed["result"].startswith(why)
    assert (alerts.changes.archived, alerts.changes.rules) == ([], [])


async def test_what_aws_refuses_is_told_with_the_missing_action(alerts):
    action = "guardduty:ArchiveFindings"
    alerts.changes.error = AccessDenied("AWS refused.", f"Allow {action} to it.", action=action)

    pressed = await choose(alerts, await shown(alerts), "archive")

    assert pressed["result"] == "AccessDenied: AWS refused."
    assert action in text(await alerts.told())


async def test_the_same_click_counts_once(alerts):
    message = await shown(alerts)
    click = menu_click(alerts, MIKA, message, value("useful", FINDING))

    first, second = await deliver(alerts, click), await deliver(alerts, copy.deepcopy(click))

    assert first["result"] == "judged to be of use"
    assert second["result"].startswith("Forbidden: This click came before")
    assert len(alerts.changes.judged) == 1


@pytest.mark.parametrize("said", ["archive", "explode 1/eu-west-1/f", "archive 1/../../x/f", "x" * 150])
async def test_a_choice_that_is_none_of_ours_changes_nothing(alerts, said):
    pressed = await deliver(alerts, menu_click(alerts, MIKA, await shown(alerts), said))

    assert pressed["result"].startswith("BadRequest: I don't know this choice")


def menu_click(alerts, user, message, said):
    world = alerts.slack.world
    block = next(each for each in message.blocks if each["type"] == "actions")
    action = {"type": "static_select", "action_id": "act:change-finding", "block_id": block["block_id"]}
    action |= {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": said}}
    return payloads.message_action(
        world, world.user(user), message, [action | {"action_ts": world.ids.ts()}], {}
    )
