"""What a statement's actions let one do.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.core.public.meaning import EVERY_ACCESS, Access, fits, ordered, several

# One of every sort that S3 has, so that a pattern (s3:*Object, NotAction) can be held against them.
_S3: Final = tuple(
    f"s3:{name}"
    for name in (
        *("GetObject", "GetObjectVersion", "GetObjectTorrent", "GetObjectAttributes", "GetObjectTagging"),
        *("ListBucket", "ListBucketVersions", "ListBucketMultipartUploads", "ListMultipartUploadParts"),
        *("PutObject", "PutObjectTagging", "PutObjectVersionTagging", "PutObjectRetention"),
        *("DeleteObject", "DeleteObjectVersion", "DeleteObjectTagging", "DeleteObjectVersionTagging"),
        *("AbortMultipartUpload", "RestoreObject", "ReplicateObject", "ReplicateDelete", "ReplicateTags"),
        *("PutObjectAcl", "PutObjectVersionAcl", "PutBucketAcl", "PutBucketPolicy", "DeleteBucketPolicy"),
        *("PutBucketPublicAccessBlock", "PutBucketOwnershipControls", "PutBucketVersioning", "PutBucketCORS"),
        *("PutLifecycleConfiguration", "PutReplicationConfiguration", "PutEncryptionConfiguration"),
        *("PutBucketWebsite", "DeleteBucketWebsite", "PutBucketNotification", "PutBucketLogging"),
        *("CreateBucket", "DeleteBucket", "BypassGovernanceRetention", "ObjectOwnerOverrideToBucketOwner"),
        *("GetObjectAcl", "GetObjectVersionAcl", "GetBucketAcl", "GetBucketPolicy", "GetBucketLocation"),
        *("GetBucketPolicyStatus", "GetBucketVersioning", "GetBucketLogging", "GetLifecycleConfiguration"),
    )
)

# Of a name without its service, in lower case; the first that fits says it.
_SORTS: Final[tuple[tuple[re.Pattern[str], Access], ...]] = (
    (re.compile(r"list"), "list"),
    (re.compile(r"(get|batchget|describe|head)\w*(acl|policy|policies|policystatus)$"), "settings"),
    (re.compile(r"getobject|getrecords|getitem|getsecretvalue|getparameter|batchget"), "read"),
    (re.compile(r"(get|describe|head)"), "settings"),
    (re.compile(r"(receive|decrypt|select|query|scan|subscribe|download)"), "read"),
    (re.compile(r"\w*(acl$|policy|policies|publicaccessblock|owner|permission|grant)"), "admin"),
    (re.compile(r"(bypassgovernance|putobjectretention|putobjectlegalhold)"), "admin"),
    (re.compile(r"(put|create|delete)(bucket|accesspoint|\w+configuration)"), "admin"),
)


def access(statement: Mapping[str, Any]) -> tuple[Access, ...]:
    """What its Action, or all but its NotAction, lets one do; everything where that can't be told."""
    if "NotAction" in statement:
        kept = _patterns(statement["NotAction"])
        return ordered(_sort(name) for name in _S3 if not any(fits(name.lower(), one) for one in kept))
    return ordered(found for one in _patterns(statement.get("Action")) for found in _of(one))


def _patterns(said: object) -> tuple[str, ...]:
    return tuple(one.lower() for one in several(said) if isinstance(one, str)) or ("*",)


def _of(pattern: str) -> Iterator[Access]:
    if "*" not in pattern and "?" not in pattern:
        yield _sort(pattern)
        return
    known = [_sort(name) for name in _S3 if fits(name.lower(), pattern)]
    # Of other services' patterns nothing is known but the verb, where that is whole.
    verb = re.match(r"[\w-]+:(list|get|describe|put|delete|send|publish|receive)\w*\*$", pattern)
    yield from known or ((_sort(pattern),) if verb else EVERY_ACCESS)


def _sort(name: str) -> Access:
    bare = name.lower().rpartition(":")[2]
    return next((sort for pattern, sort in _SORTS if pattern.match(bare)), "write")
