"""The SQL behind `/trail who-accessed`: every call on a bucket, and every copy out of it, by principal.

Written once, in Athena's SQL; the duckdb engine translates it. Parameters stand in WHERE only,
where Athena allows them (docs: Querying with prepared statements), so what needs the bucket's name
to be told apart (a copy into it, or out of it) comes back as columns and is folded by the caller.
One scan: Trino inlines every reference to a CTE, so each stage is read once.

A call is on a bucket when it names it (bucketName, by name or ARN), or lists it, or an object in it,
among its resources, as calls through access points do. A call that only asks about it elsewhere
(ListAccessPoints) is none. Two copies of a call, delivered to two accounts, count once; the copy
that names who called stands, unless only the other names the bucket.
"""

from bot.core.span import Span, iso
from bot.ports import TrailQuery

LIMIT = 5000
"""Most groups (principal, destination of a copy) a query gives back."""

# Refusals for lack of permission, however the service spells it (reference: errorCode is not unified).
_DENIED = "(?i)(access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror)"
_READ = "^(Get|Head|List|Select|Preflight|Describe)"

# A bucket's name out of its ARN or an object's (reference: S3 user guide, ARNs of buckets, directory buckets
# and Outposts buckets); an access point's ARN names no bucket.
_NAMED = (
    "^arn:[^:]*:(?:s3:::|s3express:[^:]*:[^:]*:bucket/|s3-outposts:[^:]*:[^:]*:outpost/[^/]+/bucket/)([^/]+)"
)
_ACCESS_POINT = "(^arn:|-s3alias$|--ol-s3$|[.]mrap$)"

# What SDKs send is percent-encoded, what people send is not; malformed escapes stay as they are.
_DECODED = """CASE WHEN regexp_like(copy_source, '^([^%]|%[0-9A-Fa-f]{2})*$')
              THEN url_decode(replace(copy_source, '+', '%2B')) ELSE copy_source END"""

