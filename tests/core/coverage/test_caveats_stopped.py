"""Trails that were stopped, or record a part: which other makes up for them, and what is missing where none does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.core.coverage.caveats import caveats
from bot.core.coverage.need import ANYTHING, S3, Need
from bot.core.coverage.trails import Status
from bot.core.coverage.unseen import unseen
from tests.core.coverage.caveats import KMS, MANAGEMENT, NO_SELECTORS, NO_STATUS, PAYROLL, told
from tests.core.coverage.trails import (
    EVERYTHING,
    LAST_WEEK,
    LOGGING,
    NOW,
    WEEK,
    WHOLE,
    a_trail,
    basic,
    restarted,
    stopped,
    these,
)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (stopped(30), "was stopped 2026-08-09 12:00 UTC"),
        (Status(logging=False), "was never started by then"),
        (replace(LOGGING, started_at=NOW - timedelta(hours=1)), "was never started by then"),
        (restarted(30, 0.5), "was stopped 2026-08-09 12:00 UTC and started again 2026-09-08 00:00 UTC"),
    ],
)
def test_a_window_in_which_no_trail_logged_is_blind_whatever_was_found(status, why):
    found = told(these(a_trail(status=status)))

    assert (found["logging-stopped"].weight, found["logging-stopped"].message) == (
        "blind",
        f"anything in this window: the trail acme-trail {why}",
    )


def test_a_second_trail_that_logs_makes_up_for_one_that_was_stopped():
    assert told(these(a_trail(status=stopped(30)), a_trail("other"))) == {}
    assert told(these(a_trail(status=None, refused=(NO_STATUS,)), a_trail("other"))) == {}
    assert told(these(a_trail(selectors=None, refused=(NO_SELECTORS,)), a_trail("other"))) == {}


def test_only_what_the_stopped_trail_alone_recorded_is_missing():
    other = a_trail("other", selectors=EVERYTHING)

    found = told(these(a_trail(status=stopped(3)), other), PAYROLL)

    assert {code: one.message for code, one in found.items()} == snapshot(
        {
            "logging-stopped": "calls on objects (GetObject, PutObject …) since 2026-09-05 12:00 UTC: the trail acme-trail was stopped then"
        }
    )


def test_two_trails_are_dark_only_while_both_are():
    found = told(these(a_trail(status=restarted(4, 2)), a_trail("other", status=stopped(3))), MANAGEMENT)

    assert found["logging-gap"].message.startswith(
        "anything from 2026-09-05 12:00 UTC to 2026-09-06 12:00 UTC: the trails acme-trail and other"
    )


def test_a_start_in_the_future_proves_nothing():
    assert told(these(a_trail(status=replace(LOGGING, started_at=NOW + timedelta(days=90))))) == {}


ALL_OF_S3 = basic("All", "arn:aws:s3")
STATUSES = st.sampled_from([None, LOGGING, stopped(3), stopped(30), restarted(3, 2), Status(logging=False)])
SELECTORS = {
    "refused": None,
    "default": EVERYTHING,
    "whole": WHOLE,
    "reads": basic("ReadOnly"),
    "nothing": basic(management=False),
    "S3": ALL_OF_S3,
}
NEEDS = {
    "anything": (ANYTHING, {"whole"}),
    "management": (MANAGEMENT, {"default", "whole", "S3"}),
    "payroll": (PAYROLL, {"whole", "S3"}),
    "changes": (Need(reads=False), {"default", "whole", "S3"}),
    "objects": (Need(data=(S3,), management=False), {"whole", "S3"}),
}
"""Each need, and the selectors that leave nothing of it out."""


def drawn(status, selectors, multi):
    refused = ((NO_STATUS,) if status is None else ()) + ((NO_SELECTORS,) if selectors == "refused" else ())
    return a_trail(status=status, selectors=SELECTORS[selectors], multi_region=multi, refused=refused)


TRAILS = st.builds(drawn, STATUSES, st.sampled_from(sorted(SELECTORS)), st.booleans())


@given(st.lists(TRAILS, max_size=3), st.sampled_from(sorted(NEEDS)), st.sampled_from([WEEK, LAST_WEEK]))
def test_one_whole_trail_besides_leaves_nothing_in_doubt(trails, need, span):
    found = unseen(these(*trails, a_trail("whole")), NEEDS[need][0], span, NOW)

    assert {one.code for one in found} <= {"not-delivered-yet"}


@given(
    st.lists(st.tuples(STATUSES, st.sampled_from(sorted(SELECTORS)), st.booleans()), max_size=3),
    st.sampled_from(sorted(NEEDS)),
)
def test_nothing_found_is_certain_only_where_one_trail_logged_all_of_it(several, need):
    # None of these selectors, times and regions make up for one another.
    asked, enough = NEEDS[need]

    found = caveats(False, asked, LAST_WEEK, these(*(drawn(*one) for one in several)), NOW)

    certain = any(status == LOGGING and multi and selectors in enough for status, selectors, multi in several)
    assert any(one.weight == "blind" for one in found) is not certain


def test_a_trail_that_takes_a_part_makes_up_for_no_stopped_one():
    part = a_trail("part", selectors=basic("All", "arn:aws:s3:::acme-payroll/2026/"))
    reads, writes = (a_trail(kind, selectors=basic(kind, "arn:aws:s3")) for kind in ("ReadOnly", "WriteOnly"))
    off = replace(writes, status=stopped(3))

    assert "logging-stopped" in told(these(part, a_trail(status=stopped(3))), PAYROLL)
    assert told(these(reads, writes), PAYROLL) == {}
    assert told(these(reads, off), PAYROLL)["logging-stopped"].message == snapshot(
        "management calls that change something (Create…, Delete…, Put…) and writes among calls on objects (GetObject, PutObject …) since 2026-09-05 12:00 UTC: the trail WriteOnly was stopped then"
    )


def test_one_regions_trail_makes_up_for_no_stopped_one_of_all_regions():
    home = a_trail("home", multi_region=False)

    assert list(told(these(home, a_trail(status=stopped(3))), MANAGEMENT)) == ["logging-stopped"]
    assert told(these(home, a_trail(status=stopped(3))), Need(regions=("eu-west-1",))) == {}


def test_a_service_that_only_a_stopped_trail_records_is_missing():
    without = a_trail(selectors=basic(excluded=(KMS,)))

    assert told(these(without, a_trail("other")), MANAGEMENT) == {}
    assert list(told(these(without, a_trail("other", status=stopped(3))), MANAGEMENT)) == ["sources-excluded"]


def test_a_trail_that_may_have_recorded_what_a_stopped_one_did_not_is_unknown():
    unsaid = a_trail("unsaid", selectors=None, refused=(NO_SELECTORS,))

    found = told(these(unsaid, a_trail(status=stopped(3))), MANAGEMENT)

    assert list(found) == ["trail-unknown"]
    assert "cloudtrail:GetEventSelectors" in found["trail-unknown"].message
