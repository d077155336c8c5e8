"""The buttons under an alert: what people see in Slack, what AWS has then, and what the record says."""

import asyncio

import pytest

from bot.embedded.aws import PROD, STAGING
from bot.embedded.aws.world import tell_finding
from tests.journeys.alert_steps import (
    answered,
    archived,
    buttons,
    finding_of,
    found,
    post_of,
    press,
    said,
    thread,
    told,
)
from tests.journeys.steps import BEN, MIKA, eventually
from tests.patience import LONGEST

pytestmark = pytest.mark.asyncio(loop_scope="module")
ARCHIVE = "Archive in GuardDuty"
SETTINGS = {
    "NOROSHI_ACCESS__CHANGE": lambda world: next(iter(world.slack.world.usergroups)),
    "NOROSHI_ALERTS__STORM_ABOVE": "1000",
    "NOROSHI_ALERTS__ROUTES": "[]",
}


@pytest.fixture
def only_mika_changes(journey):
    """Ben is no member of the group that may change something in AWS."""
    world = journey.world.slack.world
    group, (name, members) = next(iter(world.usergroups.items()))
    world.usergroups[group] = (name, [world.user(MIKA).id])
    yield
    world.usergroups[group] = (name, members)


async def pressed(journey, act, what="", least=1):
    """What `noroshi alert presses` says of an act, once there are so many."""
    async with asyncio.timeout(LONGEST):
        while True:
            rows = (await journey.told("alert", "presses", "--since", "7d"))["rows"]
            if len(found := [row for row in rows if row["act"] == act and what in row["what"]]) >= least:
                return found


async def test_acknowledged_stands_on_the_post(journey):
    post = await found(journey, finding_of(journey))
    await press(journey, post, "Acknowledge")

    await eventually(lambda: "Acknowledged" in said(post))

    assert "by mika.sato" in said(post)
    assert "Acknowledge" not in buttons(post)
    assert ARCHIVE in buttons(post)


async def test_investigate_answers_from_the_trail_in_the_thread(journey):
    finding = finding_of(journey)
    post = await found(journey, finding)
    await press(journey, post, "Investigate", BEN)

    answer = await eventually(lambda: answered(journey, post))

    assert answer.body["text"].startswith("Who accessed acme-payroll")
    assert journey.world.incident.attacker_ip in said(answer)
    assert "asked by ben.okafor with /trail who-accessed acme-payroll" in said(answer)


async def test_archive_really_archives_and_marks_the_post_over(journey, only_mika_changes):
    finding = finding_of(journey)
    post = await found(journey, finding)
    assert buttons(post)[ARCHIVE]["confirm"]

    await press(journey, post, ARCHIVE)
    await eventually(lambda: "OVER" in said(post))

    assert archived(journey, finding)
    assert "archived in GuardDuty by mika.sato" in said(post)
    ends = await eventually(lambda: answered(journey, post))
    assert "OVER · Archived in GuardDuty by mika.sato" in said(ends)


async def test_who_may_not_change_aws_is_told_who_may_and_nothing_is_archived(journey, only_mika_changes):
    finding = finding_of(journey)
    post = await found(journey, finding)
    await press(journey, post, ARCHIVE, BEN)

    refused = await told(journey, BEN, "You may not change anything in AWS from here.")

    assert "Ask one of these: Mika Sato." in said(refused)
    assert not archived(journey, finding)
    assert "OVER" not in said(post)


async def test_a_member_accounts_finding_that_we_cannot_archive_is_not_said_to_be(journey):
    """Our account has a detector, but does not administer the other's."""
    organization = journey.world.aws.findings.organization
    organization.delegate("")
    try:
        finding = finding_of(journey, accountId=STAGING.id)
        post = await found(journey, finding)
        await press(journey, post, ARCHIVE)

        refused = await told(journey, MIKA, f"no such finding of account {STAGING.id}")
    finally:
        organization.delegate(PROD.id, STAGING.id)

    assert "signed in to the account that administers GuardDuty" in said(refused)
    assert "OVER" not in said(post)


async def test_mute_hides_until_unmuted_and_then_reports(journey):
    post = await found(journey, finding_of(journey, 2))
    await press(journey, post, "Mute…")
    world = journey.world.slack.world
    form = await eventually(lambda: (world.modals.stacks.get(world.user(MIKA).id) or [None])[-1])
    given = {"what": "kind", "until": "1h", "reason": "the scanner is ours <!channel>"}
    assert (await journey.visitor.submit(form, given)).ok

    message = await eventually(
        lambda: next((each for each in journey.messages("security") if "Unmute" in buttons(each)), None)
    )
    await eventually(lambda: "Muted" in said(post))
    assert "the scanner is ours <!channel>" in said(message)
    assert "<!" not in message.body["text"]
    hidden = finding_of(journey, 2)
    seen = await found_hidden(journey, hidden)
    assert not seen

    await press(journey, message, "Unmute", BEN)
    report = await eventually(lambda: answered(journey, message))

    assert "The mute has ended; it hid 1 problem, told once" in said(report)
    assert await found(journey, finding_of(journey, 2))


async def found_hidden(journey, hidden):
    """Whether a finding has a post when another one that came after it has one."""
    tell_finding(journey.world.aws, hidden)
    await found(journey, finding_of(journey, 1))
    return post_of(journey, hidden)


async def test_every_press_can_be_read_afterwards(journey, only_mika_changes):
    finding = finding_of(journey)
    post = await found(journey, finding)
    before = len(journey.messages("security"))
    await press(journey, post, ARCHIVE, BEN)
    await told(journey, BEN, "You may not change anything in AWS from here.", after=before)
    await press(journey, post, ARCHIVE)
    await eventually(lambda: "OVER" in said(post))

    done, refused = (await pressed(journey, "archive", least=2))[:2]

    world = journey.world.slack.world
    assert (done["user_id"], done["result"]) == (world.user(MIKA).id, "done")
    assert refused["user_id"] == world.user(BEN).id
    assert refused["result"].startswith("Forbidden")
    assert done["channel"] == world.channel("security").id
    assert done["at"] > refused["at"]
    code, out, _ = await journey.noroshi("alert", "presses", "--since", "7d", "--format", "json")
    secrets = (journey.world.slack.bot_token, journey.world.slack.app_token, "/hooks/", "AKIA", "ASIA")
    assert code == 0
    assert not [secret for secret in secrets if secret in out]


async def test_an_over_post_keeps_its_thread_for_who_comes_later(journey, only_mika_changes):
    post = await found(journey, finding_of(journey))
    await press(journey, post, "Investigate")
    await eventually(lambda: answered(journey, post))
    await press(journey, post, ARCHIVE)
    await eventually(lambda: "OVER" in said(post))

    await eventually(lambda: any("Archived in GuardDuty by" in said(each) for each in thread(journey, post)))

    assert any("Who accessed" in said(each) for each in thread(journey, post))
