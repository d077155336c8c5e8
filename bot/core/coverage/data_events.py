"""Which calls are data events: recorded only where a trail was told to, unlike calls on resources.

Names: docs, S3 user guide, CloudTrail logging of S3; Lambda developer guide, and DynamoDB developer guide, Logging
with CloudTrail. The lists grow, so a name that is not here may be one all the same.
"""

from typing import Final

from bot.core.coverage.need import DYNAMODB, LAMBDA, S3, Need

_S3_READS = (
    "GetObject HeadObject HeadBucket ListObjects ListObjectVersions ListParts GetObjectAcl GetObjectAttributes "
    "GetObjectTagging GetObjectTorrent GetObjectLegalHold GetObjectRetention SelectObjectContent PreflightRequest"
)
_S3_WRITES = (
    "PutObject CopyObject DeleteObject DeleteObjects CreateMultipartUpload UploadPart UploadPartCopy "
    "CompleteMultipartUpload AbortMultipartUpload PutObjectAcl PutObjectTagging PutObjectLegalHold "
    "PutObjectRetention DeleteObjectTagging RestoreObject UpdateObjectEncryption"
)
_DYNAMODB_READS = "GetItem BatchGetItem Query Scan TransactGetItems"
_DYNAMODB_WRITES = "PutItem UpdateItem DeleteItem BatchWriteItem TransactWriteItems"
_PARTIQL = (
    "ExecuteStatement BatchExecuteStatement ExecuteTransaction"  # reads or writes, as the statement says
)
_SOURCES: Final = {"s3.amazonaws.com": S3, "lambda.amazonaws.com": LAMBDA, "dynamodb.amazonaws.com": DYNAMODB}
_TYPES: Final = {
    name.lower(): kind
    for kind, names in (
        (S3, f"{_S3_READS} {_S3_WRITES}"),
        (DYNAMODB, f"{_DYNAMODB_READS} {_DYNAMODB_WRITES} {_PARTIQL}"),
        # CloudTrail writes Invoke; people say what the permission is called.
        (LAMBDA, "Invoke InvokeFunction"),
    )
    for name in names.split()
}
_READS: Final = frozenset(f"{_S3_READS} {_DYNAMODB_READS} {_PARTIQL}".lower().split())
_WRITES: Final = frozenset(
    f"{_S3_WRITES} {_DYNAMODB_WRITES} {_PARTIQL} Invoke InvokeFunction".lower().split()
)
_READING = ("get", "list", "describe", "head", "batchget", "lookup", "search", "preview")


def data_type(event_name: str, source: str = "") -> str | None:
    """The type of resource whose data an event (in any case) is a call on; None for what is no data event we know.

    `source` tells apart what several services name alike (`Query`, `Invoke`).
    """
    kind = _TYPES.get(event_name.lower())
    return kind if not source or _SOURCES.get(source) == kind else None


def need_of(event_name: str, source: str = "") -> Need:
    """What must be recorded for a question about one event by name; the service may be left open."""
    sources = (source,) if source else ()
    name = event_name.lower()
    if kind := data_type(name, source):
        return Need(name in _READS, name in _WRITES, management=False, data=(kind,), sources=sources)
    reads = name.startswith(_READING)
    # A name alone proves neither (AssumeRole, Decrypt and LookupEvents are reads): both must be recorded then.
    return Need(reads=True, writes=not reads, sources=sources)
