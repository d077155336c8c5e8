"""Advanced queries: Config's SQL over what is there and recorded now, rows as JSON texts."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP, BUCKET = "AWS::EC2::SecurityGroup", "AWS::S3::Bucket"
PLACE = (PROD.id, HOME)


def item(kind, ident, name, configuration, days=1, status="OK", **more):
    at = NOW - timedelta(days=days)
    return {
        "version": "1.3",
        "accountId": PROD.id,
        "awsRegion": HOME,
        "arn": f"arn:aws:x:::{ident}",
        "availabilityZone": "Not Applicable",
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": kind,
        "resourceId": ident,
        "resourceName": name,
        "configuration": configuration,
        "tags": {"team": name},
        "relationships": [
            {
                "resourceType": "AWS::EC2::VPC",
                "resourceId": "vpc-1",
                "relationshipName": "Is contained in Vpc",
            }
        ],
        "supplementaryConfiguration": {},
    } | more


def port(number, *sources):
    return {"fromPort": number, "ipv4Ranges": [{"cidrIp": each} for each in sources]}


ITEMS = (
    item(GROUP, "sg-1", "web", {"ipPermissions": [port(443, "0.0.0.0/0"), port(22, "10.0.0.0/8")]}, days=3),
    item(GROUP, "sg-2", "web", {"ipPermissions": []}, days=2),
    item(GROUP, "sg-3", "db", {"ipPermissions": [port(5432, "10.0.0.0/8")]}, days=1),
    item(GROUP, "sg-3", "batch", {"ipPermissions": [port(5432, "10.0.0.0/8")]}, days=0.5),
    item(GROUP, "sg-gone", "web", {}, days=6),
    item(GROUP, "sg-gone", "web", None, days=5, status="ResourceDeleted"),
    item(GROUP, "sg-unseen", "web", None, status="ResourceNotRecorded"),
    item(GROUP, "sg-later", "web", {}, days=-1),
    item(BUCKET, "web", "web", {"name": "web", "size": 3, "versioned": True}, days=4),
)


@pytest.fixture(scope="module")
def config(world):
    world.aws.recordings.open(PLACE, Recorder(NOW - timedelta(days=90)))
    for each in ITEMS:
        world.aws.recordings.record(PLACE, each)
    return world.client("config")


def rows(config, expression, **more):
    return [
        json.loads(row) for row in config.select_resource_config(Expression=expression, **more)["Results"]
    ]


def ids(config, where):
    return [row["resourceId"] for row in rows(config, f"SELECT resourceId WHERE {where} ORDER BY resourceId")]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("resourceName = 'web'", ["sg-1", "sg-2", "web"]),
        ("resourceName = 'WEB'", []),
        ("resourceName = 'db'", []),
        ("resourceId = 'sg-gone' OR resourceId = 'sg-unseen' OR resourceId = 'sg-later'", []),
        (f"resourceType = '{GROUP}' AND (resourceName = 'web' OR resourceId = 'sg-3')", ["sg-1", "sg-2", "sg-3"]),
        (f"resourceName = 'web' OR resourceName = 'batch' AND resourceType = '{BUCKET}'", ["sg-1", "sg-2", "web"]),
        ("resourceId IN ('sg-2', 'web', 'x')", ["sg-2", "web"]),
        ("arn LIKE 'arn:aws:x:::sg-%'", ["sg-1", "sg-2", "sg-3"]),
        ("resourceId LIKE 'sg-_'", ["sg-1", "sg-2", "sg-3"]),
        ("NOT resourceName = 'web'", ["sg-3"]),
        ("configuration.ipPermissions.fromPort = 22", ["sg-1"]),
        ("configuration.ipPermissions.fromPort BETWEEN 400 AND 6000", ["sg-1", "sg-3"]),
        ("configuration.ipPermissions.ipv4Ranges.cidrIp = '10.0.0.0/8'", ["sg-1", "sg-3"]),
        ("configurationItemCaptureTime BETWEEN '2026-09-05T00:00:00.000Z' AND '2026-09-07T00:00:00.000Z'", ["sg-1", "sg-2"]),
        ("tags.tag = 'team=batch'", ["sg-3"]),
        ("tags.key = 'team' AND tags.value = 'batch'", ["sg-3"]),
        ("relationships.resourceId = 'vpc-1' AND resourceName = 'batch'", ["sg-3"]),
        ("configuration.versioned = true", ["web"]),
        ("configuration.versioned = 'true'", ["web"]),
        ("configuration.size = 3", ["web"]),
        ("configuration.nothing.of.the.kind.at.all = 'x'", []),
    ],
)  # fmt: skip
def test_conditions_choose_among_what_is_there_and_recorded(config, where, found):
    assert ids(config, where) == found


def test_rows_hold_what_was_selected_nested_as_in_the_item(config):
    (row,) = rows(
        config,
        "SELECT resourceId, configuration.ipPermissions.fromPort, configuration.ipPermissions.ipv4Ranges.cidrIp, "
        "tags.tag, relationships.name, configuration.nothing WHERE resourceId = 'sg-3'",
    )

    permissions = [{"fromPort": 5432, "ipv4Ranges": [{"cidrIp": "10.0.0.0/8"}]}]
    assert row == {
        "resourceId": "sg-3",
        "configuration": {"ipPermissions": permissions},
        "tags": [{"tag": "team=batch"}],
        "relationships": [{"name": "Is contained in Vpc"}],
    }


def test_a_star_is_the_scalar_properties(config):
    (row,) = rows(config, "SELECT * WHERE resourceId = 'web'")

    assert row == {
        "accountId": PROD.id,
        "awsRegion": HOME,
        "arn": "arn:aws:x:::web",
        "availabilityZone": "Not Applicable",
        "configurationItemCaptureTime": "2026-09-04T12:00:00.000Z",
        "resourceId": "web",
        "resourceName": "web",
        "resourceType": BUCKET,
        "version": "1.3",
    }


def test_the_answer_names_its_fields(config):
    answer = config.select_resource_config(
        Expression="SELECT resourceId, configuration.ipPermissions.fromPort"
    )

    names = [each["Name"] for each in answer["QueryInfo"]["SelectFields"]]
    assert names == ["resourceId", "configuration.ipPermissions.fromPort"]


def test_rows_are_ordered_by_several_properties(config):
    found = rows(
        config, "SELECT resourceId ORDER BY resourceName DESC, configurationItemCaptureTime ASC, resourceId"
    )

    assert [row["resourceId"] for row in found] == ["web", "sg-1", "sg-2", "sg-3"]


def test_rows_come_in_pages(config):
    paginator = config.get_paginator("select_resource_config")
    asked = {"Expression": "SELECT resourceId ORDER BY resourceId", "PaginationConfig": {"PageSize": 3}}

    pages = [
        [json.loads(row)["resourceId"] for row in each["Results"]] for each in paginator.paginate(**asked)
    ]

    assert pages == [["sg-1", "sg-2", "sg-3"], ["web"]]


@pytest.mark.parametrize(
    "expression",
    [
        "SELECT resourceId FROM resources",
        "SELECT resourceId JOIN other ON 1 = 1",
        "SELECT resourceId AS id",
        "SELECT resourceId id",
        "SELECT DISTINCT resourceId",
        "SELECT resourceId UNION SELECT arn",
        "SELECT resourceId; SELECT arn",
        "SELECT resourceId WHERE resourceName IS NULL",
        "SELECT resourceId WHERE resourceName = NULL",
        'SELECT resourceId WHERE resourceName = "web"',
        'SELECT "resourceId"',
        "SELECT resourceId WHERE resourceName = 'web",
        "SELECT resourceId WHERE resourceName = 'it's'",
        "SELECT resourceId WHERE resourceName LIKE '%web'",
        "SELECT resourceId WHERE resourceName LIKE 'we%'",
        "SELECT resourceId WHERE resourceName = 'a' LIKE 'b'",
        "SELECT resourceId WHERE 'a' = 'a'",
        "SELECT resourceId WHERE resourceName IN (SELECT arn)",
        "SELECT resourceId WHERE upper(resourceName) = 'WEB'",
        "SELECT resourceId LIMIT 3",
        "SELECT id",
        "SELECT 'x'",
        "DROP TABLE resources",
        "hello",
    ],
)
def test_what_configs_sql_does_not_know_is_refused(config, expression):
    assert refusal(config, expression) == "InvalidExpressionException"


@pytest.mark.parametrize(
    ("expression", "more", "code"),
    [
        ("SELECT resourceId", {"Limit": 101}, "InvalidLimitException"),
        ("SELECT resourceId", {"NextToken": "x"}, "InvalidNextTokenException"),
        (f"SELECT resourceId WHERE resourceId = '{'x' * 4096}'", {}, "ValidationException"),
        ("SELECT resourceType, COUNT(*) GROUP BY resourceType", {}, "InvalidExpressionException"),
    ],
)
def test_limits_tokens_and_lengths_are_kept_to(config, expression, more, code):
    assert refusal(config, expression, **more) == code


def test_a_token_is_good_for_its_own_expression_only(config):
    token = config.select_resource_config(Expression="SELECT resourceId", Limit=1)["NextToken"]

    assert refusal(config, "SELECT arn", NextToken=token) == "InvalidNextTokenException"


def test_where_nothing_is_recorded_nothing_is_found(config, world):
    assert rows(world.client("config", account=STAGING), "SELECT resourceId") == []


def refusal(config, expression, **more):
    with pytest.raises(ClientError) as caught:
        config.select_resource_config(Expression=expression, **more)
    return caught.value.response["Error"]["Code"]
