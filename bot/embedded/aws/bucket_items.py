"""What AWS Config records of a bucket that was changed through the stand-in, where a recorder looks at once.

Config takes minutes for it; here the item is there with the call. Recorders that look once a day don't see it.
"""

from datetime import datetime
from typing import Any

from moto.s3.models import CAMEL_CASED_PERMISSIONS, OWNER, FakeBucket

from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.config.recordings import Place, Recordings
from bot.embedded.aws.s3_acl import grants

_TYPE = "AWS::S3::Bucket"
_FLAGS = ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets")

Json = dict[str, Any]


def record_bucket(recordings: Recordings, place: Place, name: str, at: datetime) -> None:
    """Keep one more item of the bucket as it is now; nothing where nobody records buckets."""
    recorder = recordings.recorder(place)
    if recorder is None or recorder.stopped_at or recorder.daily or not recorder.records(_TYPE):
        return
    history = recordings.history(place, (_TYPE, name))
    bucket = find_bucket(name)
    if bucket is None and not history:
        return
    base = history[-1] if history else _first(place, name)
    said = _as_it_is(bucket, base) if bucket else _gone()
    taken = {
        "configurationItemCaptureTime": at,
        # Later than the last in any case: two calls may come in the same moment.
        "configurationStateId": str(max(round(at.timestamp() * 1000), int(base["configurationStateId"]) + 1)),
    }
    recordings.record(place, base | taken | said)


def _first(place: Place, name: str) -> Json:
    account_id, region = place
    return {
        "version": "1.3",
        "accountId": account_id,
        "configurationItemMD5Hash": "",
        "configurationStateId": "0",
        "relatedEvents": [],
        "relationships": [],
        "resourceType": _TYPE,
        "resourceId": name,
        "resourceName": name,
        "arn": f"arn:aws:s3:::{name}",
        "awsRegion": region,
        "availabilityZone": "Regional",
        "tags": {},
        "supplementaryConfiguration": {},
    }


def _as_it_is(bucket: FakeBucket, base: Json) -> Json:
    block = bucket.public_access_block
    held = {
        "AccessControlList": _acl(bucket),
        "BucketPolicy": {"policyText": bucket.policy.decode() if bucket.policy else None},
        "PublicAccessBlockConfiguration": block.to_config_dict() if block else dict.fromkeys(_FLAGS, False),
    }
    made = f"{bucket.creation_date:%Y-%m-%dT%H:%M:%S}.000Z"
    configuration = {"name": bucket.name, "owner": {"displayName": None, "id": OWNER}, "creationDate": made}
    return {
        "configurationItemStatus": "OK" if base.get("configuration") else "ResourceDiscovered",
        "resourceCreationTime": bucket.creation_date,
        "configuration": base.get("configuration") or configuration,
        "supplementaryConfiguration": base["supplementaryConfiguration"] | held,
    }


def _gone() -> Json:
    return {
        "configurationItemStatus": "ResourceDeleted",
        "configuration": None,
        "supplementaryConfiguration": {},
    }


def _acl(bucket: FakeBucket) -> Json:
    granted = [
        {
            "grantee": who.uri.rpartition("/")[2] if who.uri else {"id": who.id, "displayName": None},
            "permission": CAMEL_CASED_PERMISSIONS[what],
        }
        for who, what in grants(bucket)
    ]
    return {"grantSet": None, "grantList": granted, "owner": {"displayName": None, "id": OWNER}}
