"""The columns that questions ask for: what CloudTrail writes, lifted out of its records once and for all.

Each is an expression over the CloudTrail table in Athena's SQL. The raw form computes it in every query; the
compact form holds it as a plain column (but for those that only others need), so both give the same. Times are
text, `2026-09-08T03:11:00`, as eventTime is; unknown is NULL, never ''.
"""

from dataclasses import dataclass
from typing import Final

# A bucket's name out of its ARN or an object's (reference: S3 user guide, ARNs of buckets, directory buckets
# and Outposts buckets); an access point's ARN names no bucket.
_NAMED = (
    "^arn:[^:]*:(?:s3:::|s3express:[^:]*:[^:]*:bucket/|s3-outposts:[^:]*:[^:]*:outpost/[^/]+/bucket/)([^/]+)"
)
_ACCESS_POINT = "(^arn:|-s3alias$|--ol-s3$|[.]mrap$)"
_OF_S3 = "eventsource IN ('s3.amazonaws.com', 's3express.amazonaws.com', 's3-outposts.amazonaws.com')"
_SESSION = "useridentity.sessioncontext"
# The request's own name for what it is about: the first of these that it holds.
_TARGET = (
    '"(?:groupId|instanceId|userName|roleName|roleArn|bucketName|functionName|keyId|secretId|trailName|name|resourceArn|'
    'detectorId|dBInstanceIdentifier|policyArn|allocationId|volumeId|snapshotId|imageId)"[ ]*:[ ]*"([^"\\\\]{1,256})"'
)


@dataclass(frozen=True, slots=True)
class Lifted:
    """One column: its type in Hive's words, how it comes about, and the other columns that it is made of.

    `stored` is False for what only other columns need.
    """

    sql: str
    kind: str = "string"
    needs: tuple[str, ...] = ()
    stored: bool = True


def _text(path: str) -> Lifted:
    return Lifted(f"nullif({path}, '')")


def _of_s3(path: str) -> Lifted:
    # JSON is parsed only where it can matter: most records are of other services.
    return Lifted(f"CASE WHEN {_OF_S3} THEN json_extract_scalar(requestparameters, '{path}') END")


