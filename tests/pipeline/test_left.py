"""A channel that the settings name no more: what stood and waited there is told elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.problem import Mark
from bot.core.severity import Severity
from bot.pipeline import mutes
from bot.pipeline.lease import Lease
from bot.pipeline.left import Left
from tests.pipeline.world import CHANNEL, FALLBACK, World, alert

TERM = timedelta(seconds=30)


@pytest.fixture
def world():
    """A bot that told in #security; `leave` lets it start again with settings that name #ops alone."""
    world = World()
    left(world, CHANNEL, FALLBACK).look()
    return world


def left(world, *channels):
    def lease(channel):
        return Lease(world.store, channel, "new", TERM, world.now)

    return Left(channels, FALLBACK, world.ledger, lease, lambda _channel: None)


def leave(world):
    world.time += 2 * TERM
    world.tellers = [world.teller(FALLBACK)]
    world.taking._reading = replace(world.taking._reading, routes=replace(world.routes, channel=FALLBACK))
    return left(world, FALLBACK)


def titles(messages):
    return [message.view.title for message in messages]


def test_what_waited_there_is_told_and_says_why_it_stands_here(world):
    world.tell(alert())
    leave(world).look()
    world.run(10)

    [post] = world.channels.posts(FALLBACK)
    assert "#security is not in the settings any more" in str(post.view)


def test_what_was_told_there_is_told_again_when_there_is_news(world):
    world.tell(alert())
    world.run(20)
    look = leave(world).look
    look()
    world.run(10)
    assert not world.channels.posts(FALLBACK)

    world.tell(alert(n=2))
    world.run(10)
    assert titles(world.channels.posts(FALLBACK)) == ["A key of one is used through Tor"]


def test_a_critical_one_that_nobody_acknowledged_is_posted_anew_and_reminded_of(world):
    world.tell(alert(severity=Severity.CRITICAL))
    world.run(20)
    leave(world).look()
    world.run(1000)

    [post] = world.channels.posts(FALLBACK)
    assert titles(world.channels.replies(post.ts))[0].startswith("Nobody has acknowledged")


def test_a_mute_that_was_made_there_tells_here_what_it_hid(world):
    mark = Mark("U1", "Mika", world.now())
    mutes.begin(
        world.ledger, mutes.mute_from(alert(), "kind", "we test", mark, world.now() + TERM * 9), CHANNEL
    )
    world.run(5)
    world.tell(alert())
    leave(world).look()
    world.run(600)

    assert "The mute has ended; it hid 1 problem, told once" in titles(world.channels.messages)


def test_where_another_replica_still_tells_nothing_is_moved(world):
    world.tell(alert())
    world.tellers[0].step()
    world.tell(alert("two"))
    left(world, FALLBACK).look()
    world.run(10)

    assert not world.channels.posts(FALLBACK)


def test_a_thousand_open_ones_are_moved_and_none_is_posted(world):
    for n in range(8):
        world.tell(alert(f"{n}"))
    world.run(30)
    for n in range(1_000):
        world.tell(alert(f"storm {n}"))
    world.run(60)
    leave(world).look()
    world.run(60)

    assert len(world.channels.posts(FALLBACK)) <= 1
