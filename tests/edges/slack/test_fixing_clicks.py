"""Who approves a fix is asked at the click: nobody gets around the second person."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.problem import Mark
from bot.embedded.slack.shapes import Person
from bot.pipeline.fixing import Fixing
from tests.edges.slack.alerts import CHANNEL, alert, clicked, deliver, labels, open_alerts
from tests.edges.slack.conftest import BEN, GUEST, MIKA, STRANGER, text
from tests.pipeline.small_fix import BUCKET, Settings


@pytest.fixture
async def fixes(tmp_path):
    async with open_alerts(tmp_path, change=(MIKA, BEN)) as alerts:
        await alerts.stop()
        alerts.settings = Settings()
        fixing = Fixing(
            alerts.ledger, alerts.settings, alerts.settings.look, lambda _channel: None, timedelta(hours=1)
        )
        approve = frozenset(alerts.id(name) for name in (MIKA, BEN, GUEST, STRANGER))
        alerts.desk = replace(alerts.desk, approve=approve, fixing=fixing)
        async with alerts.replica():
            yield alerts


def let_group(fixes, *names):
    """Only a group may approve, and these are in it; gives the group's id."""
    group = next(iter(fixes.slack.world.usergroups))
    fixes.slack.world.usergroups[group] = ("oncall", [fixes.id(name) for name in names])
    object.__setattr__(fixes.desk, "approve", frozenset({group}))
    return group


async def requested(fixes, by=MIKA):
    """A request's post, asked for by this person."""
    mark = Mark(fixes.id(by), by, fixes.clock.now())
    request = await asyncio.to_thread(fixes.desk.fixing.ask, "block", BUCKET, "a partner left", mark, CHANNEL)
    await fixes.run()
    return next(each for each in fixes.messages() if request.id in str(each.blocks))


async def test_another_approves_and_it_is_put_once_though_the_click_comes_twice(fixes):
    post = await requested(fixes)
    click = clicked(fixes, BEN, post, "Approve")

    first, second = await deliver(fixes, click), await deliver(fixes, click)

    assert first["result"] == "applied: It is not public."
    assert second["result"].startswith("Forbidden: This click came before")
    assert len(fixes.settings.puts) == 1


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (MIKA, "Forbidden: You asked for this"),
        (GUEST, "Forbidden: I don't answer guests"),
        (STRANGER, "Forbidden: I answer members of"),
    ],
)
async def test_who_may_not_approve_changes_nothing(fixes, who, why):
    post = await requested(fixes)

    pressed = await deliver(fixes, clicked(fixes, who, post, "Approve"))

    assert pressed["result"].startswith(why)
    assert fixes.settings.puts == []


async def test_two_who_approve_at_the_same_moment_change_it_once(fixes):
    world = fixes.slack.world
    third = Person(world.ids.new("U"), "elena.rossi", "Elena Rossi", world.team.id)
    world.users[third.id] = third
    world.channel("security").members.add(third.id)
    object.__setattr__(fixes.desk, "approve", frozenset({fixes.id(BEN), third.id}))
    post = await requested(fixes)
    clicks = [clicked(fixes, who, post, "Approve") for who in (BEN, third.name)]

    await asyncio.gather(*(fixes.slack.socket.deliver("interactive", click) for click in clicks))
    await fixes.recorded(1)

    results = sorted(each["result"].partition(":")[0] for each in fixes.presses())
    assert results == ["BadRequest", "applied"]
    assert len(fixes.settings.puts) == 1


async def test_a_group_that_may_approve_holds_the_one_who_asked_too_and_he_may_not(fixes):
    group = let_group(fixes, MIKA, BEN)
    post = await requested(fixes)

    pressed = await deliver(fixes, clicked(fixes, MIKA, post, "Approve"))
    assert pressed["result"].startswith("Forbidden: You asked for this")
    assert fixes.settings.puts == []

    assert (await deliver(fixes, clicked(fixes, BEN, post, "Approve")))["result"].startswith("applied")
    assert group in fixes.desk.approve


