"""GuardDuty that is off, or does not look, is told; never as if there were nothing."""

from bot.core.configuration.item import Place
from bot.core.findings.seen import Detector
from bot.core.findings.unseen import placed, unseen

NAMES = {"1": "prod", "2": "staging", "3": "lab"}


def detector(region, state="on", account="1", **more):
    return Detector(Place(account, region), state, **more)


def told(*detectors):
    return [(each.code, each.weight, each.message) for each in unseen(detectors, NAMES.get)]


def test_where_all_of_it_looks_nothing_is_to_be_told():
    assert told(detector("a"), detector("b", "unknown")) == []


def test_off_and_suspended_are_told_apart_each_once():
    off = [detector(region, "off") for region in "bcdefg"]

    assert told(detector("a"), *off, detector("h", "suspended")) == [
        ("guardduty-off", "note", "where GuardDuty is off nobody looks: prod in b, c, d, e and 2 more"),
        (
            "guardduty-suspended",
            "note",
            "where GuardDuty is suspended it makes no new findings: prod in h",
        ),
    ]


def test_accounts_that_are_alike_are_told_together():
    """There may be hundreds, each with the same regions that nobody uses."""
    off = [detector(region, "off", account) for account in "12" for region in "cb"] + [
        detector("z", "off", "3")
    ]

    assert placed(off, NAMES.get) == ("prod, staging in b, c", "lab in z")


def test_where_none_of_it_looks_the_answer_may_be_wrong_as_a_whole():
    assert [weight for _, weight, _ in told(detector("a", "off"), detector("b", "suspended"))] == [
        "blind",
        "blind",
    ]


def test_members_that_are_off_are_named():
    assert told(detector("a", administers=3, members_off=("2", "1"))) == [
        ("members-off", "note", "members of this GuardDuty that are not enabled: prod, staging")
    ]
