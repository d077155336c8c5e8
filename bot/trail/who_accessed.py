"""The SQL behind `/trail who-accessed`: every call on a bucket, and every copy out of it, by principal.

Written once, in Athena's SQL, over `bot.trail.events`; the duckdb engine translates it. What needs the bucket's
name to be told apart (a copy into it, or out of it) comes back as columns and is folded by the caller.

A call is on a bucket when it names it (bucketName, by name or ARN), or lists it, or an object in it,
among its resources, as calls through access points do. A call that only asks about it elsewhere
(ListAccessPoints) is none. Two copies of a call, delivered to two accounts, count once; the copy
that names who called stands, unless only the other names the bucket.
"""

from bot.core.span import Span
from bot.ports import Lookup, Match, Relation, TrailQuery
from bot.trail.copies import DENIED, NEEDED_ONCE, once
from bot.trail.on_bucket import on_bucket

LIMIT = 5000
"""Most groups (principal, destination of a copy) a query gives back."""

_READ = "^(Get|Head|List|Select|Preflight|Describe)"
_COLUMNS = (
    *NEEDED_ONCE,
    *("error_code", "read_only", "data_event", "principal", "principal_type", "caller_account", "role"),
    *("bucket", "copied_bucket"),
)

_INTO = "CASE WHEN copied_bucket IS NOT NULL THEN bucket END"
# Calls are alike by the thousand: what needs a text looked at is asked of each kind of them, not of each call.
_SQL = f"""\
WITH once AS ({once()}), alike AS (
  SELECT principal, {_INTO} AS copied_into, copied_bucket AS copied_from,
         event_name, read_only, error_code, source_ip, user_agent,
         max(principal_type) AS principal_type, max(caller_account) AS caller_account, max(role) AS role,
         count(*) AS calls, count_if(data_event) AS data_events, min(at) AS first_at, max(at) AS last_at
  FROM once
  GROUP BY principal, {_INTO}, copied_bucket, event_name, read_only, error_code, source_ip, user_agent
), named AS (
  SELECT *, CASE WHEN event_name LIKE 'Delete%' THEN 'delete'
                 WHEN read_only = 'true' OR (read_only IS NULL AND regexp_like(event_name, '{_READ}')) THEN 'read'
                 ELSE 'write' END AS deed
  FROM alike
)
SELECT principal, max(principal_type) AS principal_type, max(caller_account) AS account_id, max(role) AS role,
       copied_into, copied_from,
       sum(calls) AS calls,
       sum(CASE WHEN deed = 'read' THEN calls ELSE 0 END) AS reads,
       sum(CASE WHEN deed = 'write' THEN calls ELSE 0 END) AS writes,
       sum(CASE WHEN deed = 'delete' THEN calls ELSE 0 END) AS deletes,
       sum(CASE WHEN regexp_like(error_code, '{DENIED}') THEN calls ELSE 0 END) AS denied,
       sum(data_events) AS data_events,
       min(first_at) AS first_seen, max(last_at) AS last_seen,
       json_format(CAST(array_sort(array_agg(DISTINCT source_ip) FILTER (WHERE source_ip IS NOT NULL)) AS JSON))
         AS source_ips,
       json_format(CAST(array_sort(array_agg(DISTINCT user_agent) FILTER (WHERE user_agent IS NOT NULL)) AS JSON))
         AS user_agents,
       json_format(CAST(array_sort(array_agg(DISTINCT event_name) FILTER (WHERE event_name IS NOT NULL)) AS JSON))
         AS event_names
FROM named
GROUP BY principal, copied_into, copied_from
ORDER BY calls DESC, principal, copied_into, copied_from
LIMIT {LIMIT}"""

# Keys under the prefix: the object's own, a listing's, one among the resources, a copied one.
_UNDER_PREFIX = """starts_with(object_key, ?) OR starts_with(listed_prefix, ?) OR starts_with(copied, ?)
         OR cardinality(filter(resources, r -> starts_with(
              regexp_replace(r, '^arn:[^:]*:(s3:::|s3express:[^:]*:[^:]*:bucket/)', ''), ?))) > 0"""


def who_accessed(bucket: str, span: Span, prefix: str = "") -> TrailQuery:
    """The query for one bucket: its rows are groups of calls, see the module's SELECT.

    With `prefix`, only calls on objects under it, listings under it, and copies of objects under it.
    """
    under = (prefix, prefix, f"{bucket}/{prefix}", f"{bucket}/{prefix}")
    # Only calls on S3 have any of these columns.
    where = (Match(_UNDER_PREFIX, under),) if prefix else ()
    relation = Relation(_COLUMNS, where, on_bucket(bucket))
    needles = (bucket, *_letters(bucket))
    return TrailQuery(_SQL, (), span, needles, relation, Lookup("ResourceName", (bucket,)))


def _letters(bucket: str) -> tuple[str, ...]:
    """One of these, percent-encoded, is in a copy's source that names the bucket otherwise than verbatim."""
    letters = sorted(set(bucket.encode()))
    return tuple(dict.fromkeys(f"%{letter:{case}}" for letter in letters for case in ("02x", "02X")))
