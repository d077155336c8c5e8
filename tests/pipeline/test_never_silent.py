"""Nothing that was told stays hidden: not behind a record, a deleted message, a mute, a storm, an order of arrival."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.mute import Mute, scope
from bot.core.mute_report import report_id
from bot.core.problem import Mark, problem_id
from bot.core.severity import Severity
from bot.errors import BadForm, BadRequest, Unanswered, Upstream
from bot.pipeline import mutes
from bot.ports import Record
from tests.pipeline.rings import CALL, ring
from tests.pipeline.world import CHANNEL, FALLBACK, alert


def titles(messages):
    return [message.view.title for message in messages]


def begin(world, severity=Severity.HIGH, key="one", hours=1):
    mute = Mute(
        "m1",
        scope("problem", alert(key)),
        severity,
        "we test",
        "Mika",
        "U1",
        world.now(),
        world.now() + timedelta(hours=hours),
    )
    mutes.begin(world.ledger, mute, CHANNEL)
    return mute


@pytest.mark.parametrize(
    "body",
    [{"it": {"is": "Newer"}}, {"it": {"is": "Severity", "value": "dire"}}, {"it": {"is": "Problem"}}, {}],
)
@pytest.mark.parametrize("lane", ["now", "later"])
def test_what_another_version_wrote_holds_up_nothing_behind_it(world, body, lane):
    for n in range(3):
        world.store.write(Record(f"newer-{n}", body, 0, f"{lane}:{CHANNEL}", "0"))
    world.tell(alert())
    world.run(3)
    world.tell(alert(n=2))
    world.run(20)

    [post] = world.channels.posts(CHANNEL)
    assert (post.edits, len(world.channels.replies(post.ts))) == (1, 1)


def test_a_message_that_slack_refuses_for_days_is_tried_once_an_hour(world):
    world.tell(alert())
    told = world.ledger.find(problem_id("one")).thing.told
    for _ in range(2_000):
        told = told.refused(world.now())

    assert told.not_before == world.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    "error", [Upstream("no_such_word"), Unanswered("internal_error"), BadForm("no"), BadRequest("no mention")]
)
def test_one_alert_that_slack_always_refuses_holds_up_no_other(world, error):
    post = world.channels.post

    def refusing(channel, view, sending):
        if sending.key == "one":
            raise error
        return post(channel, view, sending)

    world.channels.post = refusing
    world.tell(alert(severity=Severity.CRITICAL))
    world.run(5)
    world.tell(alert("two"), alert("three", severity=Severity.CRITICAL))
    world.run(120)

    assert titles(world.channels.posts(CHANNEL))[0] == "A key of three is used through Tor"
    assert "A key of two is used through Tor" in titles(world.channels.posts(CHANNEL))


def test_noise_in_old_threads_holds_up_no_new_alert(world):
    for n in range(7):
        world.tell(alert(f"noise {n}"))
    world.run(30)
    for n in range(2, 40):
        world.tell(*(alert(f"noise {each}", n) for each in range(7)))
        world.run(1)
    world.tell(alert("new"))
    began = world.now()
    for n in range(40, 100):
        world.tell(*(alert(f"noise {each}", n) for each in range(7)))
        world.run(1)

    [post] = [each for each in world.channels.posts(CHANNEL) if each.sending.key == "new"]
    assert post.at - began < timedelta(seconds=5)


def test_the_worst_is_told_also_when_it_comes_after_what_is_newer(world):
    world.tell(alert(n=5, severity=Severity.LOW))
    world.run(10)
    world.tell(alert(n=4, severity=Severity.CRITICAL, title="The trail was deleted"))
    world.run(10)
    [post] = world.channels.posts(CHANNEL)

    assert (post.view.severity, post.view.title) == (Severity.CRITICAL, "The trail was deleted")
    assert [each.sending.broadcast for each in world.channels.replies(post.ts)] == [True]


def test_what_is_worse_but_of_before_the_end_opens_nothing(world):
    world.tell(alert(n=5, resolved=True, title="All is well"))
    world.tell(alert(n=4, severity=Severity.CRITICAL))

    assert world.ledger.find(problem_id("one")).thing.over


def test_what_says_that_it_is_from_the_future_makes_nothing_old(world):
    world.tell(alert(n=60 * 24 * 365))
    world.run(10)
    world.time += timedelta(hours=1)
    world.tell(alert(n=100, resolved=True, title="All is well"))
    assert world.ledger.find(problem_id("one")).thing.over


def test_what_was_moved_rings_when_it_gets_worse(world):
    world.channels.closed.add(CHANNEL)
    world.tell(alert())
    world.run(10)
    ring(world, CALL)
    world.tell(alert(n=2, severity=Severity.CRITICAL))
    world.run(10)
    [post] = world.channels.posts(FALLBACK)

    assert [each.sending.mention for each in world.channels.replies(post.ts)] == [CALL]


def test_who_acknowledged_it_while_it_was_high_is_reminded_when_it_is_critical(world):
    world.tell(alert())
    world.run(5)
    mark = Mark("U1", "Mika", world.now())
    world.ledger.amend(problem_id("one"), lambda known: replace(known, acknowledged=mark))
    world.tell(alert(n=2, severity=Severity.HIGH))
    assert world.ledger.find(problem_id("one")).thing.acknowledged
    world.tell(alert(n=3, severity=Severity.CRITICAL))
    world.run(1900)

    assert sum("Nobody has acknowledged" in title for title in titles(world.channels.messages)) == 2


def test_a_problem_that_moves_again_after_days_tells_both_times_where_it_went(world):
    for day in range(2):
        ring(world, "", CHANNEL)
        world.tell(alert(n=day * 1500 + 1, severity=Severity.LOW))
        world.run(5)
        ring(world, "", FALLBACK)
        world.tell(alert(n=day * 1500 + 2))
        world.run(10)
        world.time += timedelta(minutes=1500)

    assert sum("from here on" in title for title in titles(world.channels.posts(CHANNEL))) == 2


def test_a_mute_does_not_hide_that_the_problem_is_worse_than_it(world):
    world.tell(alert())
    world.run(5)
    begin(world)
    world.tell(alert(n=2, severity=Severity.CRITICAL), alert(n=3))
    world.run(10)
    [post] = world.channels.posts(CHANNEL)[:1]

    assert titles(world.channels.replies(post.ts))[0].startswith("Worse now")


def test_what_a_mute_hid_is_told_though_its_message_was_deleted(world):
    mute = begin(world)
    world.run(5)
    world.channels.messages.clear()
    world.ledger.amend(report_id(mute.id), lambda report: replace(report, told=report.told.gone()))
    world.tell(alert())
    world.time += timedelta(hours=1)
    world.run(60)

    assert titles(world.channels.posts(CHANNEL)) == ["The mute has ended; it hid 1 problem, told once"]


def test_what_was_written_under_a_mute_that_just_ended_is_gathered(world):
    """Whoever put it on record had read that the mute is in force; or a lane shows it late."""
    mute = begin(world)
    world.run(5)
    held = world.store.records["mutes"]
    mutes.end(world.ledger, mute.id, "Ben")
    world.run(3)
    ended, world.store.records["mutes"] = world.store.records["mutes"], held
    world.tell(alert())
    world.store.records["mutes"] = ended
    world.run(60)

    assert "The mute has ended; it hid 1 problem, told once" in titles(world.channels.messages)


def test_what_is_muted_is_remembered_as_long_as_its_mute(world):
    begin(world, hours=24 * 90)
    world.tell(alert())

    assert world.ledger.find(problem_id("one")).thing.expires_at > world.now() + timedelta(days=90)
