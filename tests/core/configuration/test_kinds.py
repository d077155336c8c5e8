"""Types and fields are said as people say them, also those that nobody has seen yet."""

import pytest

from bot.core.configuration import fields, kinds


@pytest.mark.parametrize(
    ("resource_type", "words"),
    [
        ("AWS::EC2::SecurityGroup", "security group"),
        ("AWS::EC2::VOLUME", "volume"),
        ("AWS::S3::Bucket", "bucket"),
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", "load balancer"),
        ("AWS::::Account", "account"),
        ("AWS::AppSync::GraphQLApi", "AppSync GraphQL API"),
        ("AWS::EC2::IPAMPool", "EC2 IPAM pool"),
        ("AWS::MSK::Cluster", "MSK cluster"),
        ("MyCompany::Testing::Thing", "MyCompany Testing thing"),
        ("Odd", "odd"),
        ("", ""),
    ],
)
def test_a_type_is_said_in_words(resource_type, words):
    assert kinds.words(resource_type) == words


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("IpPermissionsEgress", "outbound rules"),
        ("ipPermissions", "inbound rules"),
        ("dBInstanceClass", "DB instance class"),
        ("dNSName", "DNS name"),
        ("cACertificateIdentifier", "CA certificate"),
        ("kmsKeyId", "KMS key ID"),
        ("publiclyAccessible", "publicly accessible"),
        ("access_logs.s3.enabled", "access logs S3 enabled"),
        ("blockPublicAcls", "blockPublicAcls"),
    ],
)
def test_a_field_is_said_in_words(field, words):
    assert fields.words(field) == words


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("securityGroups", "security group"),
        ("attachedManagedPolicies", "attached policy"),
        ("privateIpAddresses", "private IP address"),
        ("rolePolicyList", "inline policy"),
        ("status", "status"),
        ("environment", "environment"),
    ],
)
def test_one_of_many_is_said_so(field, word):
    assert fields.one(field) == word
