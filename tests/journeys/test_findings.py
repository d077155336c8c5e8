"""Mika archives what is nothing, and hides what is like it, from /guardduty show; Ben may look, and change nothing."""

import json
from datetime import UTC, datetime

import pytest

from bot.core.alert import Finding as Kept
from bot.core.findings.change import value
from bot.embedded.aws import HOME
from tests.journeys.alert_steps import archived, buttons, finding_of, found, press, said, told
from tests.journeys.steps import BEN, MIKA, QUIET, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {
    **QUIET,
    "NOROSHI_ACCESS__CHANGE": lambda world: world.slack.world.user(MIKA).id,
}
MENU = "act:change-finding"


async def shown(journey, finding, user=MIKA, channel="security"):
    """The answer to /guardduty show."""
    return await journey.asks(f"/guardduty show {finding.id}", channel, user)


async def choose(journey, message, change, finding, user=MIKA):
    outcome = await journey.visitor.click(
        user,
        message,
        MENU,
        value=value(change, Kept(finding.account_id, finding.detail["region"], finding.id)),
    )
    assert outcome.ok, outcome


def guardduty(journey, region):
    client = journey.world.aws.client("guardduty", region=region)
    return client, client.list_detectors()["DetectorIds"][0]


def filters(journey, finding):
    client, detector = guardduty(journey, finding.region)
    names = client.list_filters(DetectorId=detector)["FilterNames"]
    return {each: client.get_filter(DetectorId=detector, FilterName=each) for each in names}


async def test_an_archived_finding_is_archived_its_alert_over_and_the_channel_told(journey):
    finding = finding_of(journey)
    post = await found(journey, finding)

    await choose(journey, await shown(journey, finding), "archive", finding)

    await eventually(lambda: archived(journey, finding))
    await eventually(lambda: "archived in GuardDuty by mika.sato" in said(post))
    everybody = [each for each in journey.messages("security") if each.only_for is None]
    assert any("Archived by mika.sato in GuardDuty" in said(each) for each in everybody)
    again = await shown(journey, finding)
    await choose(journey, again, "unarchive", finding)
    await eventually(lambda: not archived(journey, finding))


async def test_who_is_not_named_changes_nothing_though_they_may_look(journey):
    finding = finding_of(journey)
    await found(journey, finding)

    await choose(journey, await shown(journey, finding, BEN), "archive", finding, BEN)

    refused = await told(journey, BEN, "You may not change anything in AWS from here")
    assert "Ask one of these: " in said(refused)
    assert not archived(journey, finding)


@pytest.fixture
def unhidden(journey):
    """The rule is gone afterwards: it would hide what other tests find."""
    yield
    client, detector = guardduty(journey, HOME)
    client.delete_filter(DetectorId=detector, FilterName="not-ours")


async def test_what_is_like_it_is_hidden_after_what_that_hides_was_shown(journey, unhidden):
    finding = finding_of(journey, updatedAt=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}")
    await found(journey, finding)
    world = journey.world.slack.world
    await choose(journey, await shown(journey, finding), "suppress", finding)
    form = await eventually(lambda: _form(world))
    filled = {"by": ["type", "account"], "wide": [], "name": "not-ours", "description": "a test of ours"}
    assert (await journey.visitor.submit(form, filled)).ok

    preview = await told(journey, MIKA, "The rule not-ours would have hidden")
    assert "high" in said(preview).partition("By account")[0]  # this one, and those of the other tests
    assert filters(journey, finding) == {}

    await press(journey, preview, "Create the rule")

    made = await eventually(lambda: filters(journey, finding))
    assert made["not-ours"]["Action"] == "ARCHIVE"
    await eventually(
        lambda: any(
            "made the suppression rule not-ours" in said(each) for each in journey.messages("security")
        )
    )
    like = finding_of(journey)
    journey.world.aws.findings.put(like.detail)
    assert archived(journey, like)
    answer = await journey.asks("/guardduty suppressions")
    assert "not-ours" in said(answer)
    assert "a test of ours Made with Noroshi by mika.sato." in said(answer)


def _form(world):
    view = (world.modals.stacks.get(world.user(MIKA).id) or [None])[-1]
    return view if view and view.body.get("callback_id") == "rule" else None


async def test_in_the_terminal_the_same_words_ask_first_and_are_on_record(journey):
    finding = finding_of(journey)
    await found(journey, finding)

    code, out, _ = await journey.noroshi("guardduty", "archive", finding.id, "--format", "json")
    assert (code, json.loads(out)["error"]["hint"]) == (2, "Say --yes.")
    assert not archived(journey, finding)

    code, out, _ = await journey.noroshi("guardduty", "archive", finding.id, "--yes", "--format", "json")
    assert code == 0
    assert json.loads(out)["rows"][0]["finding_id"] == finding.id
    assert archived(journey, finding)
    rows = (await journey.told("alert", "presses"))["rows"]
    assert any(each["act"] == "archive finding" and each["channel"] == "terminal" for each in rows)


async def test_in_slack_the_words_say_which_button_does_it(journey):
    answer = await journey.asks("/guardduty archive 8cb90000000000000000000000000001")

    assert "Findings are changed by button" in said(answer)
    assert "Show it" in buttons(answer)
