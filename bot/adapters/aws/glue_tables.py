"""Writes the trail's database and tables into Glue, as often as one likes: what is there already stays.

A table of somebody else's is never touched; one of ours only ever grows.
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.glue import look
from bot.errors import NotConfigured
from bot.trail.compact_table import COMPACT_PARTITIONS, compact_input, compact_name
from bot.trail.growing import grown
from bot.trail.setting_up import Done, LogPlace
from bot.trail.table import check_values, table_input

_INPUT = (
    "Name",
    "Description",
    "Owner",
    "Retention",
    "StorageDescriptor",
    "PartitionKeys",
    "TableType",
    "Parameters",
)
"""What Glue takes back of what it gives (docs: Glue, TableInput)."""


def make_database(client: Any, name: str) -> Done:
    """Make the database where there is none; raises AccessDenied (glue:GetDatabase, glue:CreateDatabase), Upstream."""
    with asking("glue:GetDatabase", f"for the database {name}"):
        try:
            client.get_database(Name=name)
        except ClientError as error:
            if _code(error) != "EntityNotFoundException":
                raise
        else:
            return Done("database", f"{name} is there already")
    made = _create(
        lambda: client.create_database(DatabaseInput={"Name": name}), "glue:CreateDatabase", f"to make {name}"
    )
    return Done("database", f"{name}: made" if made else f"{name} is there already")


def make_raw(client: Any, database: str, table: str, place: LogPlace) -> Done:
    """Make the raw table, or let it grow; raises AccessDenied, BadRequest, Upstream."""
    check_values(place.location, place.accounts, place.regions, place.since)
    wanted = table_input(table, place.location, place.accounts, place.regions, place.since)
    name = f"{database}.{table}"
    found = table_there(client, database, table)
    if found is None:
        return _make(client, database, wanted, "table", place.warning())
    if not _ours(found, wanted):
        return as_it_is(client, database, table, found, place)
    parameters, more = grown(found["Parameters"], wanted["Parameters"])
    if not more:
        return Done("table", f"{name} is there already", place.warning())
    _update(client, database, found, parameters)
    return Done("table", f"{name}: updated, {', '.join(more)}", place.warning())


def make_compact(client: Any, database: str, table: str, location: str) -> Done:
    """Make the compact copy's table; raises AccessDenied, BadRequest, Upstream."""
    wanted = compact_input(table, location)
    name = f"{database}.{wanted['Name']}"
    found = table_there(client, database, wanted["Name"])
    if found is None:
        return _make(client, database, wanted, "compact", "noroshi trail compact fills it")
    if _kinds(found) != _kinds(wanted) or _keys(found) != list(COMPACT_PARTITIONS):
        words = f"{name} is there with other columns than the bot's, and was left as it is"
        return Done("compact", words, f"DROP TABLE {name} (no file is deleted), then run this again", True)
    there = found["StorageDescriptor"].get("Location", "")
    at = wanted["StorageDescriptor"]["Location"]
    elsewhere = "" if there.rstrip("/") == at.rstrip("/") else f", and its files in {there}, not in {at}"
    return Done("compact", f"{name} is there already{elsewhere}")


def no_compact(client: Any, database: str, table: str) -> Done:
    """What there is of a compact copy when nobody said where it is to lie; raises AccessDenied, Upstream."""
    name = f"{database}.{compact_name(table)}"
    if table_there(client, database, compact_name(table)):
        return Done("compact", f"{name} is there already")
    return Done(
        "compact",
        "none: nobody said where it is to lie, so questions read every file of their days",
        "noroshi setup trail --compact s3://YOUR-BUCKET/noroshi-compact/",
    )


def table_there(client: Any, database: str, table: str) -> dict[str, Any] | None:
    """The table as Glue gives it, or None; raises AccessDenied (glue:GetTable), Upstream."""
    with asking("glue:GetTable", f"for the table {database}.{table}"):
        try:
            return dict(client.get_table(DatabaseName=database, Name=table)["Table"])
        except ClientError as error:
            if _code(error) != "EntityNotFoundException":
                raise
            return None


def as_it_is(
    client: Any, database: str, table: str, found: Mapping[str, Any], place: LogPlace | None = None
) -> Done:
    """What somebody else's table is good for; raises AccessDenied (glue:GetPartitions), Upstream."""
    name = f"{database}.{table}"
    try:
        seen = look(client, database, table, found)
    except NotConfigured as error:
        return Done("table", f"{error.message} It was left as it is.", error.hint, failed=True)
    where = found.get("StorageDescriptor", {}).get("Location", "")
    apart = place and not str(where).startswith(place.location)
    words = f"{name} is there, partitioned by {', '.join(_keys(found))}, and is used as it is"
    if apart and place:
        words += f"; it reads {where}, the trail writes to {place.location}"
    return Done(
        "table", words, "noroshi setup trail --adopt adds its missing days" if seen.partitions else ""
    )


def _make(client: Any, database: str, wanted: dict[str, Any], what: str, fix: str) -> Done:
    name = f"{database}.{wanted['Name']}"
    made = _create(
        lambda: client.create_table(DatabaseName=database, TableInput=wanted),
        "glue:CreateTable",
        f"to make {name}",
    )
    return Done(what, f"{name}: made" if made else f"{name} is there already", fix)


def _update(client: Any, database: str, found: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
    table = {key: found[key] for key in _INPUT if key in found} | {"Parameters": dict(parameters)}
    with asking("glue:UpdateTable", f"to update {database}.{found['Name']}"):
        client.update_table(DatabaseName=database, TableInput=table)


def _create(make: Any, action: str, what: str) -> bool:
    """False when somebody else made it in between."""
    with asking(action, what):
        try:
            make()
        except ClientError as error:
            if _code(error) != "AlreadyExistsException":
                raise
            return False
    return True


def _ours(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether it is the same table over the same files; accounts, regions and days may differ."""
    return (
        _keys(found) == _keys(wanted)
        and _kinds(found) == _kinds(wanted)
        and _fixed(found.get("Parameters", {})) == _fixed(wanted["Parameters"])
    )


def _fixed(properties: Mapping[str, str]) -> dict[str, str]:
    """The projection's properties that must be alike."""
    kept = ("projection.enabled", "storage.location.template")
    return {
        key.lower(): value.strip()
        for key, value in properties.items()
        if key.lower() in kept or key.lower().endswith((".type", ".format", ".interval", ".unit"))
    }


def _keys(table: Mapping[str, Any]) -> list[str]:
    return [str(key["Name"]).lower() for key in table.get("PartitionKeys", [])]


def _kinds(table: Mapping[str, Any]) -> dict[str, str]:
    columns = table.get("StorageDescriptor", {}).get("Columns", [])
    return {str(one["Name"]).lower(): str(one["Type"]).lower().replace(" ", "") for one in columns}


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
