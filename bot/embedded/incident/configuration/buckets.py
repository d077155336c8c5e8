"""Buckets: nearly all that Config knows of one is in `supplementaryConfiguration`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.embedded.incident.company import Bucket, Place
from bot.embedded.incident.configuration.item import Configured, Json, configured, instant, recording_since
from bot.embedded.incident.story import Incident

# GuardDuty's finding says so of payroll; the others were made on the days after.
_FIRST_MADE = datetime(2021, 3, 4, 9, 12, 44, tzinfo=UTC)
_PUBLIC = {"acme-web-assets"}
_BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def buckets(incident: Incident) -> Iterator[Configured]:
    """Each bucket as it was discovered; none has changed since, for what the thief tried was refused."""
    for number, bucket in enumerate(incident.buckets):
        made = _FIRST_MADE + timedelta(days=number)
        tags = {"team": "finance", "data": "personal"} if bucket == incident.payroll else {}
        owner = incident.hexadecimal("canonical owner", 64)
        said = {
            "arn": bucket.arn,
            "resourceName": bucket.name,
            "availabilityZone": "Regional",
            "configurationItemStatus": "ResourceDiscovered",
            "resourceCreationTime": made,
            "configuration": {
                "name": bucket.name,
                "owner": {"displayName": None, "id": owner},
                "creationDate": instant(made),
            },
            "supplementaryConfiguration": _supplementary(bucket, owner, tags),
            "tags": tags,
        }
        place = Place(bucket.account_id, bucket.region)
        at = recording_since(incident) + timedelta(minutes=1, seconds=number, milliseconds=411)
        yield configured(place, ("AWS::S3::Bucket", bucket.name), at, said)


def _supplementary(bucket: Bucket, owner: str, tags: dict[str, str]) -> Json:
    public = bucket.name in _PUBLIC
    grant = {"grantee": {"id": owner, "displayName": None}, "permission": "FullControl"}
    return {
        "AccessControlList": {
            "grantSet": None,
            "grantList": [grant],
            "owner": {"displayName": None, "id": owner},
        },
        "BucketPolicy": {"policyText": _policy(bucket, public=public)},
        "BucketVersioningConfiguration": {"status": "Enabled", "isMfaDeleteEnabled": None},
        "BucketLoggingConfiguration": {"destinationBucketName": None, "logFilePrefix": None},
        "IsRequesterPaysEnabled": False,
        "PublicAccessBlockConfiguration": dict.fromkeys(_BLOCKS, not public),
        "ServerSideEncryptionConfiguration": {
            "rules": [
                {
                    "applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256", "kmsMasterKeyID": None},
                    "bucketKeyEnabled": False,
                }
            ]
        },
    } | ({"BucketTaggingConfiguration": {"tagSets": [{"tags": tags}]}} if tags else {})


def _policy(bucket: Bucket, *, public: bool) -> str:
    statement: Json = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket.arn, f"{bucket.arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    images: Json = {
        "Sid": "Images",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"{bucket.arn}/img/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement, images] if public else [statement]}
    return json.dumps(policy, separators=(",", ":"))