@pytest.mark.parametrize("label", ["Approve", "Refuse"])
async def test_who_has_left_the_group_meanwhile_decides_nothing(fixes, label):
    group = let_group(fixes, MIKA, BEN)
    post = await requested(fixes)
    click = clicked(fixes, BEN, post, label)
    fixes.slack.world.usergroups[group] = ("oncall", [fixes.id(MIKA)])

    pressed = await deliver(fixes, click)

    assert pressed["result"].startswith("Forbidden: You may not approve that.")
    assert fixes.settings.puts == []


async def test_undo_is_for_those_who_may_approve_and_only_in_its_time(fixes):
    post = await requested(fixes)
    await deliver(fixes, clicked(fixes, BEN, post, "Approve"))
    await fixes.run()
    undo = clicked(fixes, BEN, post, "Undo")
    group = let_group(fixes, MIKA)

    assert (await deliver(fixes, undo))["result"].startswith("Forbidden: You may not approve that.")
    fixes.slack.world.usergroups[group] = ("oncall", [fixes.id(BEN)])
    fixes.clock.forward(minutes=61)
    late = await deliver(fixes, clicked(fixes, BEN, post, "Undo"))

    assert late["result"].startswith("BadRequest: It was applied too long ago")
    assert len(fixes.settings.puts) == 1


async def test_a_click_replayed_when_its_mark_is_forgotten_finds_it_decided(fixes):
    post = await requested(fixes)
    click = clicked(fixes, BEN, post, "Approve")
    await deliver(fixes, click)
    fixes.clock.forward(minutes=61)

    assert (await deliver(fixes, click))["result"].startswith("BadRequest: This was applied by ben.okafor")
    assert len(fixes.settings.puts) == 1


@pytest.mark.parametrize("label", ["Approve", "Refuse"])
async def test_who_is_not_named_may_neither_approve_nor_refuse(fixes, label):
    object.__setattr__(fixes.desk, "approve", frozenset({fixes.id(MIKA)}))
    post = await requested(fixes)

    pressed = await deliver(fixes, clicked(fixes, BEN, post, label))

    assert pressed["result"].startswith("Forbidden: You may not approve that.")
    assert fixes.settings.puts == []


async def test_a_click_from_another_channel_approves_nothing(fixes):
    post = await requested(fixes)
    click = clicked(fixes, BEN, post, "Approve")
    elsewhere = fixes.slack.world.channel("general")
    click["channel"] = {"id": elsewhere.id, "name": "security"}
    click["container"]["channel_id"] = elsewhere.id

    assert (await deliver(fixes, click))["result"].startswith("Forbidden: This is not told in this channel")
    assert fixes.settings.puts == []


async def test_a_click_after_its_time_approves_nothing_and_the_post_says_so(fixes):
    post = await requested(fixes)
    click = clicked(fixes, BEN, post, "Approve")
    fixes.clock.forward(minutes=61)

    pressed = await deliver(fixes, click)
    await fixes.run()

    assert pressed["result"].startswith("BadRequest: Nobody approved this in time")
    assert fixes.settings.puts == []
    assert "Nobody approved the fix" in text(post)
    assert labels(post) == []


async def test_a_forged_value_finds_another_request_or_nothing(fixes):
    post = await requested(fixes)

    pressed = await deliver(fixes, clicked(fixes, BEN, post, "Approve", value="fix-" + "0" * 24))

    assert pressed["result"].startswith("NotFound")
    assert fixes.settings.puts == []


async def test_an_approval_of_what_is_no_request_is_refused(fixes):
    problem = await fixes.tell(alert())

    pressed = await deliver(fixes, clicked(fixes, BEN, problem, "Acknowledge", action_id="act:approve-fix"))

    assert pressed["result"].startswith("BadRequest: This button does not fit its message")


async def test_without_the_setting_nothing_can_be_fixed(fixes):
    post = await requested(fixes)
    object.__setattr__(fixes.desk, "fixing", None)

    pressed = await deliver(fixes, clicked(fixes, BEN, post, "Approve"))

    assert pressed["result"].startswith("Forbidden: Buckets can't be fixed from here.")
