"""What every question over `events` shares: one row a call, and what counts as refused."""

import re

DENIED = "(?i)(access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror)"
"""Refusals for lack of permission, however the service spells it (reference: errorCode is not unified)."""

NEEDED_ONCE = ("call_number", "arn", "recorded_in", "at", "event_name", "source_ip", "user_agent")
"""The columns that `once` needs."""

ORDER = (*NEEDED_ONCE[2:], "arn")
"""The columns by which a call's records are ordered, those first that name the caller: the first stands."""

_EVENTS = re.compile(r"\bevents\b")


def once(*more: str) -> str:
    """A SELECT of one row of each call in `events`; `more` columns break ties that the needed ones leave.

    An event delivered twice, or to two accounts, counts once; the copy that names the caller stands. The order is
    whole as far as the columns tell, so that every engine keeps the same one. An id of each event is not among
    them: next to nothing else compresses as badly, and a form that is billed by column would pay for it.
    """
    order = ", ".join((*ORDER, *more))
    return f"""
  SELECT * FROM (
    SELECT *, row_number() OVER (
             PARTITION BY call_number ORDER BY CASE WHEN arn IS NULL THEN 1 ELSE 0 END, {order}) AS copy
    FROM events)
  WHERE copy = 1 OR call_number IS NULL
"""


def beside(sql: str, standing: str) -> str:
    """The SQL with the rows of a table `standing`, of which each stands for its call, beside those of `once()`."""
    return sql.replace(once(), f"{once()}  UNION ALL\n  SELECT *, 1 AS copy FROM {standing}\n")


def takes_events_once(sql: str) -> bool:
    """Whether the SQL asks nothing of `events` but `once()`, and that one time."""
    return sql.count(once()) == 1 and not _EVENTS.search(sql.replace(once(), ""))
