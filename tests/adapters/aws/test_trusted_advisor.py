"""Trusted Advisor by either of its APIs, over boto3's clients with canned answers; and what it means when neither answers."""

from datetime import UTC, datetime

import pytest

from bot.adapters.aws.pace import Tally
from bot.adapters.aws.trusted_advisor import TrustedAdvisor
from bot.core.advice.opinion import Refreshed
from bot.errors import AccessDenied, Upstream
from tests.adapters.aws.canned import PROD, Canned, Refusal, denied, places

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
AT = datetime(2026, 9, 8, 1, 2, 3, tzinfo=UTC)
GROUPS, BUCKETS, IDLE = "HCP4007jGY", "Pfx0RwqBli", "Qch7DwouX1"
ARN = "arn:aws:trustedadvisor:::check/"
NO_PLAN = Refusal(
    "SubscriptionRequiredException",
    "Amazon Web Services Premium Support Subscription is required to use this service",
)
ABOUT = (
    "Checks security groups for rules that allow <b>unrestricted</b> access &amp; more.<br><br><h4>Alert</h4>"
)


def check(number, name, pillar="security", **columns):
    return {
        "id": number,
        "arn": f"{ARN}{number}",
        "name": name,
        "pillars": [pillar],
        "description": ABOUT,
        "metadata": columns,
    }


def recommendation(number, status, error=0, warning=0, **more):
    counts = {"okCount": 5, "warningCount": warning, "errorCount": error}
    return {
        "id": f"rec-{number}",
        "arn": f"arn:aws:trustedadvisor::{PROD}:recommendation/rec-{number}",
        "checkArn": f"{ARN}{number}",
        "status": status,
        "name": "x",
        "resourcesAggregates": counts,
        "lastUpdatedAt": AT,
    } | more


def found_resource(name, status, excluded="included", **metadata):
    return {
        "arn": "x",
        "awsResourceId": name,
        "regionCode": "eu-west-1",
        "metadata": metadata,
        "status": status,
        "exclusionStatus": excluded,
    }


def newer(**more):
    """The newer API of an account with a plan: one red check, one green, and one about costs."""
    resources = {
        "error": [found_resource("arn:aws:ec2:eu-west-1:1:security-group/sg-1", "error", c1="22", c2="tcp")],
        "warning": [found_resource("sg-2", "warning", "excluded")],
    }
    answers = {
        "ListChecks": {
            "checkSummaries": [
                check(GROUPS, "Security Groups - Specific Ports Unrestricted", c1="From Port", c2="Protocol"),
                check(BUCKETS, "Amazon S3 Bucket Permissions"),
                check(IDLE, "Low Utilization Amazon EC2 Instances", "cost_optimizing"),
            ]
        },
        "ListRecommendations": {
            "recommendationSummaries": [
                recommendation(GROUPS, "error", error=1, warning=1),
                recommendation(BUCKETS, "ok", statusReason="no_data_ok"),
            ]
        },
        "ListRecommendationResources": lambda asked: {
            "recommendationResourceSummaries": resources[asked["status"]]
        },
    } | more
    return {("trustedadvisor", name): answer for name, answer in answers.items()}


def support(**more):
    """The older API: metadata by place, green and hidden items among the flagged ones."""
    flagged = [
        ("error", ["eu-west-1", "web-prod", "sg-1 (vpc-1)", "tcp", "Red", "22", None], False),
        ("warning", ["eu-west-1", "old", "sg-2 (vpc-1)", "tcp", "Yellow", "8080", "8080"], True),
        ("ok", ["eu-west-1", "web", "sg-3 (vpc-1)", "tcp", "Green", "443", "443"], False),
    ]
    names = [
        "Region",
        "Security Group Name",
        "Security Group ID",
        "Protocol",
        "Status",
        "From Port",
        "To Port",
    ]
    answers = {
        "DescribeTrustedAdvisorChecks": {
            "checks": [
                {
                    "id": GROUPS,
                    "name": "Security Groups - Specific Ports Unrestricted",
                    "description": ABOUT,
                    "category": "security",
                    "metadata": names,
                },
                {
                    "id": IDLE,
                    "name": "Idle",
                    "description": "",
                    "category": "cost_optimizing",
                    "metadata": [],
                },
            ]
        },
        "DescribeTrustedAdvisorCheckResult": {
            "result": {
                "checkId": GROUPS,
                "timestamp": "2026-09-08T01:02:03Z",
                "status": "error",
                "resourcesSummary": {"resourcesProcessed": 14},
                "flaggedResources": [
                    {
                        "status": status,
                        "region": "eu-west-1",
                        "resourceId": "opaque",
                        "isSuppressed": hidden,
                        "metadata": values,
                    }
                    for status, values, hidden in flagged
                ],
            }
        },
    } | more
    return {("support", name): answer for name, answer in answers.items()}


def trusted(*answers, **ways):
    canned = Canned({key: answer for each in answers for key, answer in each.items()})
    return TrustedAdvisor(places(canned, **ways), now=lambda: NOW), canned


def advised(*answers, checks=(), **ways):
    made, _ = trusted(*answers, **ways)
    return made.opinions(checks, PROD, Tally())


