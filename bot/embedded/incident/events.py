"""CloudTrail records as templates: fields in the order CloudTrail writes them, with holes for what varies.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
"""

from typing import Any

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Bucket, Place
from bot.embedded.incident.template import Record

FIELDS = (
    "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
    "userAgent", "errorCode", "errorMessage", "requestParameters", "responseElements", "additionalEventData",
    "requestID", "eventID", "readOnly", "resources", "eventType", "apiVersion", "managementEvent",
    "recipientAccountId", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId", "serviceEventDetails",
    "eventCategory", "tlsDetails", "sessionCredentialFromConsole",
)  # fmt: skip

# Services moved to newer versions at their own pace, and real buckets hold all of these side by side.
VERSIONS = {"ec2": "1.10", "sts": "1.08", "config": "1.08", "iam": "1.10", "logs": "1.09", "signin": "1.09"}

_READS = ("Get", "List", "Describe", "Head", "Lookup", "Decrypt", "GenerateDataKey", "AssumeRole", "Batch")
_ERROR_BYTES = 243  # the XML that says AccessDenied
_TLS = {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256"}


def event(caller: Caller, place: Place, api: str, **fields: Any) -> Record:
    """A management event of `api` (`ec2:DescribeInstances`); `fields` are CloudTrail's own and win."""
    source, name = api.split(":")
    record: Record = {
        "eventVersion": VERSIONS.get(source, "1.11"),
        "userIdentity": caller.identity,
        "eventTime": "<<time>>",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": place.region,
        "sourceIPAddress": caller.ip,
        # S3 alone puts the agent into brackets.
        "userAgent": f"[{caller.agent}]" if source == "s3" and not caller.is_service else caller.agent,
        "requestParameters": None,
        "responseElements": None,
        "requestID": "<<request>>",
        "eventID": "<<event>>",
        "readOnly": name.startswith(_READS),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": place.account_id,
        "eventCategory": "Management",
    }
    if not caller.is_service:
        record["tlsDetails"] = _TLS | {"clientProvidedHostHeader": f"{source}.{place.region}.amazonaws.com"}
    record |= fields
    return {field: record[field] for field in FIELDS if field in record}


def bucket_event(caller: Caller, bucket: Bucket, api: str, **fields: Any) -> Record:
    """A call on a bucket itself, seen by the bucket's owner; a management event unless `fields` say otherwise."""
    request = {"bucketName": bucket.name, "Host": _host(bucket)} | fields.pop("request", {})
    defaults: Record = {
        "requestParameters": request,
        "additionalEventData": _transfer(caller, 0, _ERROR_BYTES if "errorCode" in fields else 512),
        "requestID": "<<s3request>>",
        "resources": [_owner(bucket)],
    }
    if not caller.is_service:
        defaults["tlsDetails"] = _TLS | {"clientProvidedHostHeader": _host(bucket)}
    place = Place(bucket.account_id, bucket.region)
    return event(caller, place, f"s3:{api}", **(defaults | fields))


def list_event(caller: Caller, bucket: Bucket, prefix: str, **fields: Any) -> Record:
    """ListObjectsV2, which CloudTrail logs as ListObjects."""
    request = {"list-type": "2", "prefix": prefix, "encoding-type": "url"}
    seen = {"managementEvent": False, "eventCategory": "Data"}
    resources = [{"type": "AWS::S3::Object", "ARNPrefix": f"{bucket.arn}/{prefix}"}, _owner(bucket)]
    return bucket_event(
        caller, bucket, "ListObjects", request=request, resources=resources, **(seen | fields)
    )


def object_event(caller: Caller, bucket: Bucket, api: str, key: str = "<<key>>", **fields: Any) -> Record:
    """A data event on one object; bytes go out on reads and in on writes, few of them when it fails."""
    size = "<<#bytes>>"
    sent = size if api.startswith("Put") else 0
    received = _ERROR_BYTES if "errorCode" in fields else size if api.startswith("Get") else 0
    defaults: Record = {
        "request": {"key": key} | fields.pop("request", {}),
        "additionalEventData": _transfer(caller, sent, received),
        "resources": [{"type": "AWS::S3::Object", "ARN": f"{bucket.arn}/{key}"}, _owner(bucket)],
        "managementEvent": False,
        "eventCategory": "Data",
    }
    return bucket_event(caller, bucket, api, **(defaults | fields))


def refused(caller: Caller, action: str, resource: str) -> Record:
    """The fields of a call that IAM refused."""
    why = f"because no identity-based policy allows the {action} action"
    message = f"User: {caller.name} is not authorized to perform: {action} on resource: {resource} {why}"
    return {"errorCode": "AccessDenied", "errorMessage": message}


def _transfer(caller: Caller, sent: int | str, received: int | str) -> dict[str, Any]:
    """S3's `additionalEventData`: bytes into S3 (`sent`) and out of it; who signs nothing has no signature."""
    signed = caller.identity.get("accountId") != "anonymous"
    return {
        **({"SignatureVersion": "SigV4"} if signed else {}),
        "CipherSuite": _TLS["cipherSuite"],
        "bytesTransferredIn": sent,
        **({"AuthenticationMethod": "AuthHeader"} if signed else {}),
        "x-amz-id-2": "<<amz>>",
        "bytesTransferredOut": received,
    }


def _host(bucket: Bucket) -> str:
    return f"{bucket.name}.s3.{bucket.region}.amazonaws.com"


def _owner(bucket: Bucket) -> dict[str, str]:
    return {"accountId": bucket.account_id, "type": "AWS::S3::Bucket", "ARN": bucket.arn}
