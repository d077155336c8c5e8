"""Which protections went off; that one goes on is nothing to be told of."""

import json

import pytest

from bot.core.configuration.dangers import flags
from tests.core.configuration.items import BUCKET, INSTANCE, item

DATABASE, KEY, TRAIL = "AWS::RDS::DBInstance", "AWS::KMS::Key", "AWS::CloudTrail::Trail"
PUBLIC = {
    "Sid": "Images",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::a/*",
}
PRIVATE = PUBLIC | {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def words(old, new):
    return [flag.words for flag in flags(old, new)]


def bucket(**supplementary):
    return item(BUCKET, supplementary={name: json.dumps(held) for name, held in supplementary.items()})


BLOCK = {
    "blockPublicAcls": True,
    "ignorePublicAcls": True,
    "blockPublicPolicy": True,
    "restrictPublicBuckets": True,
}


@pytest.mark.parametrize(
    ("resource_type", "before", "after", "said"),
    [
        (
            DATABASE,
            {"publiclyAccessible": False},
            {"publiclyAccessible": True},
            "reachable from the internet",
        ),
        (DATABASE, {"storageEncrypted": True}, {"storageEncrypted": False}, "encryption turned off"),
        (
            DATABASE,
            {"deletionProtection": True},
            {"deletionProtection": False},
            "deletion protection turned off",
        ),
        (DATABASE, {"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 0}, "backups turned off"),
        (KEY, {"keyState": "Enabled"}, {"keyState": "PendingDeletion"}, "the key is scheduled for deletion"),
        (
            TRAIL,
            {"logFileValidationEnabled": True},
            {"logFileValidationEnabled": False},
            "log file validation turned off",
        ),
        (
            TRAIL,
            {"isMultiRegionTrail": True},
            {"isMultiRegionTrail": False},
            "the trail no longer covers all regions",
        ),
        (
            INSTANCE,
            {"metadataOptions": {"httpTokens": "required"}},
            {"metadataOptions": {"httpTokens": "optional"}},
            "instance metadata without a token (IMDSv1) let in again",
        ),
        (
            "AWS::S3::AccountPublicAccessBlock",
            BLOCK,
            BLOCK | {"blockPublicPolicy": False},
            "Block Public Access turned off (blockPublicPolicy)",
        ),
    ],
)
def test_a_protection_that_goes_off_is_flagged_and_one_that_goes_on_is_not(
    resource_type, before, after, said
):
    old, new = item(resource_type, before), item(resource_type, after)

    assert words(old, new) == [said]
    assert flags(new, old) == ()


@pytest.mark.parametrize(
    ("name", "on", "off", "said"),
    [
        ("PublicAccessBlockConfiguration", BLOCK, None, "Block Public Access turned off"),
        ("ServerSideEncryptionConfiguration", {"rules": [{"x": 1}]}, None, "default encryption turned off"),
        (
            "BucketVersioningConfiguration",
            {"status": "Enabled"},
            {"status": "Suspended"},
            "versioning turned off",
        ),
        (
            "BucketVersioningConfiguration",
            {"isMfaDeleteEnabled": True},
            {"isMfaDeleteEnabled": False},
            "MFA delete turned off",
        ),
        (
            "BucketLoggingConfiguration",
            {"destinationBucketName": "logs"},
            {"destinationBucketName": None},
            "access logging turned off",
        ),
        ("KeyRotationStatus", True, False, "key rotation turned off"),
        (
            "LoadBalancerAttributes",
            [{"key": "deletion_protection.enabled", "value": "true"}],
            [{"key": "deletion_protection.enabled", "value": "false"}],
            "deletion protection turned off",
        ),
        (
            "LoadBalancerAttributes",
            [{"key": "access_logs.s3.enabled", "value": "true"}],
            [{"key": "access_logs.s3.enabled", "value": "false"}],
            "access logging turned off",
        ),
    ],
)
def test_protections_beside_the_configuration_are_flagged_too(name, on, off, said):
    (shown,) = words(bucket(**{name: on}), bucket(**{name: off}))

    assert shown.startswith(said)
    assert flags(bucket(**{name: off}), bucket(**{name: on})) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 14}),
        ({"permissionsBoundary": {"arn": "a"}}, {"permissionsBoundary": {"arn": "b"}}),
        (
            {"metadataOptions": {"httpTokens": "required", "x": 1}},
            {"metadataOptions": {"httpTokens": "required", "x": 2}},
        ),
        ({"encryptionType": "AES256"}, {"encryptionType": "KMS"}),
        ({"deletionProtection": False}, {"deletionProtection": None}),
    ],
)
def test_a_protection_that_stays_on_or_was_off_is_not_flagged(before, after):
    assert (
        flags(item(DATABASE, before), item(DATABASE, after))
        == flags(item(DATABASE, after), item(DATABASE, before))
        == ()
    )


@pytest.mark.parametrize(
    ("resource_type", "field", "on", "off", "said"),
    [
        (TRAIL, "kmsKeyId", "arn:aws:kms:eu-west-1:111122223333:key/1", None, "encryption with a KMS key turned off"),
        ("AWS::ElastiCache::ReplicationGroup", "transitEncryptionEnabled", True, False, "encryption in transit turned off"),
        ("AWS::ElastiCache::ReplicationGroup", "atRestEncryptionEnabled", True, False, "encryption turned off"),
        ("AWS::OpenSearch::Domain", "EnforceHTTPS", True, False, "HTTPS is no longer required"),
    ],
)  # fmt: skip
def test_encryption_that_goes_off_is_flagged_by_whatever_name_a_service_has_for_it(
    resource_type, field, on, off, said
):
    with_it, without = (item(resource_type, {"options": {field: value}}) for value in (on, off))

    assert words(with_it, without) == [said]
    assert flags(without, with_it) == ()
