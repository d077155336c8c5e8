"""What every question over `events` shares: one row a call, and what counts as refused."""

DENIED = "(?i)(access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror)"
"""Refusals for lack of permission, however the service spells it (reference: errorCode is not unified)."""

ONCE = """
  SELECT * FROM (
    SELECT *, row_number() OVER (
             PARTITION BY call_id
             ORDER BY CASE WHEN arn IS NULL THEN 1 ELSE 0 END, recorded_in, event_id,
                      at, event_name, arn, source_ip, user_agent) AS copy
    FROM events)
  WHERE copy = 1 OR call_id IS NULL
"""
"""One row of each call: an event delivered twice, or to two accounts, counts once; the copy that names the caller stands.

The order is whole, so that every engine keeps the same one. Needs the columns that it names.
"""
NEEDED_ONCE = ("call_id", "arn", "recorded_in", "event_id", "at", "event_name", "source_ip", "user_agent")
