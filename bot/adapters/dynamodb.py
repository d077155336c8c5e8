"""The store in one table of DynamoDB: any number of replicas.

The index of lanes knows where records stand, and no more: a write that moves nothing costs it nothing, and a
lane's records are read from the table itself, as last written.
"""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking, refusal
from bot.adapters.aws.session import client
from bot.adapters.dynamodb_items import INDEX, Item, place, put, record
from bot.adapters.dynamodb_table import make, reaching
from bot.adapters.records import AT_ONCE, Kept, conflict, fit, fit_ids, fit_lane, microseconds
from bot.errors import NoroshiError
from bot.ports import Record

_CHANGED = frozenset(
    {
        "ConditionalCheckFailed",
        "ConditionalCheckFailedException",
        "TransactionConflict",
        "TransactionConflictException",
    }
)
_TOO_OFTEN = frozenset({"ProvisionedThroughputExceeded", "ThrottlingError"})
# A transaction of puts needs the permission to put, and no other.
_WRITE, _READ, _QUERY = "dynamodb:PutItem", "dynamodb:BatchGetItem", "dynamodb:Query"
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, None)
_FEW = 10


class DynamoStore:
    """Satisfies `bot.ports.Store` over a table that `create_table` made.

    All raise AccessDenied, Throttled, Upstream. `pause` waits some seconds where DynamoDB asks for it.
    """

    def __init__(
        self,
        table: str,
        *,
        session: boto3.Session | None = None,
        region: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client("dynamodb", region, session)
        self._table = table
        self._clock = clock
        self._pause = pause

    def create_table(self) -> None:
        """Make the table unless it is there; takes seconds."""
        make(self._client, self._table)

    def read(self, *ids: str) -> Mapping[str, Record]:
        """Those that are there, as last written by anybody; also raises BadRequest."""
        return {found.id: found for found in self._get(fit_ids(ids))}

    def write(self, *records: Record) -> None:
        """All or none, durably; also raises BadRequest, Conflict.

        A write whose answer got lost is tried again, and finds itself there: that is no conflict.
        """
        kept, stamp = fit(records), secrets.token_hex(8)
        puts = [put(self._table, each, stamp, self._now()) for each in kept]
        with asking(_WRITE, "to keep records"), self._reaching():
            try:
                self._put(puts)
            except ClientError as error:
                reasons = _reasons(error)
                if any(reason.get("Item", {}).get("stamp") == {"S": stamp} for reason in reasons):
                    return
                if told := _told(reasons, kept):
                    raise told from error
                raise

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        """The first records of a lane, behind `after`; also raises BadRequest."""
        fit_lane(lane)
        behind = place(after.rank, after.id) if after else ""
        found: list[Record] = []
        more = True
        while more and len(found) < limit:
            # What expired or moved away is still in the index for a while: a few more than are needed.
            keys, more = self._keys(lane, behind, min(max(limit - len(found), _FEW), AT_ONCE))
            behind = keys[-1][1] if keys else behind
            there = {each.id: each for each in self._get([name for name, _ in keys])}
            found += [
                there[name] for name, where in keys if name in there and _stands(there[name], lane, where)
            ]
        return found[: max(limit, 0)]

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def _put(self, puts: Sequence[Mapping[str, Any]]) -> None:
        if len(puts) == 1:
            self._client.put_item(**puts[0])
        elif puts:
            self._client.transact_write_items(TransactItems=[{"Put": each} for each in puts])

    def _get(self, ids: Sequence[str]) -> list[Record]:
        pauses = iter(_PAUSES)
        items: list[Item] = []
        keys: Sequence[Item] = [{"id": {"S": each}} for each in ids]
        while keys:
            got, keys = self._get_some(keys)
            items += got
            if keys and not got:  # where some came, the answer was only too long
                self._rest(next(pauses))
        now = self._now()
        return [record(item) for item in items if "ends" not in item or int(item["ends"]["N"]) >= now]

    def _get_some(self, keys: Sequence[Item]) -> tuple[list[Item], list[Item]]:
        """Some of the items, and the keys of those that DynamoDB has yet to give."""
        asked = {self._table: {"Keys": keys, "ConsistentRead": True}}
        with asking(_READ, "for records"), self._reaching():
            answer = self._client.batch_get_item(RequestItems=asked)
        left = answer.get("UnprocessedKeys", {}).get(self._table, {})
        return answer["Responses"].get(self._table, []), left.get("Keys", [])

    def _keys(self, lane: str, behind: str, limit: int) -> tuple[list[tuple[str, str]], bool]:
        """(id, place) of the first in a lane, behind a place, and whether there are more."""
        condition, values = "#lane = :lane", {":lane": {"S": lane}}
        names = {"#lane": "lane"}
        if behind:
            condition += " AND #place > :behind"
            values |= {":behind": {"S": behind}}
            names |= {"#place": "place"}
        with asking(_QUERY, "for a lane's records"), self._reaching():
            answer = self._client.query(
                TableName=self._table,
                IndexName=INDEX,
                KeyConditionExpression=condition,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
                Limit=limit,
            )
        return [
            (each["id"]["S"], each["place"]["S"]) for each in answer["Items"]
        ], "LastEvaluatedKey" in answer

    def _rest(self, seconds: float | None) -> None:
        if seconds is None:
            raise refusal("ThrottlingException", "", action=_READ)
        self._pause(seconds)

    def _now(self) -> int:
        return microseconds(self._clock())

    def _reaching(self) -> AbstractContextManager[None]:
        return reaching(self._table, self._client.meta.region_name)


def _stands(found: Record, lane: str, where: str) -> bool:
    return found.lane == lane and place(found.rank, found.id) == where


def _reasons(error: ClientError) -> Sequence[Mapping[str, Any]]:
    """Why it was refused, one for each record: `Code`, and `Item` as it is there instead."""
    response: Any = error.response
    alone = {"Code": response.get("Error", {}).get("Code"), "Item": response.get("Item", {})}
    return response.get("CancellationReasons") or [alone]


def _told(reasons: Sequence[Mapping[str, Any]], kept: Sequence[Kept]) -> NoroshiError | None:
    codes = [reason.get("Code") for reason in reasons]
    for code, each in zip(codes, kept, strict=False):
        if code in _CHANGED:
            return conflict(each.record.id)
    return refusal("ThrottlingException", "", action=_WRITE) if _TOO_OFTEN.intersection(codes) else None