EVENTS: Final[dict[str, Lifted]] = {
    # what, when, where
    "at": Lifted("substr(replace(eventtime, ' ', 'T'), 1, 19)"),
    "event_id": _text("eventid"),
    "call_id": Lifted("coalesce(nullif(sharedeventid, ''), nullif(eventid, ''))"),
    # The call's id where it is compared and never shown: ids are random, so 36 letters cost 18 bytes however they
    # are packed, and 60 bits 8. AWS chooses the ids, nobody else can make two meet; among 10 million calls of
    # one answer two do by chance once in 23,000 answers. A call has one time; what bears its id at another
    # is another call, which must not be hidden behind it.
    "call_number": Lifted(
        "from_base(substr(to_hex(md5(to_utf8(call_id || at))), 1, 15), 16)", "bigint", needs=("call_id", "at")
    ),
    "event_name": _text("eventname"),
    "event_source": _text("eventsource"),
    "event_type": _text("eventtype"),
    "region": _text("awsregion"),
    "recorded_in": Lifted("coalesce(nullif(recipientaccountid, ''), {account})"),
    "read_only": Lifted("lower(nullif(readonly, ''))"),
    "error_code": _text("errorcode"),
    "error_message": _text("errormessage"),
    "data_event": Lifted(
        "coalesce(eventcategory = 'Data' OR managementevent = 'false', false)"
        # Records before version 1.07 name no category; only calls on objects have a key.
        f" OR CASE WHEN {_OF_S3} THEN json_extract_scalar(requestparameters, '$.key') IS NOT NULL ELSE false END",
        "boolean",
    ),
    # who, from where
    "principal": Lifted(
        "coalesce(nullif(useridentity.arn, ''), nullif(useridentity.invokedby, ''),"
        " CASE WHEN lower(useridentity.accountid) IN ('anonymous', 'anonymous_principal') THEN 'anonymous' END,"
        " nullif(useridentity.accountid, '') || ':' || nullif(useridentity.principalid, ''),"
        " nullif(useridentity.accountid, ''), nullif(useridentity.principalid, ''))"
    ),
    "principal_type": _text("useridentity.type"),
    "caller_account": _text("useridentity.accountid"),
    "arn": _text("useridentity.arn"),
    "role": Lifted(
        f"CASE WHEN {_SESSION}.sessionissuer.arn LIKE '%:role/%' THEN {_SESSION}.sessionissuer.arn END"
    ),
    "role_name": Lifted(
        f"CASE WHEN {_SESSION}.sessionissuer.arn LIKE '%:role/%' THEN nullif({_SESSION}.sessionissuer.username, '') END"
    ),
    # Behind the first colon: AROAEXAMPLE:session.
    "session_name": Lifted(
        "CASE WHEN strpos(useridentity.principalid, ':') > 0"
        " THEN nullif(substr(useridentity.principalid, strpos(useridentity.principalid, ':') + 1), '') END"
    ),
    "user_name": _text("useridentity.username"),
    "access_key": _text("useridentity.accesskeyid"),
    "via": _text("useridentity.invokedby"),
    "source_identity": _text(f"{_SESSION}.sourceidentity"),
    "identity_user": _text("useridentity.onbehalfof.userid"),
    "mfa": _text(f"{_SESSION}.attributes.mfaauthenticated"),
    "session_began": _text(f"{_SESSION}.attributes.creationdate"),
    "source_ip": _text("sourceipaddress"),
    "user_agent": _text("useragent"),
    # on what
    "resources": Lifted(
        "filter(transform(resources, r -> nullif(r.arn, '')), a -> a IS NOT NULL)", "array<string>"
    ),
    "target": Lifted(f"regexp_extract(requestparameters, '{_TARGET}', 1)"),
    "object_key": _of_s3("$.key"),
    "listed_prefix": _of_s3("$.prefix"),
    "bucket_name": Lifted(_of_s3("$.bucketName").sql, stored=False),
    "resource_buckets": Lifted(
        f"CASE WHEN {_OF_S3} THEN filter(transform(resources, r -> regexp_extract(r.arn, '{_NAMED}', 1)),"
        " b -> b IS NOT NULL) END",
        "array<string>",
        stored=False,
    ),
    "bucket": Lifted(
        f"coalesce(regexp_extract(bucket_name, '{_NAMED}', 1), CASE WHEN regexp_like(bucket_name, '{_ACCESS_POINT}')"
        " THEN element_at(resource_buckets, 1) END, bucket_name)",
        needs=("bucket_name", "resource_buckets"),
    ),
    "other_buckets": Lifted(
        "nullif(array_join(filter(resource_buckets, b -> b IS DISTINCT FROM bucket), ' '), '')",
        needs=("bucket", "resource_buckets"),
    ),
    "copy_source": Lifted(_of_s3('$["x-amz-copy-source"]').sql, stored=False),
    # What SDKs send is percent-encoded, what people send is not; malformed escapes stay as they are.
    "copied": Lifted(
        "regexp_replace(CASE WHEN regexp_like(copy_source, '^([^%]|%[0-9A-Fa-f]{2})*$')"
        " THEN url_decode(replace(copy_source, '+', '%2B')) ELSE copy_source END, '^/*(arn:[^:]*:s3:::)?/*', '')",
        needs=("copy_source",),
    ),
    "copied_bucket": Lifted("nullif(split_part(split_part(copied, '?', 1), '/', 1), '')", needs=("copied",)),
    # Where data comes from: a copy's source, else the bucket that was called.
    "from_bucket": Lifted("coalesce(copied_bucket, bucket)", needs=("copied_bucket", "bucket")),
    # credentials: which key a call made, which it changed; how a login went
    "made_key": Lifted(
        "CASE WHEN strpos(responseelements, 'accessKeyId') > 0"
        " THEN coalesce(json_extract_scalar(responseelements, '$.credentials.accessKeyId'),"
        " json_extract_scalar(responseelements, '$.accessKey.accessKeyId')) END"
    ),
    "named_key": Lifted(
        "CASE WHEN eventsource = 'iam.amazonaws.com' THEN json_extract_scalar(requestparameters, '$.accessKeyId') END"
    ),
    "login": Lifted(
        "CASE WHEN eventname = 'ConsoleLogin' THEN json_extract_scalar(responseelements, '$.ConsoleLogin') END"
    ),
    "login_mfa": Lifted(
        "CASE WHEN eventname = 'ConsoleLogin' THEN json_extract_scalar(additionaleventdata, '$.MFAUsed') END"
    ),
    # all of it
    "request": _text("requestparameters"),
    "response": _text("responseelements"),
    "more": _text("additionaleventdata"),
    "details": _text("serviceeventdetails"),
}
"""Every column by name; `{account}` stands for the table's own partition column, where it has one."""

STORED: Final = tuple(name for name, column in EVENTS.items() if column.stored)
"""The compact form's columns, in its order."""

SORTED_BY: Final = ("from_bucket", "principal", "at")
"""How the compact form's rows stand within a day: a bucket's and the copies out of it together, then a principal's, by time."""


def level(name: str) -> int:
    """How many selects deep a column stands: 0 for what comes from the table itself."""
    needs = EVENTS[name].needs
    return 1 + max(map(level, needs)) if needs else 0


def with_needs(columns: tuple[str, ...]) -> tuple[str, ...]:
    """These columns and all that they are made of, in the table's order."""
    wanted = set(columns)
    while more := {need for name in wanted for need in EVENTS[name].needs} - wanted:
        wanted |= more
    return tuple(name for name in EVENTS if name in wanted)
