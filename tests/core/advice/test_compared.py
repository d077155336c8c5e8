"""Where our opinion and Trusted Advisor's differ, and how they make one colour."""

from dataclasses import replace

import pytest

from bot.core.advice.compared import differences, flags, overall
from bot.core.advice.opinion import Check, Flagged, Opinion
from tests.core.advice.judged import ACCOUNT, NOW

CHECK = Check("Pfx0RwqBli", "Amazon S3 Bucket Permissions", "security")


def opinion(status, *buckets, by="own", account=ACCOUNT, colour="warning"):
    flagged = tuple(Flagged(name, "eu-west-1", colour) for name in buckets)
    return Opinion(CHECK, by, account, status, flagged, NOW)


def theirs(status, *buckets, **more):
    return opinion(status, *buckets, by="trusted-advisor", **more)


def test_other_colours_and_other_resources_are_differences_and_each_side_is_told():
    colours = differences([opinion("error", "a"), theirs("warning", "a")])
    resources = differences([opinion("warning", "a", "b"), theirs("warning", "b", "c")])

    assert [(one.only_own, one.only_theirs) for one in colours] == [((), ())]
    assert [(one.only_own, one.only_theirs) for one in resources] == [(("a",), ("c",))]


def test_what_both_call_by_other_names_is_compared_by_colour_alone():
    keys = Check("DqdJqYeRm5", "IAM Access Key Rotation", "security")
    ours, others = (
        replace(one, check=keys) for one in (opinion("error", "AKIA1"), theirs("error", "backup"))
    )

    assert differences([ours, others]) == ()
    assert len(differences([ours, replace(others, status="warning")])) == 1


def test_the_same_said_twice_is_no_difference_and_neither_is_what_one_cant_tell():
    assert differences([opinion("warning", "a"), theirs("warning", "a")]) == ()
    assert differences([opinion("not_available"), theirs("error", "a")]) == ()
    assert differences([opinion("ok"), theirs("error", account="444455556666")]) == ()


def test_what_somebody_hid_in_trusted_advisor_and_what_is_green_is_not_flagged():
    hidden = Flagged("a", "eu-west-1", "warning", suppressed=True)
    green = Flagged("b", "eu-west-1", "ok")

    assert flags(replace(theirs("ok"), flagged=(hidden, green))) == ()
    assert differences([opinion("ok"), replace(theirs("ok"), flagged=(hidden, green))]) == ()


@pytest.mark.parametrize(
    ("opinions", "colour"),
    [
        ([opinion("ok")], "ok"),
        ([opinion("not_available")], "not_available"),
        ([opinion("not_available"), theirs("ok")], "ok"),
        ([opinion("ok"), theirs("not_available")], "ok"),
        ([opinion("not_available"), theirs("warning")], "warning"),
        ([opinion("ok"), theirs("error")], "error"),
        ([opinion("ok"), opinion("not_available", account="444455556666")], "not_available"),
        ([opinion("error"), opinion("not_available", account="444455556666")], "error"),
    ],
)
def test_one_check_has_one_colour_and_what_no_one_can_tell_of_an_account_is_never_green(opinions, colour):
    assert overall(opinions) == colour
