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
BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def buckets(incident: Incident) -> Iterator[Configured]:
    """Each bucket as it was discovered; what the thief tried was refused."""
    for number, bucket in enumerate(incident.buckets):
        at = recording_since(incident) + timedelta(minutes=1, seconds=number, milliseconds=411)
        yield bucket_item(incident, bucket, at, status="ResourceDiscovered")


def bucket_item(
    incident: Incident,
    bucket: Bucket,
    at: datetime,
    *,
    status: str = "OK",
    tags: dict[str, str] | None = None,
    settings: Json | None = None,
) -> Configured:
    """A bucket at a moment; `settings` are those that differ from when it was made."""
    made = _FIRST_MADE + timedelta(days=incident.buckets.index(bucket))
    held = tags or ({"team": "finance", "data": "personal"} if bucket == incident.payroll else {})
    owner = incident.hexadecimal("canonical owner", 64)
    said = {
        "arn": bucket.arn,
        "resourceName": bucket.name,
        "availabilityZone": "Regional",
        "configurationItemStatus": status,
        "resourceCreationTime": made,
        "configuration": {
            "name": bucket.name,
            "owner": {"displayName": None, "id": owner},
            "creationDate": instant(made),
        },
        "supplementaryConfiguration": _supplementary(bucket, owner, held) | (settings or {}),
        "tags": held,
    }
    place = Place(bucket.account_id, bucket.region)
    # Staging is recorded once a day: its recorder says so, and each item.
    daily = {"recordingFrequency": "DAILY"} if place.account_id == incident.staging.id else {}
    return configured(place, ("AWS::S3::Bucket", bucket.name), at, said | daily)


def _supplementary(bucket: Bucket, owner: str, tags: dict[str, str]) -> Json:
    public = bucket.name in _PUBLIC
    grant = {"grantee": {"id": owner, "displayName": None}, "permission": "FullControl"}
    return {
        "AccessControlList": {
            "grantSet": None,
            "grantList": [grant],
            "owner": {"displayName": None, "id": owner},
        },
        "BucketPolicy": {"policyText": policy_text(bucket, *([_images(bucket)] if public else []))},
        "BucketVersioningConfiguration": {"status": "Enabled", "isMfaDeleteEnabled": None},
        "BucketLoggingConfiguration": {"destinationBucketName": None, "logFilePrefix": None},
        "IsRequesterPaysEnabled": False,
        "PublicAccessBlockConfiguration": dict.fromkeys(BLOCKS, not public),
        "ServerSideEncryptionConfiguration": {
            "rules": [
                {
                    "applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256", "kmsMasterKeyID": None},
                    "bucketKeyEnabled": False,
                }
            ]
        },
    } | ({"BucketTaggingConfiguration": {"tagSets": [{"tags": tags}]}} if tags else {})


def policy_text(bucket: Bucket, *more: Json) -> str:
    """The policy that every bucket has, TLS or nothing, and what statements it has beyond that."""
    statement: Json = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket.arn, f"{bucket.arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    policy = {"Version": "2012-10-17", "Statement": [statement, *more]}
    return json.dumps(policy, separators=(",", ":"))


def _images(bucket: Bucket) -> Json:
    return {
        "Sid": "Images",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"{bucket.arn}/img/*",
    }
