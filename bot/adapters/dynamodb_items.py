"""A record as an item of DynamoDB, and back.

id          the key
version     how often it was written
body        JSON
rank        as it is; absent from the index, which knows only `place`
lane, place the keys of the index: where it stands, and in which order
ends        when it ends, in microseconds: what this bot goes by
expires_at  the same in whole seconds, later rather than sooner: what DynamoDB deletes by, some day
stamp       of the write it came with, so that a write knows itself again
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.adapters.records import Kept, stored
from bot.ports import Record

INDEX = "lane"
TTL = "expires_at"
Item = Mapping[str, Mapping[str, str]]

_LOW = re.compile("[\x00-$]")
_ALIVE = "(attribute_not_exists(#ends) OR #ends >= :now)"


def place(rank: str, record_id: str) -> str:
    """The sort key: its order is that of (rank, id), in UTF-8's bytes, by which DynamoDB compares.

    `#` ends the rank. Whatever in it is as low, or lower, comes as `$` and a letter, in the same order.
    """
    return _LOW.sub(lambda low: f"${chr(ord(low[0]) + ord('0'))}", rank) + f"#{record_id}"


def put(table: str, kept: Kept, stamp: str, now: int) -> dict[str, Any]:
    """A PutItem, or a Put of a transaction, that succeeds only over the version that the record was read with.

    An expired item is none, though it may be there for days (https://docs.aws.amazon.com/amazondynamodb/
    latest/developerguide/ttl-expired-items.html).
    """
    version = kept.record.version
    names = {"#ends": "ends", **({"#version": "version"} if version else {"#id": "id"})}
    values = {":now": _number(now), **({":version": _number(version)} if version else {})}
    return {
        "TableName": table,
        "Item": _item(kept, stamp),
        "ConditionExpression": f"#version = :version AND {_ALIVE}"
        if version
        else "attribute_not_exists(#id) OR #ends < :now",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def record(item: Item) -> Record:
    """The record again."""
    ends = int(item["ends"]["N"]) if "ends" in item else None
    where = (item["lane"]["S"] if "lane" in item else None, item["rank"]["S"])
    return stored(item["id"]["S"], item["body"]["S"], int(item["version"]["N"]), where, ends)


def _item(kept: Kept, stamp: str) -> Item:
    record = kept.record
    item = {
        "id": {"S": record.id},
        "version": _number(record.version + 1),
        "body": {"S": kept.body},
        "rank": {"S": record.rank},
        "stamp": {"S": stamp},
    }
    if record.lane is not None:
        item |= {"lane": {"S": record.lane}, "place": {"S": place(record.rank, record.id)}}
    if kept.ends is not None:
        item |= {"ends": _number(kept.ends), TTL: _number(-(-kept.ends // 1_000_000))}
    return item


def _number(value: int) -> dict[str, str]:
    return {"N": str(value)}
