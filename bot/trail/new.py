"""The SQL behind `/trail new`: who did, where, or from where something for the first time, against the time before.

A principal is the role of a session, for a session is new whenever it begins; but of IAM Identity Center's roles
it is the session, which is the human's. An address is an IP: services that call for somebody are none.
"""

from dataclasses import replace

from bot.core.span import iso
from bot.ports import TrailQuery
from bot.trail import questions
from bot.trail.copies import DENIED, NEEDED_ONCE, once
from bot.trail.questions import HISTORY
from bot.trail.rows import Asked, Calls, rows

_COLUMNS = (
    *NEEDED_ONCE,
    *("error_code", "principal", "principal_type", "caller_account", "role", "role_name"),
    *("event_source", "region"),
)

# One reading: calls are counted once by all that may be new, then each such group is told once for each kind.
_SQL = """\
WITH once AS ({once}), made AS (
  SELECT CASE WHEN role_name LIKE 'AWSReservedSSO%' THEN principal ELSE coalesce(role, principal) END AS who,
         replace(event_source, '.amazonaws.com', '') || ':' || event_name AS action, region,
         CASE WHEN regexp_like(source_ip, '^[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*$') THEN source_ip END AS address,
         max(principal_type) AS principal_type, max(caller_account) AS account_id,
         min(at) AS first_seen, max(at) AS last_seen, count(*) AS calls,
         count_if(regexp_like(error_code, '{denied}')) AS denied
  FROM once
  WHERE principal IS NOT NULL
  GROUP BY 1, 2, 3, 4
), named AS (
  SELECT who, kind, CASE kind WHEN 'action' THEN action WHEN 'region' THEN region
                              WHEN 'address' THEN address ELSE who END AS value,
         principal_type, account_id, first_seen, last_seen, calls, denied
  FROM made CROSS JOIN UNNEST(ARRAY['principal', 'action', 'region', 'address']) AS t(kind)
), told AS (
  SELECT who AS principal, kind, value, max(principal_type) AS principal_type, max(account_id) AS account_id,
         min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(calls) AS calls, sum(denied) AS denied
  FROM named
  WHERE value IS NOT NULL
  GROUP BY who, kind, value
), dated AS (
  SELECT *, min(first_seen) OVER (PARTITION BY principal) AS principal_first, min(first_seen) OVER () AS begins
  FROM told
), counted AS (
  SELECT *, principal_first >= ? AS principal_new, count(*) OVER () AS found,
         count_if(kind = 'principal') OVER () AS principals, count_if(kind = 'action') OVER () AS actions,
         count_if(kind = 'region') OVER () AS regions, count_if(kind = 'address') OVER () AS addresses
  FROM dated
  WHERE first_seen >= ?
)
SELECT principal, principal_type, account_id, kind, value, first_seen, last_seen, calls, denied, principal_new,
       begins, found, principals, actions, regions, addresses
FROM counted
ORDER BY CASE WHEN principal_new AND kind <> 'principal' THEN 1 ELSE 0 END, first_seen DESC, principal, kind, value
LIMIT {limit}"""


def new(asked: Asked, principal: str = "") -> TrailQuery:
    """The query: a row for each first use, those of principals that were there before ahead, the newest first.

    `kind` is `action` (`s3:GetObject`), `region`, `address`, or `principal`: one that is new itself, all of whose
    first uses have `principal_new`. `begins` is the oldest call that was looked at; `found` and such count all.
    Without `principal` (as `/trail user` takes it), everybody's.
    """
    which = questions.user(principal) if principal else Calls()
    query = rows(asked, replace(which, history=HISTORY))
    assert query.relation is not None  # noqa: S101 - rows always has one
    sql = _SQL.format(once=once("event_source", "region", "error_code"), denied=DENIED, limit=asked.limit)
    since = iso(asked.span.since)[:19]
    relation = replace(query.relation, columns=_COLUMNS)
    return replace(query, sql=sql, parameters=(since, since), relation=relation)
