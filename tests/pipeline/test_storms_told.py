"""A storm's digest stays told, and rings whom its alerts ring."""

from dataclasses import replace

import pytest

from bot.core.severity import Severity
from bot.core.storm import _LETTERS, Storm
from tests.pipeline.rings import CALL, ring
from tests.pipeline.world import CHANNEL, alert


def storm_of(world):
    return next(
        found.thing
        for record in world.store.records.values()
        if record.id.startswith("storm-") and isinstance((found := world.ledger.entry(record)).thing, Storm)
    )


def storm(world, count=20, **parts):
    world.tell(*(alert(f"s{n}", **parts) for n in range(count)))
    world.run(8)


def test_a_storm_whose_digest_was_deleted_is_posted_again_with_its_news(world):
    storm(world)
    world.channels.messages.clear()
    world.tell(alert("late"))
    world.run(20)
    [digest] = world.channels.posts(CHANNEL)
    assert "21" in digest.view.title


def test_a_storm_whose_digest_was_deleted_ends(world):
    storm(world)
    world.channels.messages.clear()
    world.run(700)
    world.ledger.amend(storm_of(world).id, lambda known: replace(known, told=known.told.gone()))
    world.run(700)

    assert storm_of(world).over


def test_a_storm_rings_whom_its_alerts_ring(world):
    ring(world, CALL)
    storm(world)
    [digest] = world.channels.posts(CHANNEL)

    assert digest.sending.mention == CALL


def test_who_is_rung_by_what_joins_later_is_rung_once(world):
    storm(world, severity=Severity.LOW)
    ring(world, CALL)
    world.tell(*(alert(f"t{n}") for n in range(20)))
    world.run(20)
    world.tell(*(alert(f"u{n}") for n in range(20)))
    world.run(20)
    [digest] = world.channels.posts(CHANNEL)

    assert [(each.sending.mention, each.sending.broadcast) for each in world.channels.replies(digest.ts)] == [
        (CALL, True)
    ]


def test_what_gets_worse_in_a_storm_is_counted_as_what_it_is(world):
    storm(world, severity=Severity.LOW)
    world.tell(alert("s3", n=2))
    world.run(20)
    [digest] = world.channels.posts(CHANNEL)

    assert digest.view.severity is Severity.HIGH
    assert storm_of(world).severities == {"low": 19, "high": 1}


def test_a_storm_of_long_names_stays_small_enough_to_be_kept(world):
    long = "\N{FIRE}" * 400
    for n in range(10):
        world.tell(*(alert(f"{n}.{m}", resource=f"{n}.{m}{long}", kind=f"{n}.{m}{long}") for m in range(20)))
    world.run(20)

    assert storm_of(world).problems == 200
    assert sum(len(name) for name in storm_of(world).resources) < _LETTERS


@pytest.mark.parametrize("looks", range(6))
def test_what_goes_on_in_a_digest_gets_no_post_whenever_between_two_looks_it_comes(world, looks):
    storm(world)
    world.run(60)
    look, left = world.store.lane, iter(range(looks))

    def lane(*asked):
        found = look(*asked)
        if next(left, None) is None:
            world.store.lane = look
            world.tell(alert("s3", n=2))
        return found

    world.store.lane = lane
    world.run(60)

    [digest] = world.channels.posts(CHANNEL)
    assert (storm_of(world).problems, storm_of(world).tellings) == (20, 21)
    assert "20 problems" in digest.view.title


def test_what_broke_while_it_was_sent_is_looked_for_before_it_is_sent_again(world):
    world.tell(alert())
    post = world.channels.post

    def posted(*asked):
        post(*asked)
        world.channels.post = post
        raise ArithmeticError

    world.channels.post = posted
    [teller, _] = world.tellers
    with pytest.raises(ArithmeticError):
        teller.step()
    teller.set_aside()
    world.run(120)

    [message] = world.channels.posts(CHANNEL)
    assert message.sending.key == "one"
