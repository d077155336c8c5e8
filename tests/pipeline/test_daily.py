"""Once a day each channel hears what is open, acknowledged, muted, and what ends soon."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

import pytest

from bot.core import digest
from bot.core.problem import Mark
from bot.core.severity import Severity
from bot.pipeline import mutes
from bot.pipeline.daily import Daily, states
from bot.pipeline.ledger import Ledger
from bot.pipeline.punctual import Punctual
from tests.pipeline.world import CHANNEL, FALLBACK, World, alert


@pytest.fixture
def world():
    return World(remind_after=None, mention_after=None)  # it begins at 03:00 UTC, which is 12:00 in Tokyo


def daily(world, at="13:00", zone="Asia/Tokyo"):
    when = Punctual(time.fromisoformat(at), ZoneInfo(zone))
    return Daily([CHANNEL], world.ledger, when, lambda _channel: None)


def digests(world):
    return [post.view for post in world.channels.posts(CHANNEL) if post.view.title.startswith("Daily digest")]


def test_it_comes_at_its_time_in_its_zone(world):
    one = daily(world)
    one.look()
    world.run(5)
    assert digests(world) == []

    world.time += timedelta(hours=1)
    one.look()
    world.run(5)
    assert [view.title for view in digests(world)] == ["Daily digest: nothing is open"]


def test_it_comes_once_a_day_whichever_replica_is_first(world):
    world.time += timedelta(hours=1)
    for _ in range(3):
        daily(world).look()
        world.run(5)
    world.time += timedelta(days=1)
    daily(world).look()
    world.run(5)

    assert len(digests(world)) == 2


def test_a_bot_that_wakes_up_late_in_the_day_leaves_it_out(world):
    world.time += timedelta(hours=8)
    daily(world).look()
    world.run(5)

    assert digests(world) == []


def test_it_tells_what_is_open_acknowledged_and_muted(world):
    mark = Mark("U1", "Mika", world.now())
    quiet = mutes.mute_from(alert("three"), "problem", "a test", mark, world.now() + timedelta(hours=5))
    world.tell(alert("one"), alert("two", severity=Severity.CRITICAL), alert("four"))
    world.run(20)
    for record_id in [key for key in world.store.records if key.startswith("problem-")][:1]:
        world.ledger.amend(record_id, lambda problem: replace(problem, acknowledged=mark))
    mutes.begin(world.ledger, quiet, CHANNEL)
    world.tell(alert("three"), alert("five"), alert("five", n=2, resolved=True))
    world.run(60)
    world.time += timedelta(hours=1)
    daily(world).look()
    world.run(5)
    [view] = digests(world)
    words = str(view.sections)

    assert view.title == "Daily digest: 2 open that nobody acknowledged, 1 acknowledged, 1 muted"
    assert words.index("critical: A key of two") < words.index("high: A key of four")
    assert "Mika has it" in words
    assert "ends within a day" in words
    assert "A key of five" not in words


def test_what_only_a_storms_digest_tells_of_is_counted(world):
    world.tell(*(alert(f"p{n}") for n in range(60)))
    world.run(20)
    world.time += timedelta(hours=1)
    daily(world).look()
    world.run(5)

    [view] = digests(world)
    assert "60 more stand in the last storm's digest only" in str(view.sections)
    assert view.title == "Daily digest: 60 in a storm's digest only"


class Counted(Ledger):
    """Knows which lanes were read."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.read = []

    def lane(self, lane, since=None):
        self.read.append(lane)
        return super().lane(lane, since)


def test_what_is_muted_is_read_once_for_all_channels_and_told_in_its_own(world):
    mark = Mark("U1", "Mika", world.now())
    quiet = mutes.mute_from(alert("three"), "problem", "a test", mark, world.now() + timedelta(hours=5))
    mutes.begin(world.ledger, quiet, CHANNEL)
    world.tell(alert("three"))
    world.run(20)
    ledger = Counted(world.store, world.ledger.patience, world.now)

    ours, elsewhere = states(ledger, [CHANNEL, FALLBACK])

    assert [problem.key for problem in ours.problems] == ["three"]
    assert elsewhere.problems == ()
    assert [lane for lane in ledger.read if lane.startswith("muted:")] == [f"muted:{quiet.id}"]


class Endless(Ledger):
    """A storm holds whatever number of problems."""

    def lane(self, lane, since=None):
        held = super().lane(lane, since)
        return cycle(list(held)) if lane.startswith("storm:") else held


def test_of_a_storm_that_never_ended_is_read_so_much_and_no_more(world):
    world.tell(*(alert(f"p{n}") for n in range(60)))
    world.run(20)

    [found] = states(Endless(world.store, world.ledger.patience, world.now), [CHANNEL])

    assert (found.in_storm, found.more) == (5_000, True)


def test_more_than_can_be_looked_at_is_said_to_be_at_least_so_many(world):
    world.tell(alert("one"))
    [found] = states(world.ledger, [CHANNEL])
    view = digest.view(replace(found, more=True), world.now())

    assert view.title.startswith("Daily digest: at least 1 open")
