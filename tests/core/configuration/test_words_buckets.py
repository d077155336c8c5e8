"""What changed about a bucket, as a person on call reads it."""

from inline_snapshot import snapshot

from bot.core.configuration.diff import differ
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import BUCKET, item


def told(old, new):
    return [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]


def supplemented(old, new, resource_type=BUCKET):
    return told(item(resource_type, supplementary=old), item(resource_type, supplementary=new))


def test_a_buckets_protections():
    old = {
        "PublicAccessBlockConfiguration": '{"blockPublicAcls": true, "ignorePublicAcls": true}',
        "BucketVersioningConfiguration": '{"status": "Enabled", "isMfaDeleteEnabled": null}',
        "ServerSideEncryptionConfiguration": '{"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}]}',
        "IsRequesterPaysEnabled": "false",
    }
    new = {
        "PublicAccessBlockConfiguration": '{"blockPublicAcls": false, "ignorePublicAcls": true}',
        "BucketVersioningConfiguration": '{"status": "Suspended", "isMfaDeleteEnabled": null}',
        "IsRequesterPaysEnabled": "true",
    }

    assert supplemented(old, new) == snapshot(
        [
            "versioning: Enabled → Suspended",
            "requester pays: off → on",
            "Block Public Access: blockPublicAcls on → off",
            "− default encryption: rules (apply server side encryption by default (SSE algorithm aws:kms))",
        ]
    )


def test_grants_of_a_buckets_list():
    acl = '"{\\"grantList\\":[{\\"grantee\\":{\\"id\\":\\"ab12\\",\\"displayName\\":\\"ops\\"},\\"permission\\":\\"FullControl\\"}%s]}"'
    everybody = ',{\\"grantee\\":\\"AllUsers\\",\\"permission\\":\\"Read\\"}'

    assert supplemented({"AccessControlList": acl % ""}, {"AccessControlList": acl % everybody}) == snapshot(
        ["+ access list (ACL): Read to everybody"]
    )
    assert supplemented({"AccessControlList": acl % everybody}, {"AccessControlList": acl % ""}) == snapshot(
        ["− access list (ACL): Read to everybody"]
    )


def test_lifecycle_rules_and_notifications():
    old = {"BucketLifecycleConfiguration": '{"rules": [{"id": "Docs", "status": "Enabled"}]}'}
    new = {
        "BucketLifecycleConfiguration": (
            '{"rules": [{"id": "Docs", "status": "Disabled"},'
            ' {"id": "Logs", "status": "Enabled", "transitions": [{"days": 30, "storageClass": "GLACIER"}]}]}'
        ),
        "BucketNotificationConfiguration": '{"configurations": {"thumbs": {"type": "QueueConfiguration"}}}',
    }

    assert supplemented(old, new) == snapshot(
        [
            "lifecycle rule Docs: Enabled → Disabled",
            "+ lifecycle rule Logs: status Enabled",
            "+ notifications: configurations (thumbs)",
        ]
    )
