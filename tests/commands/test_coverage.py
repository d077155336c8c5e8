"""What the trails record is told trail by trail, and how to turn on what is off."""

import json
import shlex
from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from bot.command import Reach
from bot.core.buttons import Ask
from bot.core.coverage.trails import Refused
from bot.core.text import Code, plain
from bot.render.blocks import payload
from commands.trail.coverage import Coverage, coverage
from commands.trail.coverage_command import command
from commands.trail.coverage_view import show
from tests.core.coverage.trails import (
    EVERYTHING,
    LOGGING,
    WHOLE,
    a_trail,
    advanced,
    basic,
    stopped,
    these,
)

NO_SELECTORS = Refused("what the trail acme-trail records", "AWS refused.", "cloudtrail:GetEventSelectors")
PAYROLL = "arn:aws:s3:::acme-payroll/"


class Looked:
    """Satisfies the port, with what is there ready."""

    def __init__(self, trails):
        self.seen = trails
        self.recording = self

    def trails(self):
        return self.seen


def view(*trails, bucket=None, refused=()):
    request = Coverage(bucket=bucket)
    return show(request, coverage(request, Looked(these(*trails, refused=refused))))


def said(shown):
    return [[plain(line) for line in section.lines] for section in shown.sections]


def lines(shown):
    """The command lines that are shown, as a shell reads them."""
    codes = [piece for section in shown.sections for line in section.lines for piece in line]
    return [shlex.split(piece.text) for piece in codes if isinstance(piece, Code)]


def codes(shown):
    return [(one.code, one.weight) for one in shown.caveats]


@pytest.mark.parametrize(
    ("trail", "title"),
    [
        (
            a_trail(),
            "All management calls are recorded; of calls on data those on objects in S3, Lambda functions, items in DynamoDB",
        ),
        (a_trail(selectors=EVERYTHING), "All management calls are recorded; no calls on data"),
        (
            a_trail(selectors=basic("WriteOnly")),
            "Of the management calls only writes are recorded; no calls on data",
        ),
        (
            a_trail(selectors=basic(management=False)),
            "No management calls are recorded; no calls on data",
        ),
        (a_trail(status=stopped(3)), "No management calls are recorded; no calls on data"),
        (
            a_trail(selectors=None, refused=(NO_SELECTORS,)),
            "I can’t tell which management calls are recorded; of calls on data I can’t tell",
        ),
    ],
)
def test_the_first_line_says_what_is_recorded(trail, title):
    assert view(trail).title == title


@pytest.mark.parametrize(
    ("trail", "title"),
    [
        (a_trail(), "Reads and writes of objects in acme-payroll are recorded"),
        (a_trail(selectors=EVERYTHING), "Reads and writes of objects in acme-payroll are not recorded"),
        (a_trail(status=stopped(3)), "Reads and writes of objects in acme-payroll are not recorded"),
        (
            a_trail(selectors=basic("ReadOnly", PAYROLL)),
            "Of objects in acme-payroll, all reads and no writes are recorded",
        ),
        (
            a_trail(selectors=basic("All", f"{PAYROLL}2026/")),
            "Reads and writes of objects in acme-payroll are recorded in part",
        ),
        (
            a_trail(selectors=None, refused=(NO_SELECTORS,)),
            "I can’t tell whether calls on objects in acme-payroll are recorded",
        ),
        (
            a_trail(status=None),
            "I can’t tell whether calls on objects in acme-payroll are recorded",
        ),
    ],
)
def test_with_a_bucket_it_says_what_is_recorded_of_its_objects(trail, title):
    assert view(trail, bucket="acme-payroll").title == title


def test_each_trail_is_told_in_words():
    far = a_trail(
        "writes", selectors=basic("WriteOnly", PAYROLL, excluded=("kms.amazonaws.com",)), multi_region=False
    )

    assert said(view(replace(far, status=stopped(3)), bucket="acme-payroll"))[0] == snapshot(
        [
            "writes · eu-west-1 only",
            "Off since 2026-09-05 12:00 UTC: whatever happens now is not in its logs",
            "Of the management calls only writes are recorded, but for those to kms.amazonaws.com",
            "Calls on data: objects in S3 (some writes)",
            "Objects in acme-payroll: no reads, all writes",
        ]
    )
    assert said(view(a_trail(organization=True)))[0] == snapshot(
        [
            "acme-trail · all regions · the whole organisation",
            "On since 2024-01-01 00:00 UTC; newest logs 2026-09-08 11:56 UTC",
            "All management calls are recorded",
            "Calls on data: objects in S3, Lambda functions, items in DynamoDB",
        ]
    )


def test_logs_that_do_not_arrive_are_told():
    failing = a_trail(status=replace(LOGGING, delivery_error="NoSuchBucket"))

    assert "nothing is delivered: S3 says NoSuchBucket" in said(view(failing))[0][1]


def test_nothing_is_proposed_where_nothing_is_off():
    assert lines(view(a_trail(), bucket="acme-payroll")) == []


def test_a_stopped_trail_is_started_by_its_line_and_that_is_all():
    shown = view(a_trail(status=stopped(3)), bucket="acme-payroll")

    assert [words[2:] for words in lines(shown)] == [
        ["start-logging", "--name", a_trail().arn, "--region", "eu-west-1"]
    ]


