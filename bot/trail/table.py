"""The CloudTrail table: its columns, its partitions, and the statement that makes it.

Source: Athena user guide, Create a table for CloudTrail logs using partition projection; with
sourceidentity, managementevent and the account and region partitions added.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.errors import BadRequest

_IDENTITY = (
    "struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,"
    "username:string,onbehalfof:struct<userid:string,identitystorearn:string>,sessioncontext:struct<"
    "attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string,"
    "principalid:string,arn:string,accountid:string,username:string>,ec2roledelivery:string,"
    "sourceidentity:string,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>>"
)
_SHAPES = {
    "useridentity": _IDENTITY,
    "resources": "array<struct<arn:string,accountid:string,type:string>>",
    "addendum": "struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>",
    "tlsdetails": "struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>",
}
_NAMES = """
    eventversion useridentity eventtime eventsource eventname awsregion sourceipaddress useragent errorcode
    errormessage requestparameters responseelements additionaleventdata requestid eventid readonly resources
    eventtype apiversion managementevent recipientaccountid serviceeventdetails sharedeventid vpcendpointid
    vpcendpointaccountid eventcategory addendum sessioncredentialfromconsole edgedevicedetails tlsdetails
"""
COLUMNS: Final = {name: _SHAPES.get(name, "string") for name in _NAMES.split()}
"""Every column with its Hive type; JSON without a fixed shape is text."""

PARTITIONS: Final = ("account", "region", "day")
"""The partition columns, all text; `day` as 2026/09/08, the day a file was published."""

INPUT_FORMAT: Final = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"
OUTPUT_FORMAT: Final = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
SERDE: Final = "org.apache.hive.hcatalog.data.JsonSerDe"

_LOCATION = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/(?:[\w./-]*/)?AWSLogs/(?:o-[a-z0-9]+/)?")
_ACCOUNT, _REGION, _DAY = (
    re.compile(r"\d{12}"),
    re.compile(r"[a-z]{2,}(-[a-z]+)+-\d"),
    re.compile(r"\d{4}/\d\d/\d\d"),
)


def projection(location: str, accounts: Sequence[str], regions: Sequence[str], since: str) -> dict[str, str]:
    """The table's properties: partitions computed from values and days, none registered (docs: Partition projection)."""
    return {
        "projection.enabled": "true",
        "projection.account.type": "enum",
        "projection.account.values": ",".join(accounts),
        "projection.region.type": "enum",
        "projection.region.values": ",".join(regions),
        "projection.day.type": "date",
        "projection.day.format": "yyyy/MM/dd",
        "projection.day.range": f"{since},NOW",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "storage.location.template": f"{location}${{account}}/CloudTrail/${{region}}/${{day}}",
    }


def ddl(
    database: str, table: str, location: str, accounts: Sequence[str], regions: Sequence[str], since: str
) -> str:
    """CREATE EXTERNAL TABLE for Athena's editor; raises BadRequest for a value that is none of its kind.

    `location` is `s3://BUCKET/[prefix/]AWSLogs/`, with the organisation's `o-…/` behind it for an
    organisation's trail; `since` the first day, as 2026/09/08.
    """
    location = location if location.endswith("/") else f"{location}/"
    check_values(location, accounts, regions, since)
    columns = ",\n".join(f"  {name} {shape}" for name, shape in COLUMNS.items())
    properties = ",\n".join(
        f"  '{key}'='{value}'" for key, value in projection(location, accounts, regions, since).items()
    )
    return (
        f"CREATE EXTERNAL TABLE {database}.{table} (\n{columns})\n"
        f"PARTITIONED BY ({', '.join(f'{name} string' for name in PARTITIONS)})\n"
        f"ROW FORMAT SERDE '{SERDE}'\nSTORED AS INPUTFORMAT '{INPUT_FORMAT}'\nOUTPUTFORMAT '{OUTPUT_FORMAT}'\n"
        f"LOCATION '{location}'\nTBLPROPERTIES (\n{properties})"
    )


def table_input(
    name: str, location: str, accounts: Sequence[str], regions: Sequence[str], since: str
) -> dict[str, Any]:
    """The same table as Glue's TableInput; `location` ends in a slash."""
    storage = {
        "Columns": [{"Name": column, "Type": shape} for column, shape in COLUMNS.items()],
        "Location": location,
        "InputFormat": INPUT_FORMAT,
        "OutputFormat": OUTPUT_FORMAT,
        "SerdeInfo": {"SerializationLibrary": SERDE},
    }
    return glue_table(name, PARTITIONS, storage, projection(location, accounts, regions, since))


def glue_table(
    name: str, keys: Sequence[str], storage: Mapping[str, Any], properties: Mapping[str, str]
) -> dict[str, Any]:
    """Glue's TableInput for a table that only reads what lies in S3; its partition columns are all text."""
    return {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": key, "Type": "string"} for key in keys],
        "StorageDescriptor": dict(storage),
        "Parameters": {"EXTERNAL": "TRUE", **properties},
    }


def check_values(location: str, accounts: Sequence[str], regions: Sequence[str], since: str) -> None:
    """Raise BadRequest for a value that is none of its kind."""
    _check("a trail's location", _LOCATION, [location], "s3://BUCKET/AWSLogs/")
    _check("an account", _ACCOUNT, accounts, "111122223333")
    _check("a region", _REGION, regions, "eu-west-1")
    _check("a day", _DAY, [since], "2026/09/08")


def _check(what: str, form: re.Pattern[str], values: Sequence[str], example: str) -> None:
    for value in values:
        if not form.fullmatch(value):
            raise BadRequest(f"{value[:80]!r} is not {what}.", f"Write it like {example}.")
