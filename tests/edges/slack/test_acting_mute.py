"""Mute: a form with reason, time and scope; a message of the mute with Unmute; a report of what it hid at its end."""

import asyncio
import json

import pytest

from bot.core.problem import problem_id
from bot.embedded.slack import Fault
from tests.edges.slack.alerts import GIVEN, alert, button, form, labels, open_alerts, options, submit
from tests.edges.slack.conftest import BEN, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


async def muted(alerts, **given):
    post = await alerts.tell(alert())
    await submit(alerts, await form(alerts, post), **given)
    return post, alerts.messages()[-1]


async def test_the_form_asks_what_how_long_and_why(alerts):
    view = await form(alerts, await alerts.tell(alert()))

    assert list(options(view, "what")) == ["problem", "kind-here", "kind", "resource"]
    assert options(view, "until")["4h"] == "4 hours"
    reason = next(block for block in view.body["blocks"] if block.get("block_id") == "reason")
    assert not reason.get("optional")
    assert "Mute: A key of one is used through Tor" in json.dumps(view.body)


async def test_only_scopes_that_the_alert_has_are_offered(alerts):
    view = await form(alerts, await alerts.tell(alert(resource=None, account_id=None)))

    assert list(options(view, "what")) == ["problem", "kind"]


@pytest.mark.parametrize("reason", [" ", "\u200b\u2060", "\t\u3164 "])
async def test_a_reason_that_says_nothing_is_refused_at_its_field(alerts, reason):
    view = await form(alerts, await alerts.tell(alert()))

    outcome = await alerts.visitor.submit(view, GIVEN | {"reason": reason})

    assert list(outcome.errors) == ["reason"]
    assert "A mute needs a reason" in outcome.errors["reason"]
    assert alerts.ledger.store.read("mutes") == {}
    assert alerts.modal() is view


async def test_a_reason_can_be_mended_in_the_same_form(alerts):
    view = await form(alerts, await alerts.tell(alert()))
    await alerts.visitor.submit(view, GIVEN | {"reason": " "})

    assert (await submit(alerts, view))["result"].endswith(": we test the scanner")


async def test_the_post_shows_the_mute_and_a_message_of_its_own_can_end_it(alerts):
    post, message = await muted(alerts)

    assert "Muted" in text(post)
    assert "by mika.sato: we test the scanner" in text(post)
    assert "Mute…" not in labels(post)
    assert "mika.sato muted: Tor caller" in text(message)
    assert "Reason: " in text(message)
    assert labels(message) == ["Unmute"]


async def test_what_is_muted_is_hidden_and_reported_when_the_mute_ends(alerts):
    _, message = await muted(alerts)
    before = len(alerts.messages())
    await alerts.tell(alert("two"), alert("three"), alert("one", n=2))

    assert len(alerts.messages()) == before
    await alerts.run(4 * 3600 + 60)

    [report] = alerts.thread(message)
    assert "The mute has ended; it hid 3 problems, told 3 times" in text(report)
    assert "1 × A key of two is used through Tor" in text(report)
    assert labels(message) == []
    assert "Ended " in text(message)


async def test_unmute_ends_it_at_once_and_says_who(alerts):
    post, message = await muted(alerts)
    await alerts.tell(alert("two"))

    pressed = await alerts.press(message, "Unmute", BEN)
    await alerts.run(30)

    assert pressed["result"] == "done"
    assert pressed["what"].startswith("mute of Tor caller")
    assert "by ben.okafor" in text(message)
    assert "Muted" not in text(post)
    assert "it hid 1 problem, told once" in text(alerts.thread(message)[0])
    assert "A key of three" in text(await alerts.tell(alert("three")))


async def test_of_two_who_unmute_one_is_told_that_it_is_over(alerts):
    _, message = await muted(alerts)

    before = len(alerts.presses())
    await asyncio.gather(alerts.press(message, "Unmute"), alerts.press(message, "Unmute", BEN))
    await alerts.recorded(before + 1)

    results = sorted(each["result"] for each in alerts.presses() if each["act"] == "unmute")
    assert results == ["NotFound: This mute is over already.", "done"]


async def test_until_tomorrow_morning_is_in_the_zone_of_the_settings(alerts):
    pressed = await submit(alerts, await form(alerts, await alerts.tell(alert())), until="morning")

    assert "until 2026-11-26 09:00 UTC" in pressed["result"]


async def test_a_title_longer_than_slack_takes_breaks_no_form(alerts):
    long = "A " + "very " * 100 + "long title"
    huge = alert("huge", title=long, kind="k" * 9_000, resource="r" * 9_000)
    view = await form(alerts, await alerts.tell(huge))

    pressed = await submit(alerts, view, what="resource")

    assert pressed["result"].startswith("everything about rrr")
    assert " muted: everything about rrr" in text(alerts.messages()[-1])


async def test_too_late_for_a_form_is_said(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.faults.next_calls("views.open", Fault(error="expired_trigger_id"))

    pressed = await alerts.press(post, "Mute…")

    assert "too late for Slack to open a form" in text(await alerts.told())
    assert pressed["result"].startswith("Upstream")


async def test_a_muted_problem_is_on_record_as_muted(alerts):
    await muted(alerts)

    problem = alerts.ledger.find(problem_id("one")).thing

    assert problem.muted.reason == "we test the scanner"


async def test_the_forms_button_stays_pressable_for_who_closed_the_form(alerts):
    post = await alerts.tell(alert())
    for _ in range(2):
        await alerts.press(post, "Mute…")
        await alerts.visitor.close(alerts.modal())

    assert [each["result"] for each in alerts.presses()] == ["asked how"] * 2
    assert button(post, "Mute…")