def test_a_single_regions_trail_is_told_how_to_record_all():
    assert [words[2:] for words in lines(view(a_trail(multi_region=False)))] == [
        ["update-trail", "--name", a_trail().arn, "--is-multi-region-trail", "--region", "eu-west-1"]
    ]


OBJECTS = advanced("Data", resources__type="AWS::S3::Object", resources__ARN={"StartsWith": [PAYROLL]})


@pytest.mark.parametrize(
    ("selectors", "option", "kept"),
    [
        (EVERYTHING, "--advanced-event-selectors", [advanced()["FieldSelectors"]]),
        ({"AdvancedEventSelectors": [advanced(readOnly="false")]}, "--advanced-event-selectors", None),
        (basic("All", "arn:aws:s3:::other/"), "--event-selectors", None),
    ],
)
def test_the_line_keeps_what_is_recorded_already_and_adds_the_bucket(selectors, option, kept):
    shown = view(a_trail(selectors=selectors), bucket="acme-payroll")

    (words,) = lines(shown)  # a second line would take away what the first has put
    put = json.loads(words[6])
    before = selectors.get("EventSelectors") or selectors.get("AdvancedEventSelectors")
    assert words[:6] == ["aws", "cloudtrail", "put-event-selectors", "--trail-name", a_trail().arn, option]
    if kept is None:
        assert put[: len(before)] == before
    else:
        assert [each["FieldSelectors"] for each in put[:-1]] == kept
    assert PAYROLL in json.dumps(put[-1])
    assert any("$1 per million" in line for section in said(shown) for line in section)


def test_the_line_takes_the_bucket_in_the_trails_own_partition():
    china = a_trail(arn="arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/x", selectors=EVERYTHING)

    assert "arn:aws-cn:s3:::acme-payroll/" in lines(view(china, bucket="acme-payroll"))[0][6]


def test_a_name_with_a_quote_stays_one_word_of_the_line():
    hostile = {"AdvancedEventSelectors": [{"Name": "it's; rm -rf /", **advanced()}]}

    (words,) = lines(view(a_trail(selectors=hostile), bucket="acme-payroll"))
    assert json.loads(words[6])[0]["Name"] == "it's; rm -rf /"


@pytest.mark.parametrize(
    "selectors",
    [
        {"EventSelectors": basic()["EventSelectors"] * 5},
        basic("All", *(f"arn:aws:s3:::bucket-{number}/" for number in range(200))),
    ],
)
def test_a_line_that_would_not_do_is_not_shown(selectors):
    shown = view(a_trail(selectors=selectors), bucket="acme-payroll")

    assert lines(shown) == []
    assert any("leave no room" in line for section in said(shown) for line in section)


def test_what_is_unknown_is_not_proposed_to_be_turned_on():
    unknown = a_trail(selectors=None, refused=(NO_SELECTORS,))

    assert lines(view(unknown, bucket="acme-payroll")) == []
    assert codes(view(unknown)) == [("trail-unknown", "note"), ("only-this-region", "note")]


def test_without_a_trail_there_is_a_way_to_make_one():
    shown = view()

    assert shown.title == "Nothing is recorded: no trail records eu-west-1"
    assert [button.label for button in shown.buttons] == ["Make a trail", "Share in channel"]


def test_a_refusal_to_list_trails_is_not_no_trail():
    refused = Refused("which trails there are", "AWS refused.", "cloudtrail:DescribeTrails")
    shown = view(refused=(refused,))

    assert shown.title.startswith("I can’t tell")
    assert codes(shown) == [("trail-unknown", "blind")]
    assert "cloudtrail:DescribeTrails" in shown.caveats[0].message


def test_a_row_holds_what_a_trail_records():
    row = view(a_trail(selectors=basic("ReadOnly", PAYROLL)), bucket="acme-payroll").rows[0]

    assert row == snapshot(
        {
            "trail": "acme-trail",
            "arn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/acme-trail",
            "region": "eu-west-1",
            "multi_region": True,
            "organization": False,
            "logging": True,
            "since": LOGGING.started_at,
            "management_reads": "all",
            "management_writes": "none",
            "excluded_sources": (),
            "global_events": True,
            "data_events": ("AWS::S3::Object (some reads)",),
            "network_activity": (),
            "log_bucket": "acme-trail-logs",
            "delivered_at": LOGGING.delivered_at,
            "delivery_error": None,
            "object_reads": "all",
            "object_writes": "none",
        }
    )


def test_without_a_bucket_a_row_says_nothing_of_objects():
    (row,) = view(a_trail(selectors=WHOLE)).rows

    assert (row["object_reads"], row["object_writes"]) == (None, None)


def test_it_is_asked_by_words_and_a_bucket_may_be_pasted():
    ports = Looked(these(a_trail()))
    reach = Reach(ports, lambda _: None)

    asked = command.main(["s3://acme-payroll/x.csv"], standalone_mode=False, obj=reach)
    of_all = command.main([], standalone_mode=False, obj=reach)

    assert (asked.request, of_all.request) == ({"bucket": "acme-payroll"}, {"bucket": None})
    assert [button.words for button in asked.buttons if isinstance(button, Ask)] == [
        ("trail", "who-accessed", "acme-payroll"),
        ("trail", "coverage"),
    ]


def test_the_line_reaches_slack_whole():
    shown = view(a_trail(selectors=EVERYTHING), bucket="a" * 63)

    (line,) = lines(shown)
    assert json.dumps(shlex.join(line))[1:-1] in json.dumps(payload(shown))
