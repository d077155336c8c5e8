"""Criteria choose what a plain reading of them would; what GuardDuty does not take is refused."""

from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.aws import PROD
from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.criteria import checked, in_order, meets
from tests.embedded.aws.guardduty_world import asking, finding, listed

NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)
PORTS = st.lists(st.integers(1, 5), max_size=3)
NAMES = st.text("ab*?[.", max_size=4)
TIMES = st.integers(0, 100).map(lambda minutes: NOON + timedelta(minutes=minutes))
SEVERITIES = st.sampled_from([1, 2.5, 4, 5.0, 6.9, 7, 7.5, 8, 9.5])


@st.composite
def details(draw):
    """A finding with what the criteria below are about."""
    return finding(
        "x",
        type=draw(NAMES),
        severity=draw(SEVERITIES),
        updatedAt=f"{draw(TIMES):%Y-%m-%dT%H:%M:%S}.000Z",
        archived=draw(st.booleans()),
        action={
            "portProbeAction": {
                "portProbeDetails": [{"localPortDetails": {"port": port}} for port in draw(PORTS)]
            }
        },
    )


PORT = "service.action.portProbeAction.portProbeDetails.localPortDetails.port"


def ports(detail):
    probed = detail["service"]["action"]["portProbeAction"]["portProbeDetails"]
    return [each["localPortDetails"]["port"] for each in probed]


@given(details(), st.integers(0, 10), st.sampled_from(["", "OrEqual"]))
def test_severity_is_compared_as_a_number(detail, bound, also):
    equal = bool(also) and detail["severity"] == bound

    assert meets(detail, {"severity": {f"GreaterThan{also}": bound}}) == (detail["severity"] > bound or equal)
    assert meets(detail, {"severity": {f"LessThan{also}": bound}}) == (detail["severity"] < bound or equal)
    assert meets(detail, {"severity": {"Equals": [str(bound)]}}) == (detail["severity"] == bound)


@given(details(), TIMES)
def test_times_are_compared_in_milliseconds(detail, bound):
    milliseconds = round(bound.timestamp() * 1000)
    updated = datetime.fromisoformat(detail["updatedAt"])

    assert meets(detail, {"updatedAt": {"GreaterThanOrEqual": milliseconds}}) == (updated >= bound)
    assert meets(detail, {"updatedAt": {"LessThan": milliseconds}}) == (updated < bound)
    assert not meets(detail, {"updatedAt": {"LessThan": round(bound.timestamp())}})


@given(details(), st.lists(NAMES, max_size=3))
def test_one_of_several_values_is_enough_and_none_for_the_opposite(detail, wanted):
    assert meets(detail, {"type": {"Equals": wanted}}) == (detail["type"] in wanted)
    assert meets(detail, {"type": {"NotEquals": wanted}}) == (detail["type"] not in wanted)


@given(details(), st.lists(NAMES, max_size=3))
def test_wildcards_are_star_and_question_mark_alone(detail, wanted):
    fits = any(fnmatchcase(detail["type"], one.replace("[", "[[]")) for one in wanted)

    assert meets(detail, {"type": {"Matches": wanted}}) == fits
    assert meets(detail, {"type": {"NotMatches": wanted}}) == (not fits)


@given(details(), st.integers(1, 5))
def test_one_member_of_a_list_is_enough(detail, port):
    assert meets(detail, {PORT: {"Equals": [str(port)]}}) == (port in ports(detail))
    assert meets(detail, {PORT: {"GreaterThan": port}}) == any(each > port for each in ports(detail))


@given(details(), st.booleans(), st.integers(0, 10))
def test_all_conditions_of_all_attributes_must_hold(detail, archived, bound):
    criteria = {
        "service.archived": {"Equals": [str(archived).lower()]},
        "severity": {"GreaterThan": bound, "LessThan": bound + 3},
    }

    expected = detail["service"]["archived"] == archived and bound < detail["severity"] < bound + 3
    assert meets(detail, criteria) == expected