def test_the_newer_api_is_asked_first_and_names_resources_as_aws_does():
    groups, buckets = advised(newer(), support()).opinions

    assert (groups.by, groups.account_id, groups.status, groups.at) == ("trusted-advisor", PROD, "error", AT)
    assert [(one.resource, one.status, one.suppressed) for one in groups.flagged] == [
        ("sg-1", "error", False),
        ("sg-2", "warning", True),
    ]
    assert groups.flagged[0].why == "From Port: 22; Protocol: tcp"
    assert groups.check.about == "Checks security groups for rules that allow unrestricted access & more."
    assert (buckets.status, buckets.looked_at) == ("ok", 0)


def test_only_security_is_asked_for_where_nothing_is_named():
    by_name = advised(newer(), checks=[IDLE]).opinions

    assert [one.check.category for one in advised(newer()).opinions] == ["security", "security"]
    assert [(one.check.id, one.status) for one in by_name] == [(IDLE, "not_available")]
    assert by_name[0].unknown_because == ("Trusted Advisor has no result yet",)


def test_a_red_check_whose_resources_are_refused_stays_red_and_says_what_is_missing():
    found = advised(newer(ListRecommendationResources=denied("AccessDeniedException")), checks=[GROUPS])

    assert found.opinions[0].status == "error"
    assert "trustedadvisor:ListRecommendationResources" in found.opinions[0].unknown_because[0]


def test_the_support_api_is_the_other_way_and_its_columns_say_which_resource_and_why():
    (groups,) = advised(support()).opinions

    assert (groups.status, groups.at, groups.looked_at) == ("error", AT, 14)
    assert [(one.resource, one.region, one.suppressed) for one in groups.flagged] == [
        ("sg-1", "eu-west-1", False),
        ("sg-2", "eu-west-1", True),
    ]
    assert groups.flagged[0].why == "Security Group Name: web-prod; Protocol: tcp; From Port: 22"


def test_the_support_api_is_asked_where_it_is_and_the_newer_one_where_that_is():
    _, asked = made = trusted(support())
    made[0].opinions((), PROD, Tally())
    far, canned = trusted(newer(), here=("us-east-1", "us-west-2"))
    far.opinions((), PROD, Tally())

    assert {each[2].region for each in asked.asked if each[0] == "support"} == {"us-east-1"}
    assert {each[2].region for each in asked.asked if each[0] == "trustedadvisor"} == {"eu-west-1"}
    assert {each[2].region for each in canned.asked} == {"us-east-1"}


def test_a_check_that_never_ran_is_grey():
    never = {
        "result": {"checkId": GROUPS, "timestamp": "", "status": "not_available", "flaggedResources": []}
    }
    (one,) = advised(support(DescribeTrustedAdvisorCheckResult=never)).opinions

    assert (one.status, one.unknown_because) == ("not_available", ("Trusted Advisor has no result yet",))


def test_a_colour_that_we_do_not_know_is_grey_and_never_green():
    told = {"recommendationSummaries": [recommendation(GROUPS, "improving"), recommendation(BUCKETS, "ok")]}

    groups, buckets = advised(newer(ListRecommendations=told)).opinions

    assert (groups.status, buckets.status) == ("not_available", "ok")


def test_a_result_that_is_denied_is_grey_with_the_action():
    (one,) = advised(support(DescribeTrustedAdvisorCheckResult=denied())).opinions

    assert one.status == "not_available"
    assert "support:DescribeTrustedAdvisorCheckResult" in one.unknown_because[0]


def test_without_a_plan_aws_says_so():
    found = advised({("support", "DescribeTrustedAdvisorChecks"): NO_PLAN})

    assert (found.plan, found.opinions) == ("no", ())
    assert "needs the support plan Business Support+" in found.why


def test_where_both_refuse_both_causes_are_told():
    found = advised({})

    assert found.plan == "unknown"
    assert "either its support plan has no API" in found.why
    assert "trustedadvisor:ListChecks and support:DescribeTrustedAdvisorChecks are missing" in found.why


def refreshing(status, millis=0):
    answer = {"status": {"checkId": GROUPS, "status": status, "millisUntilNextRefreshable": millis}}
    return support(RefreshTrustedAdvisorCheck=answer)


@pytest.mark.parametrize(
    ("answers", "refreshed"),
    [
        (refreshing("enqueued"), Refreshed("enqueued")),
        (refreshing("processing", 3_600_000), Refreshed("processing", 3600)),
        (refreshing("success"), Refreshed("success")),
        (refreshing("success", 250_000), Refreshed("too-soon", 250)),
        (refreshing("none"), Refreshed("enqueued")),
        (
            support(
                RefreshTrustedAdvisorCheck=Refusal(
                    "InvalidParameterValueException", "Check HCP4007jGY cannot be refreshed"
                )
            ),
            Refreshed("by-itself"),
        ),
    ],
)
def test_a_refresh_says_what_came_of_it(answers, refreshed):
    made, _ = trusted(answers)

    assert made.refresh(GROUPS, PROD, Tally()) == refreshed


@pytest.mark.parametrize(("refusal", "error"), [(denied(), AccessDenied), (NO_PLAN, Upstream)])
def test_a_refresh_that_aws_refuses_is_an_error(refusal, error):
    made, _ = trusted(support(RefreshTrustedAdvisorCheck=refusal))

    with pytest.raises(error):
        made.refresh(GROUPS, PROD, Tally())