_SQL = """\
WITH recorded AS (
  SELECT coalesce(nullif(sharedeventid, ''), nullif(eventid, '')) AS call_id,
         substr(replace(eventtime, ' ', 'T'), 1, 19) AS at,
         eventname, eventid, nullif(errorcode, '') AS errorcode, lower(nullif(readonly, '')) AS readonly,
         nullif(sourceipaddress, '') AS source_ip, nullif(useragent, '') AS user_agent, resources,
         transform(resources, r -> regexp_extract(r.arn, '{named}', 1)) AS resource_buckets,
         coalesce(eventcategory = 'Data' OR managementevent = 'false', false)
           -- records before version 1.07 name no category; only calls on objects have a key
           OR json_extract_scalar(requestparameters, '$.key') IS NOT NULL AS data_event,
         nullif(useridentity.arn, '') AS arn,
         nullif(useridentity.type, '') AS principal_type,
         nullif(useridentity.invokedby, '') AS service,
         nullif(useridentity.principalid, '') AS principal_id,
         nullif(useridentity.accountid, '') AS caller_account,
         CASE WHEN useridentity.sessioncontext.sessionissuer.arn LIKE '%:role/%'
              THEN useridentity.sessioncontext.sessionissuer.arn END AS role,
         recipientaccountid,
         json_extract_scalar(requestparameters, '$.bucketName') AS bucket_name,
         json_extract_scalar(requestparameters, '$.key') AS object_key,
         json_extract_scalar(requestparameters, '$.prefix') AS listed_prefix,
         json_extract_scalar(requestparameters, '$["x-amz-copy-source"]') AS copy_source
  FROM {table}
  WHERE day BETWEEN ? AND ?
    AND eventsource IN ('s3.amazonaws.com', 's3express.amazonaws.com', 's3-outposts.amazonaws.com')
), decoded AS (
  SELECT *,
         coalesce(regexp_extract(bucket_name, '{named}', 1),
                  CASE WHEN regexp_like(bucket_name, '{access_point}')
                       THEN element_at(filter(resource_buckets, b -> b IS NOT NULL), 1) END,
                  bucket_name) AS bucket,
         regexp_replace({decoded}, '^/*(arn:[^:]*:s3:::)?/*', '') AS copied
  FROM recorded
  WHERE at >= ? AND at < ?
), matched AS (
  SELECT *, nullif(split_part(split_part(copied, '?', 1), '/', 1), '') AS copied_bucket
  FROM decoded
  WHERE (bucket = ? OR copied = ? OR starts_with(copied, ?) OR contains(resource_buckets, ?)){under_prefix}
), once AS (
  SELECT *, row_number() OVER (
           PARTITION BY call_id
           ORDER BY CASE WHEN arn IS NULL THEN 1 ELSE 0 END, recipientaccountid, eventid,
                    at, eventname, arn, source_ip, user_agent) AS copy  -- the same one in every engine
  FROM matched
), named AS (
  SELECT *, coalesce(arn, service,
                     CASE WHEN lower(caller_account) IN ('anonymous', 'anonymous_principal') THEN 'anonymous' END,
                     caller_account || ':' || principal_id, caller_account, principal_id) AS principal,
         CASE WHEN eventname LIKE 'Delete%' THEN 'delete'
              WHEN readonly = 'true' OR (readonly IS NULL AND regexp_like(eventname, '{read}')) THEN 'read'
              ELSE 'write' END AS deed
  FROM once
  WHERE copy = 1 OR call_id IS NULL
)
SELECT principal, max(principal_type) AS principal_type, max(caller_account) AS account_id, max(role) AS role,
       CASE WHEN copied_bucket IS NOT NULL THEN bucket END AS copied_into,
       copied_bucket AS copied_from,
       count(*) AS calls,
       count_if(deed = 'read') AS reads, count_if(deed = 'write') AS writes, count_if(deed = 'delete') AS deletes,
       count_if(regexp_like(errorcode, '{denied}')) AS denied,
       count_if(data_event) AS data_events,
       min(at) AS first_seen, max(at) AS last_seen,
       json_format(CAST(array_sort(array_agg(DISTINCT source_ip) FILTER (WHERE source_ip IS NOT NULL)) AS JSON))
         AS source_ips,
       json_format(CAST(array_sort(array_agg(DISTINCT user_agent) FILTER (WHERE user_agent IS NOT NULL)) AS JSON))
         AS user_agents,
       json_format(CAST(array_sort(array_agg(DISTINCT eventname) FILTER (WHERE eventname IS NOT NULL)) AS JSON))
         AS event_names
FROM named
GROUP BY principal, CASE WHEN copied_bucket IS NOT NULL THEN bucket END, copied_bucket
ORDER BY calls DESC, principal, copied_into, copied_from
LIMIT {limit}"""

# Keys under the prefix: the object's own, a listing's, one among the resources, a copied one.
_UNDER_PREFIX = """
    AND (starts_with(object_key, ?) OR starts_with(listed_prefix, ?) OR starts_with(copied, ?)
         OR cardinality(filter(resources, r -> starts_with(
              regexp_replace(r.arn, '^arn:[^:]*:(s3:::|s3express:[^:]*:[^:]*:bucket/)', ''), ?))) > 0)"""


def who_accessed(table: str, bucket: str, span: Span, prefix: str = "") -> TrailQuery:
    """The query for one bucket: its rows are groups of calls, see the module's SELECT.

    `table` is a checked identifier. With `prefix`, only calls on objects under it, listings under
    it, and copies of objects under it.
    """
    days = span.publish_days()
    parameters = [f"{days[0]:%Y/%m/%d}", f"{days[-1]:%Y/%m/%d}", iso(span.since)[:19], iso(span.until)[:19]]
    parameters += [bucket, bucket, f"{bucket}/", bucket]
    if prefix:
        parameters += [prefix, prefix, f"{bucket}/{prefix}", f"{bucket}/{prefix}"]
    # A copy's source may be percent-encoded, the bucket's name with it.
    needles = (bucket, "x-amz-copy-source")
    return TrailQuery(_text(table, prefix=bool(prefix)), tuple(parameters), span, needles)


def _text(table: str, *, prefix: bool) -> str:
    return _SQL.format(
        table=table,
        named=_NAMED,
        access_point=_ACCESS_POINT,
        decoded=_DECODED,
        under_prefix=_UNDER_PREFIX if prefix else "",
        read=_READ,
        denied=_DENIED,
        limit=LIMIT,
    )