@given(details(), st.integers(0, 10), NAMES)
def test_the_old_names_mean_the_same(detail, bound, name):
    for old, new, wanted in (
        ("Gt", "GreaterThan", bound),
        ("Gte", "GreaterThanOrEqual", bound),
        ("Lt", "LessThan", bound),
        ("Lte", "LessThanOrEqual", bound),
    ):
        assert meets(detail, {"severity": {old: wanted}}) == meets(detail, {"severity": {new: wanted}})
    assert meets(detail, {"type": {"Eq": [name]}}) == meets(detail, {"type": {"Equals": [name]}})
    assert meets(detail, {"type": {"Neq": [name]}}) == meets(detail, {"type": {"NotEquals": [name]}})


@given(st.lists(details(), max_size=6), st.booleans())
def test_findings_are_sorted_by_an_attribute(found, descending):
    severities = [each["severity"] for each in in_order(found, "severity", descending=descending)]

    assert severities == sorted(severities, reverse=descending)


def test_what_an_additional_info_says_in_its_json_is_an_attribute():
    detail = finding("x")
    detail["service"]["additionalInfo"] = {"value": '{"threatListName":"Tor"}', "type": "default"}

    assert meets(detail, {"service.additionalInfo.threatListName": {"Equals": ["Tor"]}})


def test_an_attribute_that_a_finding_lacks_equals_nothing():
    assert not meets(finding("x"), {"resource.instanceDetails.instanceId": {"Equals": [""]}})
    assert meets(finding("x"), {"resource.instanceDetails.instanceId": {"NotEquals": ["i-1"]}})


@pytest.mark.parametrize(
    ("criterion", "why"),
    [
        ({"Severity": {"GreaterThan": 4}}, "Severity is not an attribute"),
        ({"service.archive": {"Equals": ["false"]}}, "service.archive is not an attribute"),
        ({"type": {"Matches": ["*"]}}, "Matches is not valid here"),
        ({"type": {"NotMatches": ["*"]}}, "NotMatches is not valid here"),
        ({"type": {"Equals": [str(each) for each in range(51)]}}, "more than 50 values"),
    ],
)
def test_what_guardduty_does_not_take_is_refused(world, criterion, why):
    with pytest.raises(ClientError, match=why) as caught:
        listed(world, criterion)

    assert caught.value.response["Error"]["Code"] == "BadRequestException"


def test_a_filter_may_have_wildcards_five_of_them():
    assert checked({"type": {"Matches": ["a*"] * 5}}, of_filter=True)
    with pytest.raises(BadRequest, match="more than 5 values"):
        checked({"type": {"Matches": ["a*"] * 6}}, of_filter=True)


def test_pages_hold_fifty_at_most_and_lose_nothing(world):
    for n in range(120):
        world.aws.findings.put(finding(f"page-{n}", type="Recon:EC2/Portscan"))
    client, detector = asking(world)
    pages = client.get_paginator("list_findings").paginate(
        DetectorId=detector,
        FindingCriteria={"Criterion": {"type": {"Equals": ["Recon:EC2/Portscan"]}}},
        SortCriteria={"AttributeName": "updatedAt", "OrderBy": "DESC"},
    )

    sizes = [page["FindingIds"] for page in pages]

    assert [len(each) for each in sizes] == [50, 50, 20]
    assert {each for page in sizes for each in page} == {f"page-{n}" for n in range(120)}


@pytest.mark.parametrize("asked", [{"MaxResults": 51}, {"NextToken": "elsewhere"}])
def test_a_page_out_of_bounds_is_refused(world, asked):
    with pytest.raises(ClientError, match=r"maxResults|nextToken"):
        listed(world, **asked)


def test_more_than_fifty_findings_at_once_are_refused(world):
    client, detector = asking(world)

    with pytest.raises(ClientError, match="out of bounds"):
        client.get_findings(DetectorId=detector, FindingIds=[str(n) for n in range(51)])


def test_feedback_is_kept_with_the_finding(world):
    world.aws.findings.put(finding("judged"))
    client, detector = asking(world)

    client.update_findings_feedback(
        DetectorId=detector, FindingIds=["judged", "nobody"], Feedback="NOT_USEFUL"
    )
    world.aws.findings.put(finding("judged", count=4))

    (found,) = client.get_findings(DetectorId=detector, FindingIds=["judged"])["Findings"]
    assert (found["Service"]["UserFeedback"], found["Service"]["Count"]) == ("NOT_USEFUL", 4)
    assert found["AccountId"] == PROD.id
