"""Findings are counted by account, day, type, resource and severity."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import PROD, STAGING
from tests.embedded.aws.guardduty_world import asking, finding

SCAN, TOR = "Recon:EC2/Portscan", "UnauthorizedAccess:IAMUser/TorIPCaller"


@pytest.fixture(scope="module")
def ask(world):
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)
    machine = {"resourceType": "Instance", "instanceDetails": {"instanceId": "i-1"}}
    buckets = {"resourceType": "S3Bucket", "s3BucketDetails": [{"name": "a"}, {"name": "b"}]}
    for each in (
        finding("1", type=SCAN, severity=5, resource=machine, updatedAt="2026-09-07T23:59:59.000Z"),
        finding("2", type=SCAN, severity=5.0, resource=machine, updatedAt="2026-09-08T02:00:00Z"),
        finding("3", severity=8.5, resource=buckets, archived=True),
        finding("4", STAGING.id, severity=8),
    ):
        world.aws.findings.put(each)
    client, detector = asking(world)

    def asked(**more):
        return client.get_findings_statistics(DetectorId=detector, **more)["FindingStatistics"]

    yield asked
    world.aws.findings.organization.delegate("")


def test_by_account_the_most_first(ask):
    groups = ask(GroupBy="ACCOUNT")["GroupedByAccount"]

    assert [(each["AccountId"], each["TotalFindings"]) for each in groups] == [(PROD.id, 3), (STAGING.id, 1)]
    assert groups[0]["LastGeneratedAt"] == datetime(2026, 9, 8, 2, tzinfo=UTC)


def test_by_type_the_fewest_first_where_asked(ask):
    groups = ask(
        GroupBy="FINDING_TYPE", OrderBy="ASC", FindingCriteria={"Criterion": {"severity": {"Lt": 8}}}
    )
    first = ask(GroupBy="ACCOUNT", OrderBy="ASC", MaxResults=1)["GroupedByAccount"]

    assert [(each["FindingType"], each["TotalFindings"]) for each in groups["GroupedByFindingType"]] == [
        (SCAN, 2)
    ]
    assert [each["AccountId"] for each in first] == [STAGING.id]


def test_by_day_and_severity_the_newest_first(ask):
    groups = ask(GroupBy="DATE")["GroupedByDate"]

    told = [(each["Date"].day, each["Severity"], each["TotalFindings"]) for each in groups]
    assert sorted(told) == [(7, 5.0, 1), (8, 5.0, 1), (8, 8.0, 1), (8, 8.5, 1)]
    assert told[-1][0] == 7


def test_by_resource_each_of_a_findings(ask):
    groups = ask(GroupBy="RESOURCE")["GroupedByResource"]

    assert {(each["ResourceType"], each["ResourceId"], each["TotalFindings"]) for each in groups} == {
        ("Instance", "i-1", 2),
        ("S3Bucket", "a", 1),
        ("S3Bucket", "b", 1),
        ("AccessKey", "AKIAEXAMPLE", 1),
    }


def test_by_severity_in_both_ways(ask):
    groups = ask(GroupBy="SEVERITY")["GroupedBySeverity"]
    older = ask(FindingStatisticTypes=["COUNT_BY_SEVERITY"])["CountBySeverity"]

    assert {each["Severity"]: each["TotalFindings"] for each in groups} == {5.0: 2, 8.5: 1, 8.0: 1}
    assert older == {"5.0": 2, "8.5": 1, "8.0": 1}


def test_archived_ones_are_counted_unless_left_out(ask):
    current = {"Criterion": {"service.archived": {"Equals": ["false"]}}}

    assert ask(GroupBy="ACCOUNT", FindingCriteria=current)["GroupedByAccount"][0]["TotalFindings"] == 2


@pytest.mark.parametrize(
    "asked", [{}, {"GroupBy": "ACCOUNT", "FindingStatisticTypes": ["COUNT_BY_SEVERITY"]}]
)
def test_one_thing_is_counted_by(ask, asked):
    with pytest.raises(ClientError, match="exactly one"):
        ask(**asked)


def test_a_group_that_nobody_knows_is_refused(ask):
    with pytest.raises(ClientError, match="groupBy"):
        ask(GroupBy="COUNTRY")
