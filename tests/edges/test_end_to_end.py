"""The doctor's own finding: seen to arrive, or said where it may lie."""

from datetime import timedelta

import pytest

from bot.core.alert import Finding
from bot.edges.doctor import examine, well
from bot.edges.end_to_end import HOPS, Journey, end_to_end, travel
from bot.errors import AccessDenied

SAMPLE = Finding("111122223333", "eu-west-1", "f00d")


class Way:
    """A way that takes so many seconds, and a clock that moves only while somebody waits."""

    def __init__(self, takes):
        self.takes, self.time, self.sent, self.asked = takes, 100.0, [], []

    def send(self):
        self.sent.append(self.time)
        return SAMPLE

    def arrived(self, finding):
        self.asked.append(finding)
        return self.time - self.sent[0] >= self.takes

    def pause(self, seconds):
        self.time += seconds

    def journey(self, **more):
        return Journey(self.send, self.arrived, now=lambda: self.time, pause=self.pause, **more)


def test_a_sample_that_arrives_says_how_long_it_took():
    way = Way(takes=41)
    (check,) = end_to_end(way.journey())

    found = check.look()

    assert (found.state, found.message) == ("ok", "the sample finding f00d was told 42 s after it was made")
    assert len(way.sent) == 1
    assert set(way.asked) == {SAMPLE}


def test_a_sample_that_is_there_at_once_is_not_waited_for():
    way = Way(takes=0)

    assert travel(way.journey()).state == "ok"
    assert way.time == 100


def test_a_sample_that_does_not_arrive_says_which_hop_to_look_at_in_order():
    way = Way(takes=10_000)

    found = travel(way.journey(patience=timedelta(minutes=7)))

    assert found.state == "missing"
    assert "f00d (111122223333, eu-west-1) was not told within 7 minutes" in found.message
    assert way.time - 100 == pytest.approx(7 * 60, abs=3)
    places = [found.fix.index(hop) for hop in HOPS]
    assert places == sorted(places)
    for name in ("noroshi-guardduty", "noroshi-undelivered", "noroshi run", "noroshi-dead", "ops channel"):
        assert name in found.fix


def test_a_sample_is_not_sent_where_samples_are_dropped():
    way = Way(takes=0)

    found = travel(way.journey(dropped=True))

    assert (found.state, way.sent) == ("off", [])
    assert "NOROSHI_ALERTS__SAMPLES=label" in found.fix


def test_what_refuses_a_sample_stands_among_the_checks():
    def refuse():
        raise AccessDenied("AWS refused.", "Allow it.", action="guardduty:CreateSampleFindings")

    view = examine(end_to_end(Journey(refuse, lambda _: True)))

    assert [(row["state"], row["fix"]) for row in view.rows] == [("missing", "Allow it.")]
    assert not well(view)
