"""When a query may have an earlier one's result: https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html."""

from datetime import timedelta
from typing import Any

from sqlglot import exp

from bot.embedded.aws.athena.statement import Statement
from bot.embedded.aws.errors import InvalidRequest

_DEFAULT_MINUTES, _MOST_MINUTES = 60, 10_080
_MOST_CHARACTERS, _MOST_TABLES = 100_000, 20
_CHANGING = (exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime, exp.Rand, exp.Uuid)


def reusable(asked: dict[str, Any], statement: Statement | None) -> timedelta | None:
    """The age that the request takes; None if it wants none, or its statement's result can't be reused.

    Raises InvalidRequest for an age out of bounds.
    """
    by_age = asked.get("ResultReuseByAgeConfiguration") or {}
    minutes = by_age.get("MaxAgeInMinutes", _DEFAULT_MINUTES)
    if not 0 <= minutes <= _MOST_MINUTES:
        raise InvalidRequest(f"MaxAgeInMinutes must be between 0 and {_MOST_MINUTES}.")
    wanted = by_age.get("Enabled") and statement is not None and is_repeatable(statement)
    return timedelta(minutes=minutes) if wanted else None


def is_repeatable(statement: Statement) -> bool:
    """Whether the same text gives the same result: a SELECT without the time, chance, or rows cut off anyhow."""
    query = statement.query
    cut = any(not each.args.get("order") for each in query.find_all(exp.Query) if each.args.get("limit"))
    small = len(statement.sql) <= _MOST_CHARACTERS and len(list(query.find_all(exp.Table))) <= _MOST_TABLES
    return statement.unload is None and small and not cut and query.find(*_CHANGING) is None
