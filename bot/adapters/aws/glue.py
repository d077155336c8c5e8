"""Looks at the CloudTrail table in Glue before Athena is asked to read it.

A table without a day among its partition columns would be read whole: every query over it would cost the
whole trail, so it is refused instead. So is one that spells its days differently: no day would match.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.partitions import Partitions, day_keys
from bot.adapters.aws.projected import first_day, is_projected, names, wrong_days
from bot.errors import NotConfigured
from bot.trail.sources import PROJECTED, Layout, layout

_SETUP = (
    "Make ours beside it: name it in NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE, "
    "then run noroshi setup trail."
)
_TEXT = re.compile(r"string|varchar(\(\d+\))?|char\(\d+\)")
_PLACE = re.compile(r"/AWSLogs/(?:o-[a-z0-9]+/)?(\d{12})/CloudTrail/(?:([a-z]{2,}(?:-[a-z]+)+-\d)(?:/|$))?")


class NoTable(NotConfigured):
    """There is no such table; to people it is a setting like any other."""

    @property
    def type(self) -> str:
        """As JSON output gives it."""
        return NotConfigured.__name__


@dataclass(frozen=True, slots=True)
class Reach:
    """What a table can see; None (or no names) where it does not say.

    `partitions` are those of a table that projects none: what is not registered is not read.
    """

    location: str = ""
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    first_day: date | None = None
    layout: Layout = PROJECTED
    partitions: Partitions | None = field(default=None, compare=False)


def check_table(client: Any, database: str, table: str) -> Reach:
    """Give what the table sees, if it exists and its partitions tell the day as 2026/09/08.

    `client` is Glue's. Raises NotConfigured that tells what there is and what is needed, AccessDenied
    (glue:GetTable, glue:GetPartitions), Upstream.
    """
    return look(client, database, table, find_table(client, database, table))


def look(client: Any, database: str, table: str, found: Mapping[str, Any]) -> Reach:
    """The same for a table that Glue gave already."""
    name = f"{database}.{table}"
    kinds = {
        str(key["Name"]).lower(): str(key.get("Type", "string")) for key in found.get("PartitionKeys", [])
    }
    spelled = layout(tuple(kinds))
    if spelled is None:
        raise NotConfigured(
            f"The table {name} is partitioned by {', '.join(sorted(kinds)) or 'nothing'}; no day can be told "
            "from that, so every question would read the whole trail.",
            _SETUP,
        )
    _check_text(name, kinds, day_keys(spelled))
    location = str(found.get("StorageDescriptor", {}).get("Location", ""))
    properties = {str(key).lower(): str(value) for key, value in found.get("Parameters", {}).items()}
    if is_projected(properties):
        if wrong := wrong_days(properties, day_keys(spelled)):
            raise NotConfigured(f"The table {name} {wrong}: no question would find a day.", _SETUP)
        return reach(location, properties, datetime.now(UTC).date(), spelled)
    partitions = Partitions(client, database, table, tuple(kinds), day_keys(spelled))
    _check_written(name, partitions)
    return Reach(location, *_places(location), layout=spelled, partitions=partitions)


def reach(location: str, properties: Mapping[str, str], today: date, spelled: Layout = PROJECTED) -> Reach:
    """Read a projected table's properties (names in small letters); what is not understood stays unsaid."""
    template = properties.get("storage.location.template", location)
    accounts, regions = _places(template)
    return Reach(
        template,
        names(properties, spelled.account) or accounts,
        names(properties, spelled.region) or regions,
        first_day(properties, day_keys(spelled), today),
        spelled,
    )


def find_table(client: Any, database: str, table: str) -> dict[str, Any]:
    """The table as Glue gives it; raises NoTable where there is none, AccessDenied, Upstream."""
    name = f"{database}.{table}"
    with asking("glue:GetTable", f"for the table {name}"):
        try:
            return dict(client.get_table(DatabaseName=database, Name=table)["Table"])
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "EntityNotFoundException":
                raise
            region = client.meta.region_name
            raise NoTable(
                f"There is no table {name} in Glue ({region}).",
                "Make it with noroshi setup trail, or name yours in NOROSHI_TRAIL__DATABASE "
                "and NOROSHI_TRAIL__TABLE.",
            ) from error


def _check_text(name: str, kinds: Mapping[str, str], keys: Sequence[str]) -> None:
    for key in keys:
        if not _TEXT.fullmatch(kinds[key].lower()):
            raise NotConfigured(
                f"The table {name} has its {key} as {kinds[key][:40]}, not as text: no question would find a day.",
                _SETUP,
            )


def _check_written(name: str, partitions: Partitions) -> None:
    one = partitions.any()
    if one and one.day is None:
        written = ", ".join(one.values)[:80]
        raise NotConfigured(
            f"The table {name} has a partition ({written}) whose day is not written as 2026/09/08, "
            "with leading zeros: no question would find a day.",
            _SETUP,
        )


def _places(location: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The one account and the one region that a path names, where it does (docs: CloudTrail log file names)."""
    found = _PLACE.search(location)
    if not found:
        return (), ()
    return (found[1],), ((found[2],) if found[2] else ())
