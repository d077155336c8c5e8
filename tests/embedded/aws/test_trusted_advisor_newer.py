"""The newer API tells the same as the Support API, with AWS's own ids of what is flagged; neither without a plan."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, STAGING, AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INCIDENT = Incident(1, NOW)
PORTS, MFA, KEYS = "HCP4007jGY", "7DAFEmoDos", "DqdJqYeRm5"


@pytest.fixture(scope="module")
def aws():
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        furnish(made, INCIDENT)
        made.support_plan = "business"
        yield made


@pytest.fixture
def newer(aws):
    return aws.client("trustedadvisor", region="us-east-1")


def arn(check):
    return f"arn:aws:trustedadvisor:::check/{check}"


def of(newer, check):
    (found,) = newer.list_recommendations(checkIdentifier=arn(check))["recommendationSummaries"]
    return found


def code(call, **asked):
    with pytest.raises(ClientError) as caught:
        call(**asked)
    return caught.value.response["Error"]["Code"]


def test_checks_are_listed_by_pillar_and_number_their_columns(newer):
    found = newer.list_checks(pillar="security")["checkSummaries"]

    (ports,) = (each for each in found if each["id"] == PORTS)
    assert (ports["arn"], ports["source"], ports["pillars"]) == (arn(PORTS), "ta_check", ["security"])
    assert (ports["metadata"]["0"], ports["metadata"]["5"]) == ("Region", "Ports")
    assert {each["pillars"][0] for each in found} == {"security"}
    assert len(newer.list_checks()["checkSummaries"]) > len(found)


def test_both_apis_say_the_same(aws, newer):
    support = aws.client("support", region="us-east-1")
    older = {
        each["id"]: support.describe_trusted_advisor_check_result(checkId=each["id"])["result"]
        for each in support.describe_trusted_advisor_checks(language="en")["checks"]
    }

    told = newer.list_recommendations()["recommendationSummaries"]

    assert {each["checkArn"].rpartition("/")[2]: each["status"] for each in told} == {
        ident: each["status"] for ident, each in older.items()
    }
    for each in told:
        result = older[each["checkArn"].rpartition("/")[2]]
        counts = each["resourcesAggregates"]
        flagged = result["resourcesSummary"]["resourcesFlagged"]
        assert counts["errorCount"] + counts["warningCount"] == flagged
        assert each["lastUpdatedAt"] == NOW


def test_what_is_flagged_has_its_own_id_and_region(newer):
    found = of(newer, PORTS)

    (told,) = newer.list_recommendation_resources(recommendationIdentifier=found["arn"])[
        "recommendationResourceSummaries"
    ]

    assert (told["awsResourceId"], told["regionCode"], told["status"]) == (
        *(INCIDENT.security_group_id, HOME, "error"),
    )
    assert (told["metadata"]["5"], told["exclusionStatus"]) == ("22", "included")
    assert told["recommendationArn"] == found["arn"]


def test_resources_are_chosen_by_colour_and_region(newer):
    asked = {"recommendationIdentifier": of(newer, KEYS)["arn"]}

    def ids(**more):
        told = newer.list_recommendation_resources(**asked, **more)["recommendationResourceSummaries"]
        return [each["awsResourceId"].rpartition("/")[2] for each in told]

    assert ids() == ["backup", "backup", "ci-deploy", "noroshi"]
    assert ids(status="warning") == ["ci-deploy"]
    assert ids(regionCode="eu-west-1") == []
    assert ids(exclusionStatus="excluded") == []


def test_one_is_told_with_what_it_is_about(newer):
    found = of(newer, MFA)

    told = newer.get_recommendation(recommendationIdentifier=found["arn"])["recommendation"]

    assert told["name"] == "MFA on Root Account"
    assert told["description"]
    assert code(newer.get_recommendation, recommendationIdentifier=f"{found['arn']}x") == (
        "ResourceNotFoundException"
    )


def test_recommendations_are_chosen_by_colour_pillar_and_time(newer):
    def names(**asked):
        return {each["name"] for each in newer.list_recommendations(**asked)["recommendationSummaries"]}

    assert "Security Groups - Specific Ports Unrestricted" in names(status="error", pillar="security")
    assert names(pillar="service_limits") == {"VPC"}
    assert names(awsService="S3") == {"Amazon S3 Bucket Permissions", "Amazon S3 Bucket Versioning"}
    assert names(type="priority") == names(afterLastUpdatedAt=NOW) == set()
    assert names(afterLastUpdatedAt=NOW - timedelta(seconds=1)) == names() == names(source="ta_check")


def test_a_bare_id_is_no_identifier_of_a_check(newer):
    assert code(newer.list_recommendations, checkIdentifier=f"check/{PORTS}/{PORTS}") == "ValidationException"


def test_they_come_in_pages(newer):
    pages = newer.get_paginator("list_checks").paginate(PaginationConfig={"PageSize": 6})

    sizes = [len(page["checkSummaries"]) for page in pages]

    assert sizes[:2] == [6, 6]
    assert sum(sizes) == len(newer.list_checks()["checkSummaries"])


def test_no_plan_no_api(aws, newer):
    support = aws.client("support", STAGING, "us-east-1")
    aws.support_plan = "basic"

    refused = code(support.describe_trusted_advisor_checks, language="en"), code(newer.list_checks)
    aws.support_plan = "business"

    assert refused == ("SubscriptionRequiredException", "AccessDeniedException")


def test_other_regions_have_neither(aws):
    assert code(aws.client("support").describe_trusted_advisor_checks, language="en") == (
        "InvalidSignatureException"
    )
    assert (
        code(aws.client("trustedadvisor", region="ap-northeast-1").list_checks) == "InvalidSignatureException"
    )
    assert aws.client("trustedadvisor").list_checks()["checkSummaries"]
