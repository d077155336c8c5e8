"""A colleague opens a bucket by its policy, in the evening and in good faith; somebody closes it again."""

import json
from datetime import datetime

from bot.embedded.incident import callers
from bot.embedded.incident.configuration.buckets import policy_text
from bot.embedded.incident.events import bucket_event
from bot.embedded.incident.news.calls import filled, told
from bot.embedded.incident.news.envelope import InBucket, Json, OnBus
from bot.embedded.incident.story import Incident

NAME = "acme-archive"


def opened(incident: Incident, at: datetime) -> tuple[InBucket, ...]:
    """Elena lifts the bucket's block and lets everybody read, for a partner."""
    bucket = incident.bucket(NAME)
    partner: Json = {
        "Sid": "Partner",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"{bucket.arn}/*",
    }
    text = policy_text(bucket, partner)
    request = {"policy": "", "bucketPolicy": json.loads(text)}
    lifted = _call(incident, "elena", "DeleteBucketPublicAccessBlock", {"publicAccessBlock": ""}, at)
    put = _call(incident, "elena", "PutBucketPolicy", request, at)
    return InBucket(lifted, NAME, None, closed=False), InBucket(put, NAME, text, closed=False)


def closed(incident: Incident, at: datetime) -> tuple[InBucket, ...]:
    """Mika turns the block on again."""
    flags = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    block = {"publicAccessBlock": "", "PublicAccessBlockConfiguration": dict.fromkeys(flags, True)}
    return (
        InBucket(_call(incident, "mika", "PutBucketPublicAccessBlock", block, at), NAME, None, closed=True),
    )


def _call(incident: Incident, first: str, api: str, request: Json, at: datetime) -> OnBus:
    who = next(person for person in incident.people if person.email.startswith(f"{first}."))
    caller = callers.person(incident, incident.prod, who)
    made = filled(incident, bucket_event(caller, incident.bucket(NAME), api, request=request), at)
    return OnBus(told(made), call=made)
