"""Trusted Advisor's verdicts, told as what is wrong with what."""

import copy
import json
from pathlib import Path

import pytest

from bot.core.alert import Quiet
from bot.core.text import plain
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.advisor import alert, source
from tests.event_pattern import sent

EVENTS = Path(__file__).parents[1] / "events/advisor"
FIRES = json.loads((EVENTS / "fires.json").read_text())


def item(check=None, details=None, **changes):
    detail = copy.deepcopy(FIRES["detail"]) | changes
    detail |= {"check-name": check} if check else {}
    detail |= {"check-item-detail": details} if details is not None else {}
    return unwrap(json.dumps(FIRES | {"detail": detail}))


def story(told):
    return [plain(line) for line in told.story]


def test_a_security_finding_is_told_by_what_it_means():
    told = alert(item())

    assert told.title == "A security group opens a risky port to the internet: web-prod"
    assert (told.severity, told.account_id, told.region, told.resource) == (
        "high",
        "111122223333",
        "eu-west-1",
        "web-prod",
    )
    assert story(told) == [
        "Security Group ID: sg-0a1b2c3d (vpc-1a2b3c4d)",
        "Protocol: tcp",
        "From Port: 22",
        "To Port: 22",
    ]


def test_ok_resolves_under_the_same_key_whatever_blanks_and_dashes_the_name_has():
    fires = alert(item())
    fine = alert(item(check="Security Groups – Specific Ports Unrestricted", status="OK"))

    assert fine.key == fires.key
    assert (fine.resolved, fires.resolved) == (True, False)
    assert (fine.severity, fine.title) == (
        "info",
        "Resolved: Trusted Advisor's check Security Groups – Specific Ports Unrestricted is in order: web-prod",
    )


def test_two_ports_of_one_group_are_two_problems():
    other = FIRES["detail"]["check-item-detail"] | {"From Port": "3389", "To Port": "3389"}

    assert alert(item(details=other)).key != alert(item()).key


def test_a_limit_says_how_near_it_is_and_keeps_its_key_while_the_use_grows():
    limit = {"Region": "eu-west-1", "Service": "VPC", "Limit Name": "VPCs", "Limit Amount": "5"}
    near = alert(
        item("VPC", limit | {"Current Usage": "4", "Status": "Yellow"}, status="WARN", resource_id="")
    )
    full = alert(item("VPC", limit | {"Current Usage": "5", "Status": "Red"}, status="ERROR", resource_id=""))

    assert (near.title, near.severity) == ("Near a limit: VPC VPCs, 4 of 5", "low")
    assert (full.title, full.severity) == ("At a limit: VPC VPCs, 5 of 5", "medium")
    assert near.key == full.key
    assert near.reference is None


@pytest.mark.parametrize(
    ("check", "status", "columns", "band"),
    [
        ("Exposed Access Keys", "ERROR", {"User Name": "backup"}, "critical"),
        ("MFA on Root Account", "ERROR", {}, "high"),
        ("IAM Password Policy", "WARN", {}, "medium"),
        ("Amazon EBS Snapshots", "ERROR", {}, "medium"),
        ("Amazon EBS Snapshots", "WARN", {}, "low"),
        ("Idle Load Balancers", "WARN", {"Estimated Monthly Savings": "$20"}, "info"),
    ],
)
def test_danger_is_worse_than_fault_and_savings_wait(check, status, columns, band):
    assert alert(item(check, columns, status=status)).severity == band


def test_empty_columns_colours_and_single_days_are_left_out():
    details = {
        "Status": "Red",
        "Region/AZ": "eu-west-1a",
        "Day 1": "0%",
        "Reason": " a  b ",
        "Name": None,
        "Tag": "",
    }
    told = alert(item("Low Utilization Amazon EC2 Instances ", details))

    assert story(told) == ["Reason: a b"]
    assert told.region == "eu-west-1"


def test_many_columns_are_cut_and_say_so():
    told = alert(item("Anything", {f"Column {letter}": "x" for letter in "abcdefghij"}))

    assert story(told)[-1] == "and 3 more columns in the console"


def test_an_open_bucket_brings_the_questions_whether_it_is_public_and_who_was_there():
    told = alert(item("Amazon S3 Bucket Permissions", {"Bucket Name": "acme-payroll"}, resource_id=""))

    assert told.title == "A bucket is open to others: acme-payroll"
    assert [step.words[:3] for step in told.next_steps] == [
        ("s3", "explain", "acme-payroll"),
        ("trail", "who-accessed", "acme-payroll"),
    ]


def test_a_remark_is_no_alert_and_an_unknown_verdict_goes_to_unknown():
    assert isinstance(alert(unwrap((EVENTS / "quiet.json").read_text())), Quiet)
    assert read(item(status="PURPLE"), SOURCES).source == "unknown"


def test_the_pattern_takes_what_fires_and_leaves_remarks_in_eventbridge():

    assert sent(source, FIRES)
    assert not sent(source, json.loads((EVENTS / "quiet.json").read_text()))
