"""The rows that an engine would give of an archive's records, made by plain Python: many seeds in little time."""

import json
from typing import Any

from bot.trail.authorship.deeds import records
from bot.trail.authorship.reading import Read
from tests.trail.authorship.archive import START, Archive
from tests.trail.plain_calls import Plain


def read(archive: Archive) -> Read:
    """All writes that did not fail, data events left out."""
    rows = [
        _row(one)
        for one in archive.records
        if not one["readOnly"] and "errorCode" not in one and one["managementEvent"]
    ]
    return Read(records(rows), START.replace(year=2020), (), ())


def _row(record: dict[str, Any]) -> dict[str, Any]:
    one = Plain(record)
    said = {name: json.dumps(record[key]) for name, key in _TEXTS.items() if record.get(key) is not None}
    identity = record.get("userIdentity", {})
    issuer = identity.get("sessionContext", {}).get("sessionIssuer", {})
    return one.row() | said | {"resource_arns": json.dumps(one.arns), "role_name": issuer.get("userName")}


_TEXTS = {"request": "requestParameters", "response": "responseElements"}
