"""The SQL behind `/trail who-accessed`: every call on a bucket, and every copy out of it, by principal.

Written once, in Athena's SQL; the duckdb engine translates it. Parameters stand in WHERE only,
where Athena allows them (docs: Querying with prepared statements), so what needs the bucket's name
to be told apart (a copy into it, or out of it) comes back as columns and is folded by the caller.
One scan: Trino inlines every reference to a CTE, so each stage is read once.
"""

from urllib.parse import quote

from bot.core.span import Span, iso
from bot.ports import TrailQuery

LIMIT = 5000
"""Most groups (principal, destination of a copy) a query gives back."""

# Refusals for lack of permission, however the service spells it (reference: errorCode is not unified).
_DENIED = "(?i)(access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror)"
_READ = "^(Get|Head|List|Select|Preflight|Describe)"

_COPIED_BUCKET = "regexp_extract(copy_source, '^(?:/|%2[Ff])?([^/%?]+)', 1)"
_COPIED_KEY = "regexp_replace(copy_source, '^(?:/|%2[Ff])?[^/%?]+(?:/|%2[Ff])', '')"

# A bucket's own ARN, or an object's in it: region and account stand empty (arn:aws:s3:::bucket/key),
# unlike an access point's. An access point's requests list the bucket here too.
_IN_RESOURCES = """cardinality(filter(resources, r -> split_part(r.arn, ':', 3) = 's3'
             AND split_part(r.arn, ':', 4) = '' AND split_part(split_part(r.arn, ':', 6), '/', 1) = ?)) > 0"""
_OBJECT_IN_RESOURCES = """cardinality(filter(resources, r -> split_part(r.arn, ':', 3) = 's3'
             AND split_part(r.arn, ':', 4) = '' AND starts_with(substr(r.arn, strpos(r.arn, ':::') + 3), ?))) > 0"""

_SQL = """\
WITH recorded AS (
  SELECT coalesce(nullif(sharedeventid, ''), nullif(eventid, '')) AS call_id,
         substr(replace(eventtime, ' ', 'T'), 1, 19) AS at,
         eventname, eventid, nullif(errorcode, '') AS errorcode, lower(readonly) AS readonly,
         nullif(sourceipaddress, '') AS source_ip, nullif(useragent, '') AS user_agent, resources,
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
         regexp_replace(json_extract_scalar(requestparameters, '$.bucketName'), '^arn:[a-z-]+:s3:::', '') AS bucket,
         json_extract_scalar(requestparameters, '$.key') AS object_key,
         json_extract_scalar(requestparameters, '$.prefix') AS listed_prefix,
         regexp_replace(json_extract_scalar(requestparameters, '$["x-amz-copy-source"]'),
                        '^arn:[a-z-]+:s3:::', '') AS copy_source
  FROM {table}
  WHERE day BETWEEN ? AND ?
    AND eventsource IN ('s3.amazonaws.com', 's3express.amazonaws.com', 's3-outposts.amazonaws.com')
), matched AS (
  SELECT *, {copied_bucket} AS copied_bucket
  FROM recorded
  WHERE at >= ? AND at < ?
    AND (bucket = ? OR {copied_bucket} = ? OR {in_resources}){under_prefix}
), once AS (
  SELECT *, row_number() OVER (
           PARTITION BY call_id
           ORDER BY CASE WHEN arn IS NULL THEN 1 ELSE 0 END, recipientaccountid, eventid) AS copy
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

_UNDER_PREFIX = """
    AND (starts_with(object_key, ?) OR starts_with(listed_prefix, ?) OR {object_in_resources}
         OR starts_with({copied_key}, ?) OR starts_with({copied_key}, ?))"""


def who_accessed(table: str, bucket: str, span: Span, prefix: str = "") -> TrailQuery:
    """The query for one bucket: its rows are groups of calls, see the module's SELECT.

    `table` is a checked identifier. With `prefix`, only calls on objects under it, listings under
    it, and copies of objects under it.
    """
    days = span.publish_days()
    parameters = [f"{days[0]:%Y/%m/%d}", f"{days[-1]:%Y/%m/%d}"]
    parameters += [iso(span.since)[:19], iso(span.until)[:19], bucket, bucket, bucket]
    if prefix:
        parameters += [prefix, prefix, f"{bucket}/{prefix}", prefix, quote(prefix, safe="")]
    return TrailQuery(_text(table, prefix=bool(prefix)), tuple(parameters), span, needles=(bucket,))


def _text(table: str, *, prefix: bool) -> str:
    return _SQL.format(
        table=table,
        copied_bucket=_COPIED_BUCKET,
        in_resources=_IN_RESOURCES,
        under_prefix=_UNDER_PREFIX.format(object_in_resources=_OBJECT_IN_RESOURCES, copied_key=_COPIED_KEY)
        if prefix
        else "",
        read=_READ,
        denied=_DENIED,
        limit=LIMIT,
    )
