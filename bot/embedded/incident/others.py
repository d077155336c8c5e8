"""What else CloudTrail puts into a log bucket, and readers must not take for events: digests and Insights.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-insights-fields-trails.html
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import orjson

from bot.embedded.incident.chance import file_suffix, guid
from bot.embedded.incident.company import Place
from bot.embedded.incident.delivery import LogFile, log_key, pack, pack_records
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record


def other_files(incident: Incident) -> Iterator[LogFile]:
    """The digests of the last three hours before the theft, and the Insight that its machines caused."""
    for hours in range(3):
        yield _digest(incident, incident.start.replace(minute=0, second=0) - timedelta(hours=hours))
    yield _insight(incident)


def _digest(incident: Incident, end: datetime) -> LogFile:
    """An hour's signed digest that names no files; its signature is not one."""
    start = end - timedelta(hours=1)
    digest: Record = {
        "awsAccountId": incident.prod.id,
        "digestStartTime": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "digestEndTime": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "digestS3Bucket": incident.log_bucket,
        "digestS3Object": _digest_key(incident, end),
        "digestPublicKeyFingerprint": incident.hexadecimal("fingerprint", 32),
        "digestSignatureAlgorithm": "SHA256withRSA",
        "newestEventTime": None,
        "oldestEventTime": None,
        "previousDigestS3Bucket": incident.log_bucket,
        "previousDigestS3Object": _digest_key(incident, start),
        "previousDigestHashValue": incident.hexadecimal(f"digest/{start}", 64),
        "previousDigestHashAlgorithm": "SHA-256",
        "previousDigestSignature": incident.hexadecimal(f"signature/{start}", 64) * 8,
        "logFiles": [],
    }
    return LogFile(_digest_key(incident, end), pack(orjson.dumps(digest).decode()))


def _digest_key(incident: Incident, end: datetime) -> str:
    account, region = incident.prod.id, incident.home_region
    folder = f"AWSLogs/{account}/CloudTrail-Digest/{region}/{end:%Y/%m/%d}"
    trail = f"{incident.trail_name}_{region}"
    return f"{folder}/{account}_CloudTrail-Digest_{region}_{trail}_{end:%Y%m%dT%H%M%SZ}.json.gz"


def _insight(incident: Incident) -> LogFile:
    """RunInstances in Tokyo, far above a baseline of nothing; Insights take up to half an hour to come."""
    at = incident.times.instances_started
    chance = Random(f"{incident.seed}/insight")
    statistics = {
        "baseline": {"average": 0.0},
        "insight": {"average": 1.0},
        "insightDuration": 2,
        "baselineDuration": 10080,
    }
    attributed = [{"value": incident.leaked_user_arn, "average": 1.0}]
    attributions = [{"attribute": "userIdentityArn", "insight": attributed, "baseline": []}]
    record: Record = {
        "eventVersion": "1.08",
        "eventTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "awsRegion": incident.gpu_region,
        "eventID": guid(chance.randbytes(12).hex()),
        "eventType": "AwsCloudTrailInsight",
        "recipientAccountId": incident.prod.id,
        "sharedEventID": guid(chance.randbytes(12).hex()),
        "insightDetails": {
            "state": "Start",
            "eventSource": "ec2.amazonaws.com",
            "eventName": "RunInstances",
            "insightType": "ApiCallRateInsight",
            "insightContext": {"statistics": statistics, "attributions": attributions},
        },
        "eventCategory": "Insight",
    }
    place = Place(incident.prod.id, incident.gpu_region)
    key = log_key(place, at + timedelta(minutes=30), file_suffix(chance), "CloudTrail-Insight")
    return LogFile(key, pack_records([orjson.dumps(record).decode()]))
