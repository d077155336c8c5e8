"""A shift hands over what is new, open and whose, muted, and what ended in it; nothing that ended falls between two."""

from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest

from bot.core.handover import show
from bot.core.problem import Mark, problem_id
from bot.core.severity import Severity
from bot.core.text import plain
from bot.pipeline import mutes
from bot.pipeline.daily import Daily
from bot.pipeline.handing_over import HandingOver, shift, telling
from bot.pipeline.punctual import Punctual
from tests.pipeline.world import CHANNEL, FALLBACK, START, World, alert

HOUR = timedelta(hours=1)
MIKA = Mark("U1", "Mika", START)


@pytest.fixture
def world():
    return World(remind_after=None, mention_after=None)


def told(world, *alerts):
    """Tell them, as of now."""
    world.tell(*(replace(each, first_seen=world.now(), last_seen=world.now()) for each in alerts))
    world.run(30)


def ended(world, *keys):
    told(world, *(alert(key, resolved=True, occurrence=f"{key} over {world.now()}") for key in keys))


def handed(world, hours=8, channels=(CHANNEL, FALLBACK)):
    return shift(world.ledger, channels, world.now() - hours * HOUR)


def states(found):
    return {row["key"]: row["state"] for row in show(found, found.since + 8 * HOUR, {"since": "8h"}).rows}


def test_every_problem_is_told_by_what_became_of_it(world):
    quiet = mutes.mute_from(alert("muted"), "problem", "a test", MIKA, world.now() + 9 * HOUR)
    told(world, alert("old"), alert("seen"), alert("done"))
    mutes.begin(world.ledger, quiet, CHANNEL)
    world.time += 3 * HOUR
    told(world, alert("new"), alert("muted"), alert("bad", severity=Severity.CRITICAL))
    world.ledger.amend(problem_id("seen"), lambda each: replace(each, acknowledged=MIKA))
    ended(world, "done")

    found = handed(world, 2)
    expected = {
        "old": "open",
        "seen": "acknowledged",
        "new": "new",
        "muted": "muted",
        "bad": "new",
        "done": "ended",
    }
    assert states(found) == expected
    view = show(found, world.now())
    words = "\n".join(plain(line) for part in view.sections for line in part.lines)
    assert view.title == (
        "Handover of 2 hours: 3 open that nobody acknowledged (2 new), 1 acknowledged, 1 muted, 1 ended"
    )
    assert words.index("critical: A key of bad") < words.index("high: A key of old")
    assert "Mika has it" in words
    assert "a test (Mika) until" in words
    assert "ends within a day" in words
    assert "Ended: 1" in words


def test_what_ended_before_the_shift_is_none_of_its(world):
    told(world, alert("one"), alert("two"))
    ended(world, "one")
    world.time += 4 * HOUR
    ended(world, "two")

    assert states(handed(world, 2)) == {"two": "ended"}
    assert states(handed(world, 8)) == {"one": "ended", "two": "ended"}


def test_what_ended_long_ago_and_is_written_anew_has_not_ended_again(world):
    told(world, alert("one"))
    ended(world, "one")
    world.time += 4 * HOUR
    world.ledger.amend(problem_id("one"), lambda each: replace(each, acknowledged=MIKA))

    assert states(handed(world, 2)) == {}


def test_what_ended_just_before_and_was_told_after_is_told_in_the_next_shift(world):
    told(world, alert("one"))
    late = alert("one", resolved=True, occurrence="over")
    world.time += HOUR
    world.tell(replace(late, last_seen=world.now() - timedelta(minutes=1)))
    world.run(30)

    assert states(shift(world.ledger, [CHANNEL], world.now() - timedelta(seconds=50))) == {"one": "ended"}


def test_what_came_back_is_open_and_not_ended(world):
    told(world, alert("one"))
    ended(world, "one")
    told(world, alert("one", occurrence="again"))

    assert states(handed(world)) == {"one": "new"}


def test_what_a_storm_holds_and_ended_is_told(world):
    told(world, *(alert(f"p{n}") for n in range(60)))
    ended(world, "p1", "p2")
    found = handed(world)

    assert found.state.in_storm == 58
    assert {each.key for each in found.ended} == {"p1", "p2"}


def test_a_channel_hands_over_its_own(world):
    told(world, alert("one"), alert("two", source="noroshi"))

    assert states(handed(world, channels=[FALLBACK])) == {"two": "new"}
    assert states(HandingOver(lambda: world.ledger, [CHANNEL, FALLBACK]).shift(START - HOUR)) == {
        "one": "new",
        "two": "new",
    }


def handovers(world, *times):
    dailies = [
        Daily([CHANNEL], world.ledger, Punctual(at, UTC), lambda _: None, telling(at, times, UTC))
        for at in times
    ]
    for daily in dailies:
        daily.look()
    world.run(5)
    return [
        post.view.title for post in world.channels.posts(CHANNEL) if post.view.title.startswith("Handover")
    ]


def test_it_is_told_at_each_of_its_times_once_whichever_replica_is_first(world):
    told(world, alert("one"))  # it is three o'clock
    times = time(4), time(12)
    assert handovers(world, *times) == []

    world.time = START + 61 * timedelta(minutes=1)
    for _ in range(3):
        handovers(world, *times)
    world.time = START + 9 * HOUR
    ended(world, "one")
    titles = handovers(world, *times)

    assert titles == [
        "Handover of 16 hours: 1 open that nobody acknowledged (1 new), 0 ended",
        "Handover of 8 hours: nothing is open, 1 ended",
    ]
