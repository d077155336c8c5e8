"""What the demo's scenes put into the bot's queue, by the ways that AWS's news take."""

import asyncio
from collections import Counter

import pytest
import pytest_asyncio

from bot.app.alerts import reading
from bot.core.alert import Alert
from bot.embedded.incident import records
from bot.embedded.scenes import Scenes
from bot.settings import Settings, child_environment
from tests.embedded.demo_world import Demo, demo_world
from tests.patience import LONGEST

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = [
    ("#security", "high", "User backup reads the bucket acme-payroll in an unusual way, from"),
    ("#security", "medium", "Credentials of user backup are used from the Tor network"),
    ("#security", "high", "User backup reads the bucket acme-payroll in an unusual way, from"),
    ("#security", "medium", "backup (user) created an access key for backup"),
    ("#security", "medium", "backup (user) tried to stop the trail acme-trail"),
    ("#security", "high", "backup (user) opened the security group"),
    ("#security", "high", "Port 22 of web-prod"),
    ("#security", "high", "Security group"),
    ("#security", "low", "Attackers try the open port 22 of instance web-prod-1"),
    ("#security", "low", "backup (user) tried to start GPU machines"),
    ("#security", "medium", "backup (user) started GPU machines"),
    ("#security", "high", "Instance"),
    ("#security", "critical", "The credentials of user backup are probably in other hands"),
    (None, "over", "archived in GuardDuty"),
    ("#billing", "low", "Amazon Elastic Compute Cloud - Compute costs $54.05 more than expected"),
    ("#billing", "medium", "This month's charges passed $"),
    ("#billing", "low", "Budget prod-monthly: $"),
    ("#security", "critical", "An access key is public: AKIA"),
    ("#billing", "high", "An access key is old: load-test"),
    ("#security", None, ""),  # the group is closed: whether that ends it depends on its other doors
    ("#security", "info", "Resolved: security group"),
    ("#billing", "medium", "Amazon Elastic Compute Cloud - Compute costs $124.49 more than expected"),
    (
        "#security",
        "high",
        "elena.rossi@acme.example (SSO, Developer) deleted the public access block of the bucket",
    ),
    (
        "#security",
        "high",
        "elena.rossi@acme.example (SSO, Developer) opened the bucket acme-archive by its policy",
    ),
    ("#security", "info", "Something I have no words for: Access Analyzer Finding"),
    ("#security", "medium", "Sample, not real: "),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with demo_world() as made:
        yield made.world


@pytest.fixture
def demo(world):
    """The world with its story still to be told, and nothing in its queue."""
    taken(world)
    return Demo(world, Scenes(world, storm=120))


async def told(demo):
    """What the queue holds becomes, as the demo's settings say; the queue is empty then."""
    decide = reading(settings(demo.world)).decide
    return [decide(body) for body in taken(demo.world)]


def taken(world):
    """Every message of the queue, which is empty then."""
    sqs, queue, found = world.aws.client("sqs"), world.seeded.queue_url, []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [message["Body"] for message in messages]
        handles = [
            {"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(messages)
        ]
        sqs.delete_message_batch(QueueUrl=queue, Entries=handles)
    return found


def settings(world):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in child_environment(world.environment()).items():
            patch.setenv(name, value)
        return Settings()


def short(outcome):
    if outcome.alert:
        return outcome.where.channel, outcome.alert.severity.value, outcome.alert.title
    return None, "over" if outcome.closes else "quiet", outcome.dropped


async def no_pause(_seconds):
    await asyncio.sleep(0)


async def test_the_story_plays_by_itself_and_every_step_reaches_its_channel(demo):
    await demo.scenes.play(5, 8, no_pause)

    found = [short(each) for each in await told(demo)]

    assert len(found) == len(STORY)
    for (channel, severity, title), (wanted, band, begins) in zip(found, STORY, strict=True):
        assert channel == wanted
        assert band in (None, severity)
        assert title.startswith(begins)


async def test_what_belongs_together_is_one_problem(demo):
    await demo.scenes.play(0, 0, no_pause)
    outcomes = await told(demo)
    keys = [each.alert.key if each.alert else each.closes for each in outcomes]

    stolen, again, call, item, probed = keys[0], keys[2], keys[5], keys[6], keys[8]
    assert stolen == again
    assert outcomes[2].alert.count > outcomes[0].alert.count
    assert call == item
    assert keys[13] == probed
    assert keys[7] == keys[20]
    assert outcomes[20].alert.resolved
    assert keys[14] == keys[21]


async def test_the_calls_are_the_very_records_that_the_logs_hold(demo):
    await demo.scenes.play(0, 0, no_pause)
    calls = [each.event.detail for each in await told(demo) if "eventID" in each.event.detail]
    # The bucket is opened while the story is told; CloudTrail delivers that by then.
    seen = {
        call["eventID"] for call in calls if call["requestParameters"].get("bucketName") != "acme-archive"
    }

    assert seen
    assert seen <= {record["eventID"] for record in records(demo.world.incident)}


async def test_only_what_is_critical_calls_somebody(demo):
    await demo.scenes.play(0, 0, no_pause)

    loud = {short(each)[1] for each in await told(demo) if each.where and each.where.mention}

    assert loud == {"critical"}


async def test_the_story_waits_while_it_is_paused_and_goes_on_by_steps(demo):
    steps = asyncio.Queue()

    async def until_told(_seconds):
        await steps.get()

    playing = asyncio.create_task(demo.scenes.play(0, 0, until_told))
    await asyncio.sleep(0)
    await demo.press("play")
    steps.put_nowait(None)
    await demo.press("next", "next")
    assert len(await told(demo)) == 2
    assert demo.stage.to_json()["status"].startswith("2 of 24")

    await demo.press("play")
    for _ in range(24):
        steps.put_nowait(None)
    await asyncio.wait_for(playing, LONGEST)
    assert len(await told(demo)) == len(STORY) - 2
    assert {each["id"] for each in demo.stage.to_json()["scenes"] if each["over"]} == {"play", "next"}


async def test_who_takes_a_step_stops_the_story(demo):
    playing = asyncio.create_task(demo.scenes.play(0, 0, lambda _seconds: asyncio.Event().wait()))
    await asyncio.sleep(0)
    assert labels(demo)["play"] == "Pause"
    await demo.press("next")

    assert labels(demo)["play"] == "Play"
    playing.cancel()


def labels(demo):
    return {each["id"]: each["label"] for each in demo.stage.to_json()["scenes"]}


async def test_nothing_goes_on_or_ends_before_it_began(demo):
    await demo.press("again", "over")
    assert await told(demo) == []

    await demo.press("next", "again", "again")
    first, second, third = [each.alert for each in await told(demo)]
    assert first.key == second.key == third.key
    assert first.count < second.count < third.count

    await demo.press("over", "over")
    (ended,) = await told(demo)
    assert (ended.closes, ended.dropped) == (first.key, "archived in GuardDuty")


async def test_what_is_over_can_come_back_and_end_again(demo):
    await demo.press("next", "over", "again", "over")

    assert [bool(each.alert) for each in await told(demo)] == [True, False, True, False]


async def test_all_that_aws_can_call_over_is_over(demo):
    await demo.scenes.play(0, 0, no_pause)
    await told(demo)
    await demo.press("over")

    ended = await told(demo)

    kinds = Counter(each.alert.source if each.alert else each.event.source for each in ended)
    assert kinds == {"aws.guardduty": 5, "aws.s3": 1, "config_rules": 2, "billing": 1, "health": 1}
    # A bucket's problem is ended by a look at the bucket, not by the call.
    calls = [each for each in ended if each.event.source != "aws.s3"]
    assert all(each.closes or each.alert.resolved or each.alert.severity.value == "low" for each in calls)


async def test_a_storm_is_in_the_queue_at_once_of_40_kinds_with_three_critical_ones(demo):
    await demo.press("storm", "storm")

    alerts = [each.alert for each in await told(demo)]

    assert all(isinstance(each, Alert) for each in alerts)
    assert len({each.key for each in alerts}) == len(alerts) == 240
    assert len({each.kind for each in alerts}) == 40
    assert Counter(each.severity.value for each in alerts)["critical"] == 6
    assert {each.account_name for each in alerts} == {"prod", "staging"}
    assert not any("None" in each.title or "{" in each.title for each in alerts)


async def test_guardduty_is_switched_off_and_on_again_for_real(demo):
    guardduty = demo.world.aws.client("guardduty")
    (detector,) = guardduty.list_detectors()["DetectorIds"]

    def status():
        return guardduty.get_detector(DetectorId=detector)["Status"]

    await demo.press("deaf")
    (off,) = await told(demo)
    assert (status(), short(off)[1]) == ("DISABLED", "critical")
    assert next(each for each in demo.stage.to_json()["scenes"] if each["id"] == "deaf")["on"]

    await demo.press("deaf")
    (on,) = await told(demo)
    assert (status(), on.closes) == ("ENABLED", off.alert.key)


async def test_slacks_outage_is_a_switch(demo):
    faults = demo.world.slack.world.faults
    await demo.press("outage")
    assert faults.outage
    await demo.press("outage")
    assert not faults.outage


async def test_what_is_told_is_kept_in_the_worlds_own_folder(demo):
    given = settings(demo.world)

    assert given.alerts.store == f"sqlite:///{demo.world.folder}/noroshi.db"
    assert demo.world.folder.is_dir()
    assert given.access.change == (demo.world.slack.world.user("mika.sato").id,)
