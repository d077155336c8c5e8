"""The quiet buckets as Config recorded them: one was opened by its policy last week, all others were always so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.company import Bucket, Place
from bot.embedded.incident.configuration.buckets import BLOCKS
from bot.embedded.incident.configuration.hands import Step, signed_in
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    instant,
    recording_since,
    workday,
)
from bot.embedded.incident.events import bucket_event
from bot.embedded.incident.quiet_buckets import QuietBucket, quiet_buckets
from bot.embedded.incident.story import Incident

_OPENED = "acme-partner-drop"
_MADE = datetime(2022, 5, 9, 13, 31, 8, tzinfo=UTC)


def quiet_items(incident: Incident) -> Iterator[Configured]:
    """Each as it was discovered, where a recorder looks; and the one that was opened since."""
    for number, quiet in enumerate(quiet_buckets()):
        if quiet.region not in incident.regions:
            continue
        at = recording_since(incident) + timedelta(minutes=2, seconds=number, milliseconds=207)
        if quiet.name == _OPENED:
            yield _item(incident, replace(quiet, statements=(), closed=True), at, "ResourceDiscovered")
            yield _item(incident, quiet, _opened(incident) + timedelta(minutes=3, seconds=41), "OK")
        else:
            yield _item(incident, quiet, at, "ResourceDiscovered")


def quiet_calls(incident: Incident) -> Iterator[Step]:
    """Tomas lets a partner put files, by whatever address it has; he takes the block away for that."""
    (quiet,) = (each for each in quiet_buckets() if each.name == _OPENED)
    bucket = Bucket(quiet.name, quiet.account_id, quiet.region)
    tomas, at = signed_in(incident, "tomas", agent=CLI), _opened(incident)
    lifted = bucket_event(tomas, bucket, "DeleteBucketPublicAccessBlock", request={"publicAccessBlock": ""})
    asked = {"policy": "", "bucketPolicy": json.loads(policy_of(quiet) or "")}
    yield Step(at - timedelta(seconds=48), lifted)
    yield Step(at, bucket_event(tomas, bucket, "PutBucketPolicy", request=asked))


def made(quiet: QuietBucket) -> datetime:
    """When it was made: on the days after the first, in the order of their names."""
    return _MADE + timedelta(days=[each.name for each in quiet_buckets()].index(quiet.name))


def policy_of(quiet: QuietBucket) -> str | None:
    """Its policy as JSON, None where it has none."""
    if not quiet.statements:
        return None
    return json.dumps({"Version": "2012-10-17", "Statement": quiet.statements}, separators=(",", ":"))


def _opened(incident: Incident) -> datetime:
    return workday(incident, 6, "14:52:19")


def _item(incident: Incident, quiet: QuietBucket, at: datetime, status: str) -> Configured:
    owner = incident.hexadecimal("canonical owner", 64)
    said = {
        "arn": f"arn:aws:s3:::{quiet.name}",
        "resourceName": quiet.name,
        "availabilityZone": "Regional",
        "configurationItemStatus": status,
        "resourceCreationTime": made(quiet),
        "configuration": {
            "name": quiet.name,
            "owner": {"displayName": None, "id": owner},
            "creationDate": instant(made(quiet)),
        },
        "supplementaryConfiguration": _held(quiet, owner),
    }
    daily = {"recordingFrequency": "DAILY"} if quiet.account_id == incident.staging.id else {}
    place = Place(quiet.account_id, quiet.region)
    return configured(place, ("AWS::S3::Bucket", quiet.name), at, said | daily)


def _held(quiet: QuietBucket, owner: str) -> Json:
    grants: list[Json] = [{"grantee": {"id": owner, "displayName": None}, "permission": "FullControl"}]
    if quiet.acl == "public-read":
        grants.append({"grantee": "AllUsers", "permission": "Read"})
    website = {"indexDocumentSuffix": "index.html", "errorDocument": None, "redirectAllRequestsTo": None}
    return {
        "AccessControlList": {
            "grantSet": None,
            "grantList": grants,
            "owner": {"displayName": None, "id": owner},
        },
        "BucketPolicy": {"policyText": policy_of(quiet)},
        "IsRequesterPaysEnabled": quiet.payer == "Requester",
        "PublicAccessBlockConfiguration": dict.fromkeys(BLOCKS, quiet.closed),
    } | ({"BucketWebsiteConfiguration": website} if quiet.website else {})
