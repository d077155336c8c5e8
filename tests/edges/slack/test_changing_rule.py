"""A suppression rule from Slack: what it hides is shown first, and only who was shown it makes it, once, within the hour."""

import asyncio

import pytest

from bot.core.severity import Severity
from bot.errors import AccessDenied, NotFound
from tests.commands.guardduty.small_findings import seen
from tests.edges.slack.alerts import deliver, labels, open_alerts
from tests.edges.slack.changes import GIVEN, asked, choose, hiding, rule_click, shown
from tests.edges.slack.conftest import BEN, MIKA, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path, (MIKA,)) as made:
        made.changes.detail = seen().detail
        yield made


async def test_the_form_offers_what_the_finding_has(alerts):
    await choose(alerts, await shown(alerts), "suppress")

    boxes = next(each["element"] for each in alerts.modal().body["blocks"] if each.get("block_id") == "by")

    offered = {each["value"]: each["text"]["text"] for each in boxes["options"]}
    assert offered["address"] == "far address 198.51.100.7"
    assert "severity" not in offered
    assert {each["value"] for each in boxes["initial_options"]} == {"type", "resource"}


async def test_a_finding_that_is_no_more_is_said_in_the_window_and_beside_it(alerts):
    alerts.changes.error = NotFound("GuardDuty shows no such finding.", "Look in the console.")

    await choose(alerts, await shown(alerts), "suppress")

    assert "GuardDuty shows no such finding." in str(alerts.modal().body["blocks"])
    assert "GuardDuty shows no such finding." in text(await alerts.told())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"by": ["type"]}, "by"),
        ({"name": "no"}, "name"),
        ({"name": "a name"}, "name"),
        ({"description": "it’s <!channel>"}, "description"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(alerts, given, field):
    await choose(alerts, await shown(alerts), "suppress")

    outcome = await alerts.visitor.submit(alerts.modal(), GIVEN | given)

    assert list(outcome.errors) == [field]
    assert alerts.changes.looked == []


async def test_one_trait_is_enough_where_it_is_meant(alerts):
    await asked(alerts, await shown(alerts), by=["type"], wide=["wide"])

    assert list(alerts.changes.looked[0][0].criteria) == ["type"]


async def test_the_preview_comes_first_and_nothing_is_made_before_it_is_agreed_to(alerts):
    alerts.changes.hidden = hiding(Severity.HIGH, Severity.LOW)

    preview = await asked(alerts, await shown(alerts))

    assert "The rule our-scanner would have hidden 2 findings in the last 30 days" in text(preview)
    assert "1 high, 1 low" in text(preview)
    assert labels(preview) == ["Create the rule", "Cancel"]
    assert alerts.changes.rules == []


async def test_critical_ones_are_said_first_and_loudly(alerts):
    alerts.changes.hidden = hiding(Severity.CRITICAL, Severity.LOW)

    preview = await asked(alerts, await shown(alerts))

    assert "CAREFUL: the rule our-scanner would have hidden 1 CRITICAL finding" in text(preview)
    assert "Nobody would have been told of them" in text(preview)


async def test_the_rule_is_made_as_it_was_shown_and_the_channel_is_told(alerts):
    preview = await asked(alerts, await shown(alerts))

    pressed = await alerts.press(preview, "Create the rule")

    (rule,) = alerts.changes.rules
    assert rule == alerts.changes.looked[0][0]
    assert rule.name == "our-scanner"
    assert rule.description == "we test it Made with Noroshi by mika.sato."
    assert pressed["result"] == "made"
    assert "rule our-scanner" in pressed["what"]
    await alerts.workspace.until(lambda: "made the suppression rule" in text(alerts.messages()[-1]), "told")
    assert "mika.sato made the suppression rule our-scanner" in text(alerts.messages()[-1])


async def test_pressed_twice_it_is_made_once(alerts):
    preview = await asked(alerts, await shown(alerts))
    first, second = rule_click(alerts, MIKA, preview), rule_click(alerts, MIKA, preview)
    await deliver(alerts, first)

    again = await deliver(alerts, second)

    assert again["result"] == "Forbidden: This rule is made already."
    assert len(alerts.changes.rules) == 1


async def test_pressed_twice_at_the_same_moment_it_is_made_once(alerts):
    preview = await asked(alerts, await shown(alerts))
    clicks = [rule_click(alerts, MIKA, preview) for _ in range(2)]

    await asyncio.gather(*(deliver(alerts, each) for each in clicks))
    await alerts.recorded(3)

    assert len(alerts.changes.rules) == 1


async def test_somebody_else_makes_nothing_of_it(alerts):
    """Not even somebody who may change things: what it hides was shown to another."""
    preview = await asked(alerts, await shown(alerts))
    object.__setattr__(alerts.desk, "change", frozenset({alerts.id(MIKA), alerts.id(BEN)}))

    pressed = await deliver(alerts, rule_click(alerts, BEN, preview))

    assert pressed["result"] == "Forbidden: This was shown to somebody else."
    assert alerts.changes.rules == []


async def test_who_may_no_longer_change_things_makes_nothing_of_it(alerts):
    preview = await asked(alerts, await shown(alerts))
    object.__setattr__(alerts.desk, "change", frozenset({alerts.id(BEN)}))

    pressed = await deliver(alerts, rule_click(alerts, MIKA, preview))

    assert pressed["result"].startswith("Forbidden: You may not change anything")
    assert alerts.changes.rules == []


async def test_after_an_hour_it_must_be_shown_again(alerts):
    preview = await asked(alerts, await shown(alerts))
    alerts.clock.forward(minutes=61)

    pressed = await deliver(alerts, rule_click(alerts, MIKA, preview))

    assert pressed["result"].startswith("Forbidden: This was shown more than an hour ago")
    assert alerts.changes.rules == []


async def test_what_was_cancelled_is_not_made_any_more(alerts):
    preview = await asked(alerts, await shown(alerts))
    cancel, create = rule_click(alerts, MIKA, preview, "Cancel"), rule_click(alerts, MIKA, preview)
    cancelled = await deliver(alerts, cancel)

    pressed = await deliver(alerts, create)

    assert cancelled["result"] == "dropped"
    assert pressed["result"] == "Forbidden: This rule is dropped already."
    assert alerts.changes.rules == []


async def test_what_aws_refused_may_be_pressed_again(alerts):
    preview = await asked(alerts, await shown(alerts))
    alerts.changes.error = AccessDenied("AWS refused.", action="guardduty:CreateFilter")
    assert (await deliver(alerts, rule_click(alerts, MIKA, preview)))[
        "result"
    ] == "AccessDenied: AWS refused."
    alerts.changes.error = None

    assert (await deliver(alerts, rule_click(alerts, MIKA, preview)))["result"] == "made"


async def test_who_may_no_longer_change_things_is_not_even_shown_what_it_hides(alerts):
    await choose(alerts, await shown(alerts), "suppress")
    object.__setattr__(alerts.desk, "change", frozenset({alerts.id(BEN)}))
    before = len(alerts.presses())

    await alerts.visitor.submit(alerts.modal(), GIVEN)
    pressed = await alerts.recorded(before)

    assert pressed["result"].startswith("Forbidden: You may not change anything")
    assert alerts.changes.looked == []
