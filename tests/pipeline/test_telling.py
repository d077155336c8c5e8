"""What is on record is told once, in one thread, at Slack's pace, whatever Slack answers."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.buttons import Act
from bot.core.severity import Severity
from bot.errors import BadForm, Throttled, Unanswered, Upstream
from tests.pipeline.world import CHANNEL, FALLBACK, alert


def titles(messages):
    return [message.view.title for message in messages]


def test_an_alert_is_posted_once(world):
    world.tell(alert())
    world.run(5)
    world.tell(alert())  # the same telling, given again
    world.run(30)

    assert titles(world.channels.posts(CHANNEL)) == ["A key of one is used through Tor"]
    assert len(world.channels.messages) == 1


def test_a_repeat_edits_the_post_and_answers_in_its_thread(world):
    world.tell(alert())
    world.run(5)
    world.tell(alert(n=2))
    world.run(10)
    [post] = world.channels.posts(CHANNEL)

    assert post.edits == 1
    assert titles(world.channels.replies(post.ts)) == ["Again: A key of one is used through Tor"]
    assert not world.channels.replies(post.ts)[0].sending.broadcast


def test_many_repeats_make_few_replies(world):
    for n in range(1, 200):
        world.tell(alert(n=n))
        world.run(2)
    [post] = world.channels.posts(CHANNEL)

    assert len(world.channels.replies(post.ts)) <= 2


def test_what_gets_worse_is_broadcast_with_its_mention(world):
    world.tell(alert())
    world.run(5)
    world.tell(alert(n=2, severity=Severity.CRITICAL))
    world.run(10)
    [post] = world.channels.posts(CHANNEL)
    [reply] = world.channels.replies(post.ts)

    assert reply.sending.broadcast
    assert reply.view.title == "Worse now: A key of one is used through Tor"
    assert post.view.severity is Severity.CRITICAL


def test_what_is_less_bad_does_not_calm_the_post(world):
    world.tell(alert(severity=Severity.CRITICAL, title="The trail was deleted"))
    world.tell(alert(n=2, severity=Severity.LOW, title="A bucket was listed"))
    world.run(20)
    [post] = world.channels.posts(CHANNEL)

    assert post.view.severity is Severity.CRITICAL
    assert post.view.title == "The trail was deleted"


def test_what_comes_again_after_a_day_of_silence_is_posted_anew(world):
    world.tell(alert())
    world.run(5)
    world.time += timedelta(days=1)
    world.tell(alert(n=24 * 60 + 2))
    world.run(20)

    assert len(world.channels.posts(CHANNEL)) == 2


def test_what_is_over_marks_the_post(world):
    world.tell(alert())
    world.run(5)
    world.tell(alert(n=2, resolved=True, title="All is well"))
    world.run(20)
    [post] = world.channels.posts(CHANNEL)

    assert post.view.over
    assert titles(world.channels.replies(post.ts)) == ["All is well"]


def test_an_older_telling_that_comes_late_does_not_open_it_again(world):
    world.tell(alert(n=1))
    world.tell(alert(n=9, resolved=True))
    world.tell(alert(n=5))
    world.run(20)
    [post] = world.channels.posts(CHANNEL)

    assert post.view.over


@pytest.mark.parametrize("done", [True, False])
def test_a_lost_answer_is_looked_for_before_it_is_sent_again(world, done):
    world.channels.fail(Unanswered("no answer"), done=done)
    world.tell(alert())
    world.run(60)

    assert len(world.channels.messages) == 1


@pytest.mark.parametrize("done", [True, False])
def test_a_lost_answer_to_a_reply_makes_no_second_reply(world, done):
    world.tell(alert())
    world.run(5)
    world.channels.fail(Upstream("the edit"), done=False)
    world.channels.fail(Unanswered("no answer"), done=done)
    world.tell(alert(n=2))
    world.run(60)
    [post] = world.channels.posts(CHANNEL)

    assert len(world.channels.replies(post.ts)) == 1


@pytest.mark.parametrize(
    "error", [Throttled("slow"), Upstream("missing_scope"), Unanswered("down")], ids=lambda e: e.type
)
def test_as_long_as_the_history_cannot_be_read_nothing_is_sent_again(world, error):
    world.channels.fail(Unanswered("no answer"), done=True)
    world.channels.fail(error, times=5)
    world.tell(alert())
    world.run(600)

    assert len(world.channels.messages) == 1
    assert world.channels.calls[1][1] == "find"


def test_a_history_that_cannot_be_read_silences_nothing_else_in_the_channel(world):
    world.channels.fail(Unanswered("no answer"), done=True)
    world.channels.unreadable = True
    world.tell(alert("one"))
    world.run(30)
    world.tell(alert("two"), alert("three"))
    world.run(30)
    assert len(world.channels.messages) == 3

    world.channels.unreadable = False
    world.run(4000)
    assert len(world.channels.messages) == 3
    assert not world.store.lane(f"now:{CHANNEL}", 1)


@pytest.mark.parametrize(
    "error", [Throttled("slow", retry_after=30), Upstream("token"), Unanswered("down")], ids=lambda e: e.type
)
def test_an_outage_of_an_hour_loses_nothing(world, error):
    world.channels.fail(error, times=20)
    world.tell(alert())
    world.run(3600)

    assert len(world.channels.messages) == 1


def test_slack_is_asked_seldom_while_it_refuses(world):
    world.channels.fail(Upstream("token"), times=10_000)
    world.tell(alert())
    world.run(3600)

    assert len(world.channels.calls) < 80


def test_what_a_channel_does_not_take_goes_to_the_fallback_with_a_word(world):
    world.channels.closed.add(CHANNEL)
    world.tell(alert("one"), alert("two"), alert("three"))
    world.run(30)
    posts = world.channels.posts(FALLBACK)

    assert len(posts) == 3
    words = str(posts[0].view.sections)
    assert "Posted here" in words
    assert "#security can't be posted in: #security is archived." in words
    # one try tells enough
    assert len([call for call in world.channels.calls if call[2] == CHANNEL]) == 1


def test_what_even_the_fallback_does_not_take_waits(world):
    world.channels.closed |= {CHANNEL, FALLBACK}
    world.tell(alert())
    world.run(600)
    world.channels.closed.clear()
    world.run(120)

    assert len(world.channels.messages) == 1


def test_what_slack_finds_ill_formed_is_told_barely(world):
    world.channels.fail(BadForm("invalid_blocks"))
    world.tell(alert())
    world.run(30)
    [post] = world.channels.posts(CHANNEL)

    assert post.view.title == "A key of one is used through Tor"
    # Buttons of ours, in which nobody else's words stand: somebody must be able to have it.
    assert {type(button) for button in post.view.buttons} == {Act}


def test_a_deleted_post_is_posted_anew_when_it_goes_on(world):
    world.tell(alert())
    world.run(5)
    world.channels.messages.clear()
    world.tell(alert(n=2))
    world.run(20)

    assert len(world.channels.posts(CHANNEL)) == 1


def test_a_channel_gets_at_most_one_message_or_edit_a_second(world):
    for n in range(6):
        world.tell(alert(f"p{n}"), alert(f"p{n}", n=2))
    world.run(60)
    times = [at for at, what, channel in world.channels.calls if what in ("post", "update")]

    assert len(times) >= 6
    assert all(b - a >= timedelta(seconds=1) for a, b in pairwise(times))


def test_nobody_acknowledges_a_critical_one_reminds_then_mentions(world):
    world.tell(alert(severity=Severity.CRITICAL))
    world.run(40 * 60)
    [post] = world.channels.posts(CHANNEL)
    first, second = world.channels.replies(post.ts)

    assert first.view.title.startswith("Nobody has acknowledged this for 15 minutes")
    assert (first.sending.mention, second.sending.mention) == ("", "<!here>")
    assert first.sending.broadcast
    assert second.sending.broadcast


def test_a_dead_replica_is_followed_by_another_and_nothing_is_told_twice(world):
    dead = world.teller(CHANNEL, "dead")
    world.tell(alert())
    world.channels.fail(Unanswered("killed here"), done=True)
    dead.step()
    world.run(60)

    assert len(world.channels.messages) == 1


def test_two_replicas_tell_once(world):
    world.tellers.append(world.teller(CHANNEL, "b"))
    for n in range(5):
        world.tell(alert(f"p{n}"))
        world.run(3)
    world.run(30)

    assert len(world.channels.posts(CHANNEL)) == 5


def test_worse_may_lead_to_another_channel_and_the_old_one_hears_of_it(world):
    from bot.core.route import Route, Routes  # noqa: PLC0415
    from bot.pipeline import Reading, Taking  # noqa: PLC0415

    critical = Route(severity=frozenset({Severity.CRITICAL}), channel=FALLBACK, mention="<!here>")
    routes = Routes((critical,), CHANNEL, FALLBACK)
    world.taking = Taking(Reading((), routes), world.ledger, lambda _channel: None)
    world.tell(alert())
    world.run(5)
    world.tell(alert(n=2, severity=Severity.CRITICAL))
    world.run(20)
    [post] = world.channels.posts(FALLBACK)

    assert post.sending.mention == "<!here>"
    assert titles(world.channels.posts(CHANNEL))[1] == (
        "Now critical, and told in #ops from here on: A key of one is used through Tor"
    )
