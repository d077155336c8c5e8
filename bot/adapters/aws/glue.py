"""Looks at the CloudTrail table in Glue before Athena is asked to read it.

A table without the partitions that a query is bounded by would be read whole: every query over it
would cost the whole trail, so it is refused instead. So is one that spells its days differently: no
day would match. Partition projection's properties
(https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html) tell the rest.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.errors import NotConfigured
from bot.trail.sources import PROJECTED, Layout

PARTITIONS = frozenset({"account", "region", "day"})
"""The partition keys that `bot.trail` bounds its queries by."""

_SETUP = "Make it with noroshi setup, or name yours in NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE."
_DAY_FORMAT = "yyyy/MM/dd"
_AGO = re.compile(r"NOW(?:\s*-\s*(\d{1,5})\s*(YEAR|MONTH|WEEK|DAY)S?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a table can see; None (or no names) where it does not say."""

    location: str = ""
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    first_day: date | None = None
    layout: Layout = PROJECTED


def check_table(client: Any, database: str, table: str) -> Reach:
    """Give what the table sees, if it exists and is partitioned by account, region and day as 2026/09/08.

    `client` is Glue's. Raises NotConfigured that tells what there is and what is needed, AccessDenied
    (glue:GetTable), Upstream.
    """
    name = f"{database}.{table}"
    found = _table(client, database, table)
    keys = {str(key["Name"]).lower() for key in found.get("PartitionKeys", [])}
    if missing := PARTITIONS - keys:
        raise NotConfigured(
            f"The table {name} is partitioned by {_list(keys)}; it lacks {_list(missing)}, so every "
            "question would read the whole trail.",
            _SETUP,
        )
    location = str(found.get("StorageDescriptor", {}).get("Location", ""))
    properties = {str(key).lower(): str(value) for key, value in found.get("Parameters", {}).items()}
    if properties.get("projection.enabled", "").lower() != "true":
        return Reach(location)
    _check_days(name, properties)
    return reach(location, properties, datetime.now(UTC).date())


def reach(location: str, properties: Mapping[str, str], today: date) -> Reach:
    """Read a projected table's properties (names in small letters); what is not understood stays unsaid."""
    return Reach(
        properties.get("storage.location.template", location),
        _names(properties, "account"),
        _names(properties, "region"),
        _first_day(properties, today),
    )


def _table(client: Any, database: str, table: str) -> dict[str, Any]:
    name = f"{database}.{table}"
    with asking("glue:GetTable", f"for the table {name}"):
        try:
            return dict(client.get_table(DatabaseName=database, Name=table)["Table"])
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "EntityNotFoundException":
                raise
            region = client.meta.region_name
            raise NotConfigured(f"There is no table {name} in Glue ({region}).", _SETUP) from error


def _check_days(name: str, properties: Mapping[str, str]) -> None:
    form = properties.get("projection.day.format", "no format")
    if properties.get("projection.day.type", "").lower() == "date" and form.strip() != _DAY_FORMAT:
        raise NotConfigured(
            f"The table {name} writes its days as {form[:40]} (projection.day.format), not as {_DAY_FORMAT}: "
            "no question would find a day.",
            _SETUP,
        )


def _names(properties: Mapping[str, str], key: str) -> tuple[str, ...]:
    if properties.get(f"projection.{key}.type", "").lower() != "enum":
        return ()
    names = (name.strip() for name in properties.get(f"projection.{key}.values", "").split(","))
    return tuple(name for name in names if name)


def _first_day(properties: Mapping[str, str], today: date) -> date | None:
    if properties.get("projection.day.type", "").lower() != "date":
        return None
    first = properties.get("projection.day.range", "").partition(",")[0].strip()
    if ago := _AGO.fullmatch(first):
        return _before(today, int(ago[1] or 0), (ago[2] or "DAY").upper())
    try:
        return datetime.strptime(first, "%Y/%m/%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None  # hours and such: Athena will read it, or say why not


def _before(today: date, number: int, unit: str) -> date | None:
    try:
        if unit in {"WEEK", "DAY"}:
            return today - timedelta(days=number * (7 if unit == "WEEK" else 1))
        year, month = divmod(today.year * 12 + today.month - 1 - number * (12 if unit == "YEAR" else 1), 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None  # before there were years


def _list(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
