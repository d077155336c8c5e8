"""A mute hides with a reason and an end, never what is worse, and tells what it hid."""

from datetime import timedelta

import pytest

from bot.core.problem import Mark
from bot.core.severity import Severity
from bot.errors import BadRequest, NotFound
from bot.pipeline import mutes
from tests.pipeline.world import CHANNEL, alert


def mute(world, reach="kind", hours=2, of=None):
    mark = Mark("U1", "Mika", world.now())
    made = mutes.mute_from(of or alert(), reach, "we are testing", mark, world.now() + timedelta(hours=hours))
    mutes.begin(world.ledger, made, CHANNEL)
    return made


def titles(world):
    return [post.view.title for post in world.channels.posts(CHANNEL)]


def test_a_mute_hides_and_says_so(world):
    mute(world)
    world.tell(alert("one"), alert("two"))
    world.run(60)

    assert len(titles(world)) == 1
    assert titles(world)[0].startswith("Mika muted: Tor caller")


def test_a_mute_never_hides_what_is_worse_than_what_was_muted(world):
    mute(world)
    world.tell(alert("one", severity=Severity.CRITICAL))
    world.run(60)

    assert "A key of one is used through Tor" in titles(world)


def test_a_mute_of_one_account_leaves_the_others(world):
    mute(world, "kind-here")
    world.tell(alert("one", account_id="444455556666"), alert("two"))
    world.run(60)

    assert "A key of one is used through Tor" in titles(world)
    assert "A key of two is used through Tor" not in titles(world)


def test_a_mute_reports_at_its_end_what_it_hid(world):
    mute(world)
    world.tell(alert("one"), alert("two"), alert("one", n=2))
    world.run(2 * 3600 + 120)
    [post] = world.channels.posts(CHANNEL)
    [reply] = world.channels.replies(post.ts)

    assert post.view.over
    assert reply.sending.broadcast
    assert reply.view.title == "The mute has ended; it hid 2 problems, told 3 times"
    assert "2 × A key of one is used through Tor" in str(reply.view.sections)


def test_what_was_hidden_is_posted_when_it_is_told_again_after_the_mute(world):
    mute(world)
    world.tell(alert("one"))
    world.run(2 * 3600 + 120)
    world.tell(alert("one", n=2))
    world.run(10)

    assert "A key of one is used through Tor" in titles(world)


def test_a_mute_of_many_is_reported_whole(world):
    mute(world)
    world.tell(*(alert(f"p{n}") for n in range(350)))
    world.run(2 * 3600 + 120)
    [reply] = world.channels.replies(world.channels.posts(CHANNEL)[0].ts)

    assert reply.view.title == "The mute has ended; it hid 350 problems, told 350 times"


def test_unmuting_ends_it_early_and_names_who_did(world):
    made = mute(world)
    world.tell(alert("one"))
    world.run(10)
    mutes.end(world.ledger, made.id, "Jonas")
    world.run(20)
    world.tell(alert("two"))
    world.run(10)

    assert "A key of two is used through Tor" in titles(world)
    assert "by Jonas" in str(world.channels.posts(CHANNEL)[0].view.sections)
    with pytest.raises(NotFound):
        mutes.end(world.ledger, made.id, "Jonas")


def test_a_muted_post_stays_and_shows_the_mute(world):
    world.tell(alert())
    world.run(5)
    mute(world, "problem")
    world.tell(alert(n=2))
    world.run(30)
    post = world.channels.posts(CHANNEL)[0]

    assert "Muted" in str(post.view.sections)
    assert world.channels.replies(post.ts) == []


def test_an_alert_without_a_resource_cannot_be_muted_by_it(world):
    with pytest.raises(BadRequest):
        mute(world, "resource", of=alert(resource=None))
