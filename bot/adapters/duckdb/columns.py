"""The table's columns, as Athena's DDL has them: each is named as the record's key, in lower case.

A shape says what a key holds: text (a STRING column: what is no text in the JSON becomes its JSON), a map
of texts, a STRUCT of such shapes, or a list of STRUCTs. DuckDB reads each so by itself, provided
that STRUCTs are objects and lists are lists; `shapes` sees to that.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

TEXT: Final = "VARCHAR"
MAP: Final = "MAP(VARCHAR, VARCHAR)"
Shape: TypeAlias = "str | dict[str, Shape] | list[dict[str, Shape]]"

_ISSUER: dict[str, Shape] = dict.fromkeys(("type", "principalId", "arn", "accountId", "userName"), TEXT)
_SESSION: dict[str, Shape] = {
    "attributes": {"mfaAuthenticated": TEXT, "creationDate": TEXT},
    "sessionIssuer": _ISSUER,
    "ec2RoleDelivery": TEXT,
    "sourceIdentity": TEXT,
    "webIdFederationData": {"federatedProvider": TEXT, "attributes": MAP},
}
_IDENTITY: dict[str, Shape] = {
    **dict.fromkeys(
        ("type", "principalId", "arn", "accountId", "invokedBy", "accessKeyId", "userName"), TEXT
    ),
    "onBehalfOf": {"userId": TEXT, "identityStoreArn": TEXT},
    "sessionContext": _SESSION,
}
RECORD: dict[str, Shape] = {
    "eventVersion": TEXT,
    "userIdentity": _IDENTITY,
    "eventTime": TEXT,
    "eventSource": TEXT,
    "eventName": TEXT,
    "awsRegion": TEXT,
    "sourceIPAddress": TEXT,
    "userAgent": TEXT,
    "errorCode": TEXT,
    "errorMessage": TEXT,
    "requestParameters": TEXT,
    "responseElements": TEXT,
    "additionalEventData": TEXT,
    "requestID": TEXT,
    "eventID": TEXT,
    "readOnly": TEXT,
    "resources": [{"ARN": TEXT, "accountId": TEXT, "type": TEXT}],
    "eventType": TEXT,
    "apiVersion": TEXT,
    "managementEvent": TEXT,
    "recipientAccountId": TEXT,
    "serviceEventDetails": TEXT,
    "sharedEventID": TEXT,
    "vpcEndpointId": TEXT,
    "vpcEndpointAccountId": TEXT,
    "eventCategory": TEXT,
    "addendum": dict.fromkeys(("reason", "updatedFields", "originalRequestID", "originalEventID"), TEXT),
    "sessionCredentialFromConsole": TEXT,
    "edgeDeviceDetails": TEXT,
    "tlsDetails": dict.fromkeys(("tlsVersion", "cipherSuite", "clientProvidedHostHeader"), TEXT),
}
"""What a record's keys hold, in the table's order."""
PARTITION: tuple[str, ...] = ("account", "region", "day")
"""The partition columns, the table's last. A line holds them under keys that no record has."""

_KEYS = {key.lower(): key for key in RECORD} | {name: f"noroshi:{name}" for name in PARTITION}
COLUMNS = tuple(_KEYS)
"""Every column's name, in the table's order."""


def partition_key(name: str) -> str:
    """The key that a line holds a partition column under."""
    return _KEYS[name]


def load_types(columns: Iterable[str]) -> dict[str, str]:
    """For DuckDB's JSON reader: the keys behind the columns, and the types to read them as.

    A column may be narrowed to fields of its STRUCT: `useridentity.arn`, `useridentity.sessioncontext`.
    """
    return {_KEYS[column]: _type(shape) for column, shape in _shapes(columns)}


def load_expressions(columns: Iterable[str]) -> str:
    """The SELECT list that makes the columns (see `load_types`) of what the reader gave; fields get lower-case names too."""
    return ", ".join(
        f"{_lower(_quoted(_KEYS[column]), shape)} AS {column}" for column, shape in _shapes(columns)
    )


def _shapes(columns: Iterable[str]) -> Iterator[tuple[str, Shape]]:
    paths = [column.split(".") for column in columns]
    for column, key in _KEYS.items():
        if wanted := [fields for first, *fields in paths if first == column]:
            yield column, _narrowed(RECORD.get(key, TEXT), wanted)


def _narrowed(shape: Shape, wanted: list[list[str]]) -> Shape:
    if not isinstance(shape, dict) or [] in wanted:
        return shape
    within = {key: [rest for first, *rest in wanted if first == key.lower()] for key in shape}
    return {key: _narrowed(shape[key], inner) for key, inner in within.items() if inner} or shape


def _type(shape: Shape) -> str:
    match shape:
        case str():
            return shape
        case list():
            (inner,) = shape
            return f"{_type(inner)}[]"
        case dict():
            return f"STRUCT({', '.join(f'{_quoted(key)} {_type(inner)}' for key, inner in shape.items())})"


def _lower(value: str, shape: Shape) -> str:
    match shape:
        case str():
            return value
        case list():
            (inner,) = shape
            return f"list_transform({value}, LAMBDA item : {_lower('item', inner)})"
        case dict():
            fields = ", ".join(
                f"{key.lower()} := {_lower(f'{value}.{_quoted(key)}', inner)}" for key, inner in shape.items()
            )
            return f"CASE WHEN {value} IS NOT NULL THEN struct_pack({fields}) END"


def _quoted(name: str) -> str:
    return f'"{name}"'
