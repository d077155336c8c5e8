"""Which calls write which part of which type."""

import pytest

from bot.trail.authorship.services import regions, source
from bot.trail.authorship.writers import part, writer
from bot.trail.authorship.writers_table import TABLE
from tests.trail.authorship.making import GROUP, PLACE, named


def effect(resource_type, event, service="ec2"):
    found = writer(resource_type, f"{service}.amazonaws.com", event)
    return (found.effect, found.parts) if found else None


@pytest.mark.parametrize(
    ("resource_type", "event", "service", "expected"),
    [
        ("AWS::EC2::SecurityGroup", "AuthorizeSecurityGroupIngress", "ec2", ("adds", ("ippermissions",))),
        ("AWS::EC2::SecurityGroup", "DeleteTags", "ec2", ("removes", ("tags",))),
        ("AWS::Lambda::Function", "UpdateFunctionConfiguration20150331v2", "lambda", ("sets", ("*",))),
        ("AWS::Lambda::Function", "TagResource20170331v2", "lambda", ("adds", ("tags",))),
        ("AWS::IAM::Role", "UntagRole", "iam", ("removes", ("tags",))),
        ("AWS::S3::Bucket", "PutBucketTagging", "s3", ("sets", ("tags",))),
        ("AWS::S3::Bucket", "DeleteBucketTagging", "s3", ("removes", ("tags",))),
        ("AWS::SNS::Topic", "CreateTopic", "sns", ("creates", ("*",))),
        ("AWS::SNS::Topic", "SetTopicAttributes", "sns", ("sets", ("*",))),
        ("AWS::SNS::Topic", "Subscribe", "sns", None),
        ("AWS::DynamoDB::Table", "DeleteTable", "dynamodb", ("deletes", ("*",))),
        ("AWS::EC2::Volume", "CreateSnapshot", "ec2", ("adds", ("*",))),
        ("AWS::EC2::Volume", "DescribeVolumes", "ec2", None),
        ("AWS::ApiGateway::Stage", "UpdateStage", "apigateway", ("sets", ("*",))),
        ("AWS::ApiGateway::Stage", "CreateStage", "apigateway", ("creates", ("*",))),
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AddTags", "elasticloadbalancing", ("adds", ("tags",))),
        ("AWS::EC2::SecurityGroup", "CreateTags", "s3", None),
        ("AWS::IAM::Role", "AssumeRole", "sts", None),
    ],
)
def test_a_calls_name_tells_what_it_does_to_a_type(resource_type, event, service, expected):
    assert effect(resource_type, event, service) == expected


@pytest.mark.parametrize("resource_type", TABLE)
def test_every_line_of_the_table_is_read(resource_type):
    lines = [line.split() for line in TABLE[resource_type].strip().splitlines()]
    service = source(resource_type).partition(".")[0]

    for names, *_ in lines:
        for name in names.split("/"):
            assert writer(resource_type, f"{service}.amazonaws.com", name).known


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("configuration", "ipPermissions", "tcp 22", "0.0.0.0/0"), "ippermissions"),
        (("supplementaryConfiguration", "BucketPolicy", "policyText"), "bucketpolicy"),
        (("configuration", "tagList", "a"), "tags"),
        (("tags", "Team"), "tags"),
        (("supplementaryConfiguration", "BucketTaggingConfiguration"), "tags"),
        (("configuration", "stageVariables"), "stagevariables"),
        (("configuration",), ""),
        ((), ""),
    ],
)
def test_a_path_leads_to_the_part_it_is_of(path, expected):
    assert part(path) == expected


def test_global_services_are_recorded_in_their_partitions_leading_region():
    role = named(GROUP, type="AWS::IAM::Role")
    chinese = named(role, place=type(PLACE)("1", "cn-northwest-1"))

    assert regions(role) == ("us-east-1",)
    assert regions(chinese) == ("cn-north-1",)
    assert regions(GROUP) == ("eu-west-1",)
