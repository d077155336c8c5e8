"""Partition projection: a Glue table's TBLPROPERTIES as the partitions that Athena would look in.

https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html: of the types
`enum` and `date` are understood here, others fail the query by name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from math import prod

from bot.embedded.aws.athena.failure import Failure

_JAVA = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H"}
_RELATIVE = re.compile(r"NOW(?:\s*([+-])\s*(\d+)\s*(YEAR|MONTH|WEEK|DAY|HOUR)S?)?", re.IGNORECASE)
_DAYS = {"YEAR": 365, "MONTH": 30, "WEEK": 7, "DAY": 1, "HOUR": 1 / 24}
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Partition:
    """One place to look: the partition columns' values, and the bucket and prefix their files lie under."""

    values: tuple[str, ...]
    bucket: str
    prefix: str


def values(properties: Mapping[str, str], keys: tuple[str, ...], now: datetime) -> list[list[str]]:
    """For each partition column, every value that the table's properties project, in order; raises Failure."""
    return [_values(properties, key, now) for key in keys]


def places(
    properties: Mapping[str, str], keys: tuple[str, ...], chosen: list[list[str]]
) -> Iterator[Partition]:
    """Every partition of the values left; raises Failure as Athena would when they are too many."""
    count = prod(len(column) for column in chosen)
    if count > _MOST:
        raise Failure(f"INVALID_TABLE_PROPERTY: The query projects {count} partitions, more than {_MOST}")
    template = properties.get("storage.location.template")
    if template is None:
        raise Failure("NOT_SUPPORTED: The stand-in needs a storage.location.template")
    for row in product(*chosen):
        yield Partition(row, *_place(template, dict(zip(keys, row, strict=True))))


def _values(properties: Mapping[str, str], key: str, now: datetime) -> list[str]:
    kind = properties.get(f"projection.{key}.type", "").lower()
    if kind == "enum":
        return properties[f"projection.{key}.values"].split(",")
    if kind == "date":
        return _dates(properties, key, now)
    name = kind or "no type"
    raise Failure(f"NOT_SUPPORTED: The stand-in knows no projection of {name} (column {key})")


def _dates(properties: Mapping[str, str], key: str, now: datetime) -> list[str]:
    form = properties[f"projection.{key}.format"]
    for java, strftime in _JAVA.items():
        form = form.replace(java, strftime)
    first, _, last = properties[f"projection.{key}.range"].partition(",")
    unit = properties.get(f"projection.{key}.interval.unit", "DAYS").upper().rstrip("S")
    if unit not in {"DAY", "HOUR"}:
        raise Failure(f"NOT_SUPPORTED: The stand-in knows no date interval of {unit} (column {key})")
    step = timedelta(days=_DAYS[unit]) * int(properties.get(f"projection.{key}.interval", "1"))
    moment, end = _moment(first, form, now), _moment(last, form, now)
    dates = []
    while moment <= end:
        dates.append(moment.strftime(form))
        moment += step
    return dates


def _moment(words: str, form: str, now: datetime) -> datetime:
    relative = _RELATIVE.fullmatch(words.strip())
    if not relative:
        return datetime.strptime(words.strip(), form).replace(tzinfo=UTC)
    sign, number, unit = relative.groups()
    days = _DAYS[unit.upper()] * int(number) if unit else 0
    return now.astimezone(UTC) + timedelta(days=-days if sign == "-" else days)


def _place(template: str, values: Mapping[str, str]) -> tuple[str, str]:
    for key, value in values.items():
        template = template.replace(f"${{{key}}}", value)
    return split_location(template)


def split_location(location: str) -> tuple[str, str]:
    """`s3://bucket/some/prefix` as ("bucket", "some/prefix/")."""
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    return bucket, f"{prefix.rstrip('/')}/" if prefix else ""
