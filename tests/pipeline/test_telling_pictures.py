"""A note with a chart is said, then its picture is put below it: once, and holding up nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.note import Note
from bot.core.sections import Paragraph
from bot.core.told import Told
from bot.core.view import View
from bot.errors import Conflict, NoSuchPlace, NotConfigured, Throttled, Unanswered, Upstream
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import Entry
from bot.pipeline.left import Left
from tests.pipeline.world import CHANNEL, FALLBACK, START, World, alert
from tests.render.charts import month

WEEK = View("The week: $9,210", (month(), Paragraph((("and a word",),))), command="billing week")


@pytest.fixture
def world():
    return World(remind_after=None, mention_after=None)


def say(world, view=WEEK, note_id="week-1"):
    world.ledger.write(Entry(Note(note_id, CHANNEL, view, world.now()), 0))


def posts(world, channel=CHANNEL):
    return [each for each in world.channels.posts(channel) if each.view.title == WEEK.title]


def told(world):
    return world.ledger.find("week-1").thing.told


def test_its_picture_stands_in_its_thread(world):
    say(world)
    world.run(5)

    [post] = posts(world)
    assert world.channels.attached == [(post.ts, WEEK)]
    assert world.ledger.waiting(CHANNEL) == []


def test_a_note_without_a_chart_brings_none(world):
    say(world, View("Nothing is open"))
    world.run(5)

    assert [what for _, what, _ in world.channels.calls] == ["post"]


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize(
    "error",
    [Unanswered("no answer"), Upstream("no"), NotConfigured("no matplotlib"), NoSuchPlace("archived")],
)
def test_a_picture_that_fails_is_not_tried_twice_and_holds_up_nothing(world, error, done):
    """A file carries no token: whether it stands there nobody can find out."""
    say(world)
    world.run(0.5)
    world.channels.fail(error, done=done)
    world.run(2)
    world.tell(alert())
    world.run(600)

    assert [what for _, what, channel in world.channels.calls if channel == CHANNEL][:3] == [
        "post",
        "attach",
        "post",
    ]
    assert len(world.channels.attached) == done
    assert len(posts(world)) == 1


def test_what_slack_certainly_did_not_take_is_tried_again_later_and_meanwhile_others_are_told(world):
    say(world)
    world.run(0.5)
    world.channels.fail(Throttled("slow down"))
    world.run(3)
    world.tell(alert())
    world.run(2)

    assert world.channels.attached == []
    assert [post.view.title for post in world.channels.posts(CHANNEL)][-1] == alert().title
    world.run(120)
    assert len(world.channels.attached) == 1


def test_a_bot_that_dies_over_it_leaves_it_out(world):
    """That it was begun is written before it is."""
    say(world)
    world.run(0.5)

    def dies(*_):
        raise KeyboardInterrupt

    world.channels.attach = dies
    with pytest.raises(KeyboardInterrupt):
        world.run(3)
    assert told(world).attached

    after = world.teller(CHANNEL, "b")
    del world.channels.attach
    world.time += timedelta(minutes=1)
    after.step()
    assert world.channels.attached == []


def test_who_was_overtaken_in_writing_that_it_was_begun_uploads_nothing(world):
    say(world)
    world.run(0.5)
    write, world.store.write = world.store.write, lambda *_: conflict()
    teller, _ = world.tellers
    world.time += timedelta(seconds=1)

    assert teller.step() == timedelta()
    assert world.channels.attached == []
    world.store.write = write
    world.run(3)
    assert len(world.channels.attached) == 1


def conflict():
    raise Conflict("somebody wrote in between")


@pytest.mark.parametrize("not_before", [None, START + timedelta(hours=1)])
def test_a_channel_that_was_left_moves_no_note_that_was_said(world, not_before):
    """Else it would be said twice for its picture's sake."""
    waits = Told("1.1", memory=replace(told_once(world)), not_before=not_before)
    world.ledger.write(Entry(Note("week-2", "#left", WEEK, world.now(), waits), 0))

    def lease(channel):
        return Lease(world.store, channel, "z", timedelta(seconds=30), world.now)

    Left(["#left", CHANNEL], CHANNEL, world.ledger, lease, lambda _: None).look()
    Left([CHANNEL], CHANNEL, world.ledger, lease, lambda _: None).look()
    world.run(5)

    assert len(posts(world)) == 1
    assert world.ledger.find("week-2").thing.told.attached


def told_once(world):
    say(world)
    world.run(5)
    return told(world).memory


def test_where_the_channel_closes_in_between_the_note_is_not_said_elsewhere(world):
    say(world)
    world.run(0.5)
    world.channels.closed.add(CHANNEL)
    world.tell(alert())
    world.run(10)

    assert len(posts(world)) == 1
    assert posts(world, FALLBACK) == []
    assert [post.view.title for post in world.channels.posts(FALLBACK)] == [alert().title]
