"""What an answer could not see, by the trails as they are: each lack has its code, its weight and its words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from bot.core.coverage.caveats import DOUBTS, caveats
from bot.core.coverage.need import ANYTHING, S3, Need
from bot.core.coverage.trails import Refused
from bot.core.span import Span
from bot.core.view import Caveat
from tests.core.coverage.caveats import KMS, MANAGEMENT, NO_SELECTORS, NO_STATUS, PAYROLL, told
from tests.core.coverage.trails import (
    ALL_DATA,
    EVERYTHING,
    LAST_WEEK,
    LOGGING,
    NOW,
    WEEK,
    a_trail,
    advanced,
    basic,
    restarted,
    stopped,
    these,
)


@pytest.mark.parametrize("need", [ANYTHING, MANAGEMENT, PAYROLL, Need(regions=("us-east-1",))])
def test_a_trail_that_records_everything_leaves_nothing_unseen(need):
    assert told(these(a_trail()), need) == {}


@pytest.mark.parametrize(
    ("trail", "need", "span", "expected"),
    [
        # management
        (
            a_trail(selectors=basic("WriteOnly")),
            MANAGEMENT,
            LAST_WEEK,
            {
                "management-reads-off": "management calls that only read (Describe…, List…, Get…): no trail records them"
            },
        ),
        (
            a_trail(selectors={"AdvancedEventSelectors": [advanced(readOnly="true")]}),
            MANAGEMENT,
            LAST_WEEK,
            {
                "management-writes-off": "management calls that change something (Create…, Delete…, Put…): no trail records them"
            },
        ),
        (
            a_trail(selectors=basic(management=False)),
            Need(reads=False),
            LAST_WEEK,
            {
                "management-writes-off": "management calls that change something (Create…, Delete…, Put…): no trail records them"
            },
        ),
        (
            a_trail(selectors=basic(excluded=(KMS,))),
            MANAGEMENT,
            LAST_WEEK,
            {"sources-excluded": f"calls to {KMS}: the trail is told to leave them out"},
        ),
        (
            a_trail(selectors={"AdvancedEventSelectors": [advanced(eventSource={"NotEquals": [KMS]})]}),
            Need(sources=(KMS,)),
            LAST_WEEK,
            {"sources-excluded": f"calls to {KMS}: the trail is told to leave them out"},
        ),
        # places
        (
            a_trail(multi_region=False),
            MANAGEMENT,
            LAST_WEEK,
            {
                "single-region-trail": "calls in other regions: acme-trail records eu-west-1 only (other regions’ own trails I can’t see from here)",
                "global-events-off": "calls to services without regions (IAM, CloudFront …): the trail does not take them",
            },
        ),
        (
            a_trail(global_events=False),
            MANAGEMENT,
            LAST_WEEK,
            {
                "global-events-off": "calls to services without regions (IAM, CloudFront …): the trail does not take them"
            },
        ),
        # data
        (
            a_trail(selectors=basic()),
            PAYROLL,
            LAST_WEEK,
            {
                "data-events-off": "calls on objects (GetObject, PutObject …): no trail records them for this bucket; only bucket-level calls were searched"
            },
        ),
        (
            a_trail(selectors=basic("All", "arn:aws:s3:::acme-payroll/2026/")),
            PAYROLL,
            LAST_WEEK,
            {"data-events-partial": "some reads and some writes of objects: the trail's selectors leave them out"},
        ),
        (
            a_trail(selectors=basic()),
            ANYTHING,
            LAST_WEEK,
            {
                "data-events-off": "calls on objects in S3, Lambda functions (Invoke), items in DynamoDB: no trail records them; management calls only"
            },
        ),
        (
            a_trail(selectors=basic("All", "arn:aws:s3:::acme-payroll/")),
            ANYTHING,
            LAST_WEEK,
            {
                "data-events-partial": "calls on Lambda functions (Invoke), items in DynamoDB: none is recorded; calls on objects in S3: not all are"
            },
        ),
        # logging
        (
            a_trail(status=stopped(3)),
            MANAGEMENT,
            LAST_WEEK,
            {"logging-stopped": "anything since 2026-09-05 12:00 UTC: the trail acme-trail was stopped then"},
        ),
        (
            a_trail(status=restarted(3, 2)),
            MANAGEMENT,
            LAST_WEEK,
            {
                "logging-gap": "anything from 2026-09-05 12:00 UTC to 2026-09-06 12:00 UTC: the trail acme-trail was stopped, and started again (of earlier stops CloudTrail tells nothing)"
            },
        ),
        (
            a_trail(status=replace(LOGGING, started_at=NOW - timedelta(days=2))),
            MANAGEMENT,
            LAST_WEEK,
            {"logging-gap": "anything before 2026-09-06 12:00 UTC: the trail acme-trail was started only then"},
        ),
        # delivery
        (
            a_trail(status=replace(LOGGING, delivery_error="NoSuchBucket", delivered_at=NOW - timedelta(days=2))),
            MANAGEMENT,
            LAST_WEEK,
            {
                "delivery-failing": "what the trail acme-trail can’t deliver: nothing came since 2026-09-06 12:00 UTC; S3 says NoSuchBucket"
            },
        ),
        (
            a_trail(status=replace(LOGGING, delivered_at=NOW - timedelta(hours=2))),
            MANAGEMENT,
            WEEK,
            {
                "delivery-late": "what happened since 2026-09-08 10:00 UTC: that was the last delivery of the trail acme-trail"
            },
        ),
        (
            a_trail(),
            MANAGEMENT,
            WEEK,
            {
                "not-delivered-yet": "the last 15 minutes or so: CloudTrail may not have delivered them yet"
            },
        ),
        # refusals
        (
            a_trail(selectors=None, refused=(NO_SELECTORS,)),
            PAYROLL,
            LAST_WEEK,
            {
                "trail-unknown": "what is recorded at all: I could not look up what the trail acme-trail records (cloudtrail:GetEventSelectors is missing)"
            },
        ),
        (
            a_trail(status=None, refused=(NO_STATUS,)),
            MANAGEMENT,
            LAST_WEEK,
            {
                "trail-unknown": "what is recorded at all: I could not look up whether the trail acme-trail is on (cloudtrail:GetTrailStatus is missing)"
            },
        ),
    ],
)  # fmt: skip
def test_each_lack_is_told_and_none_besides(trail, need, span, expected):
    found = told(these(trail), need, span)

    assert {code: one.message for code, one in found.items()} == expected
    assert {one.weight for one in found.values()} == {"note"}


def test_without_a_trail_it_says_from_where_it_looked():
    assert told(these())["no-trail"].message == snapshot(
        "whatever is not in the logs already: no trail records eu-west-1 now (other regions’ own trails I can’t see from here)"
    )


def test_a_refusal_to_list_trails_is_unknown_never_none():
    refused = Refused("which trails there are", "AWS refused.", "cloudtrail:DescribeTrails")

    found = told(these(refused=(refused,)))

    assert list(found) == ["trail-unknown"]
    assert "cloudtrail:DescribeTrails" in found["trail-unknown"].message


def test_what_is_no_refusal_says_its_reason():
    odd = Refused("what the trail acme-trail records", "AWS can't be reached.")

    found = told(these(a_trail(selectors=None, refused=(odd,))))

    assert "AWS can't be reached." in found["trail-unknown"].message


def test_a_region_that_no_trail_records_is_blind():
    found = told(these(a_trail(multi_region=False)), Need(regions=("ap-northeast-1",)))

    assert [(one.code, one.weight) for one in found.values()] == [("single-region-trail", "blind")]
    assert told(these(a_trail(multi_region=False)), Need(regions=("eu-west-1",))) == {}


def test_of_several_regions_those_that_are_not_recorded_are_named():
    need = Need(regions=("eu-west-1", "ap-northeast-1"))

    assert (
        "calls in ap-northeast-1:"
        in told(these(a_trail(multi_region=False)), need)["single-region-trail"].message
    )


def test_another_accounts_trails_are_not_looked_at_unless_it_is_of_the_same_organisation():
    need = Need(accounts=("444455556666",))

    assert told(these(a_trail()), need)["trail-unknown"].message == snapshot(
        "what is recorded in 444455556666: I can look at the trails of 111122223333 only"
    )
    assert told(these(a_trail(organization=True)), need) == {}


def test_rows_on_objects_prove_that_some_are_recorded():
    need = replace(PAYROLL, data_seen=True)

    assert told(these(a_trail(selectors=EVERYTHING)), need) == {}
    partly = a_trail(selectors=basic("ReadOnly", "arn:aws:s3:::acme-payroll/"))
    assert "all writes of objects" in told(these(partly), need)["data-events-partial"].message


def test_what_a_question_does_not_need_is_not_missing():
    assert told(these(a_trail(selectors=basic(excluded=(KMS,)))), Need(sources=("ec2.amazonaws.com",))) == {}
    assert told(these(a_trail(selectors=basic("WriteOnly"))), Need(reads=False)) == {}
    only_objects = {"AdvancedEventSelectors": [ALL_DATA[0]]}
    assert told(these(a_trail(selectors=only_objects)), Need(management=False, data=(S3,))) == {}


def test_event_history_does_not_depend_on_trails():
    assert told(these(), replace(ANYTHING, by_trail=False)) == {}


@pytest.mark.parametrize("code", sorted(DOUBTS))
def test_with_nothing_found_whatever_may_be_why_is_blind(code):
    more = (Caveat(code, "why"), Caveat("truncated", "too many"))

    assert [one.weight for one in caveats(True, ANYTHING, LAST_WEEK, these(a_trail()), NOW, more)] == ["note", "note"]  # fmt: skip
    assert [one.weight for one in caveats(False, ANYTHING, LAST_WEEK, these(a_trail()), NOW, more)] == ["blind", "note"]  # fmt: skip


@pytest.mark.parametrize(("hours", "weight"), [(0.1, "blind"), (24, "note")])
def test_nothing_found_in_what_is_not_delivered_yet_proves_nothing(hours, weight):
    newest = Span(NOW - timedelta(hours=hours), NOW)

    found = caveats(False, MANAGEMENT, newest, these(a_trail()), NOW)

    assert [(one.code, one.weight) for one in found] == [("not-delivered-yet", weight)]


def test_a_window_after_the_last_delivery_is_blind():
    late = a_trail(status=replace(LOGGING, delivered_at=NOW - timedelta(hours=2)))
    failing = a_trail(status=replace(late.status, delivery_error="AccessDenied"))
    newest = Span(NOW - timedelta(hours=1), NOW)

    assert told(these(late), MANAGEMENT, newest)["delivery-late"].weight == "blind"
    assert told(these(failing), MANAGEMENT, newest)["delivery-failing"].weight == "blind"


def test_the_same_is_not_said_twice():
    late = caveats(True, MANAGEMENT, WEEK, these(a_trail()), NOW)

    assert caveats(True, MANAGEMENT, WEEK, these(a_trail()), NOW, late) == late
