"""The trail's tables as the doctor looks at them: what `noroshi setup trail` would mend."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from bot.adapters.aws.glue import check_table
from bot.adapters.aws.glue_tables import table_there
from bot.adapters.aws.partitions import Partitions, gaps
from bot.adapters.aws.session import client
from bot.core.check import Check, Found
from bot.trail.compact_table import COMPACT_PARTITIONS, compact_name
from bot.trail.compaction import is_over

_LOOKED_AT = 7
_PATIENCE = timedelta(hours=3)
"""So long after a day can be copied, its copy is late."""


def table_checks(
    session: Callable[[], boto3.Session],
    trail: Any,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Check]:
    """The raw table and the compact copy; `trail` is `bot.settings.Trail`."""

    def glue() -> Any:
        return client("glue", session=session())

    return [
        Check("trail", "table", lambda: table(glue(), trail.database, trail.table, clock())),
        Check("trail", "compact copy", lambda: compact_copy(glue(), trail, clock())),
    ]


def table(glue: Any, database: str, name: str, now: datetime) -> Found:
    """Whether the table can be asked, and has the last days' partitions; raises what `check_table` does."""
    reach = check_table(glue, database, name)
    whole = f"{database}.{name}"
    if reach.partitions is None:
        places = [
            f"{len(names)} {word}{'s' * (len(names) > 1)}"
            for names, word in ((reach.accounts, "account"), (reach.regions, "region"))
            if names
        ]
        return Found("ok", f"{whole}: {', '.join([*places, 'every day'])}")
    days = [(now - timedelta(days=back)).date() for back in range(_LOOKED_AT, 0, -1)]
    missing = gaps(days, reach.partitions.days(days[0], days[-1]))
    if missing:
        count = sum((last - first).days + 1 for first, last in missing)
        return Found(
            "missing",
            f"{whole} has no partition of {count} of the last {len(days)} days: they are not searched",
            "noroshi setup trail --adopt",
        )
    return Found("ok", f"{whole}: partitions of the last {len(days)} days are there")


def compact_copy(glue: Any, trail: Any, now: datetime) -> Found:
    """Whether the compact copy has the newest day that it could have; raises AccessDenied, Upstream."""
    if not trail.compact_location:
        return Found(
            "off",
            "none is set: questions read every file of their days",
            "noroshi setup trail --compact s3://YOUR-BUCKET/noroshi-compact/",
        )
    name = compact_name(trail.table)
    if table_there(glue, trail.database, name) is None:
        return Found("missing", f"There is no table {trail.database}.{name}", "noroshi setup trail")
    partitions = Partitions(glue, trail.database, name, COMPACT_PARTITIONS, COMPACT_PARTITIONS)
    today = now.astimezone(UTC).date()
    days = [today - timedelta(days=back) for back in range(1, _LOOKED_AT + 1)]
    newest = next(day for day in days if is_over(day, now - _PATIENCE))
    there = partitions.days(days[-1], days[0])
    if newest in there:
        return Found("ok", f"{trail.database}.{name}: up to {max(there)}")
    has = f"has no day after {max(there)}" if there else f"has none of the last {_LOOKED_AT} days"
    return Found("missing", f"{trail.database}.{name} is behind: it {has}", "noroshi trail compact")
