"""GuardDuty that is off, or does not look, is told; never as if there were nothing."""

from bot.core.configuration.item import Place
from bot.core.findings.seen import Detector
from bot.core.findings.unseen import unseen


def detector(region, state="on", **more):
    return Detector(Place("111122223333", region), state, **more)


def told(*detectors):
    return [(each.code, each.weight, each.message) for each in unseen(detectors, lambda place: place.region)]


def test_where_all_of_it_looks_nothing_is_to_be_told():
    assert told(detector("a"), detector("b", "unknown")) == []


def test_off_and_suspended_are_told_apart_each_once():
    off = [detector(region, "off") for region in "bcdefg"]

    assert told(detector("a"), *off, detector("h", "suspended")) == [
        ("guardduty-off", "note", "b, c, d, e and 2 more: GuardDuty is off there, so nobody looks"),
        (
            "guardduty-suspended",
            "note",
            "h: GuardDuty is suspended there: it keeps old findings and makes no new ones",
        ),
    ]


def test_where_none_of_it_looks_the_answer_may_be_wrong_as_a_whole():
    assert [weight for _, weight, _ in told(detector("a", "off"), detector("b", "suspended"))] == [
        "blind",
        "blind",
    ]


def test_members_that_are_off_are_named():
    assert told(detector("a", administers=3, members_off=("2", "1"))) == [
        ("members-off", "note", "1, 2: members of this GuardDuty that are not enabled")
    ]
