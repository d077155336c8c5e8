"""Looking for a text in what Config has now: its advanced queries, in one place or over an aggregator.

There are no parameters in its SQL, so only texts go in that can't end a literal.
https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.core.configuration.item import Place, Resource
from bot.core.configuration.meant import Candidate, Meant

GLOBAL = "global"
"""What the rows of IAM's resources say for a region."""
_FIELDS = "resourceId, resourceType, resourceName, arn, accountId, awsRegion"
_PLAIN = re.compile(r"[A-Za-z0-9_.:/@+=,-]{1,256}", re.ASCII)
_LONGEST = 4096


def expression(meant: Meant) -> str:
    """The query for everything that may be meant; "" where no text of it may stand in one."""
    texts = dict.fromkeys((meant.name, meant.said, *(each.id for each in meant.exact)))
    plain = [text for text in texts if _PLAIN.fullmatch(text)]
    conditions = [f"{field} = '{text}'" for text in plain for field in _fields(text)]
    query = f"SELECT {_FIELDS} WHERE {' OR '.join(conditions)}"
    return query if conditions and len(query) <= _LONGEST else ""


def read_rows(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rows, each of which is JSON in a string."""
    for told in answer.get("Results") or ():
        try:
            row = json.loads(told)
        except (ValueError, TypeError):
            continue
        if isinstance(row, Mapping) and row.get("resourceId") and row.get("resourceType"):
            yield row


def resources(rows: Iterable[Mapping[str, Any]], meant: Meant, asked: Place | None = None) -> list[Resource]:
    """Those that are meant: of the place that was asked, else where each row says that it is."""
    found = [_resource(row, asked) for row in rows]
    fitting = [each for each in found if _fits(each, meant)]
    # A name may be that of several; an ARN is one's own.
    own = [each for each in fitting if each.arn and each.arn == meant.said]
    return own or fitting


def _fields(text: str) -> tuple[str, ...]:
    return ("resourceId", "arn") if text.startswith("arn:") else ("resourceId", "resourceName")


def _resource(row: Mapping[str, Any], asked: Place | None) -> Resource:
    place = asked or Place(str(row.get("accountId") or ""), str(row.get("awsRegion") or ""))
    if not place.account_id:
        place = Place(str(row.get("accountId") or ""), place.region)
    name, arn = (str(row.get(key) or "") for key in ("resourceName", "arn"))
    return Resource(str(row["resourceType"]), str(row["resourceId"]), place, name, arn)


def _fits(found: Resource, meant: Meant) -> bool:
    if Candidate(found.type, found.id) in meant.exact:
        return True
    if meant.types and found.type not in meant.types:
        return False
    return bool({meant.name, meant.said} & set(found.names)) and bool(meant.name)
