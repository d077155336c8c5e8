"""moto's DynamoDB, made fit for several askers: one call at a time, and transactions that touch only their items.

moto looks at a condition and then writes, so of two threads both may win; and it undoes a transaction by
putting back a copy of the whole table, which takes others' writes along and a second for some thousand items.
"""

import copy
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import moto.dynamodb.urls
from moto.core.responses import ActionResult
from moto.dynamodb.comparisons import get_filter_expression
from moto.dynamodb.exceptions import (
    MockValidationException,
    MultipleTransactionsException,
    TooManyTransactionsException,
    TransactionCanceledException,
)
from moto.dynamodb.responses import DynamoHandler, validate_put_has_empty_keys

_AT_ONCE = 100
_TURN = threading.RLock()
_FAILED = ("ConditionalCheckFailed", "The conditional request failed")
_PASSED = (None, None, None)


class DynamoDB(DynamoHandler):
    """DynamoDB's answers."""

    def call_action(self) -> Any:
        """Answer a call when all before it are answered."""
        with _TURN:
            return super().call_action()

    def transact_write_items(self) -> Any:
        """All of some puts, or none and a reason for each; other writes are not served."""
        asked = self.body["TransactItems"]
        if len(asked) > _AT_ONCE:
            raise TooManyTransactionsException
        if any(list(each) != ["Put"] for each in asked):
            raise MockValidationException("The AWS stand-in serves transactions of Put only.")
        puts = [each["Put"] for each in asked]
        self._check(puts)
        reasons = [self._reason(put) for put in puts]
        if any(code for code, *_ in reasons):
            raise TransactionCanceledException(reasons)
        for put in puts:
            self.dynamodb_backend.put_item(put["TableName"], put["Item"], overwrite=True)
        return ActionResult({})

    def _check(self, puts: Sequence[Mapping[str, Any]]) -> None:
        """Refuse whole what DynamoDB refuses before it looks at any condition, so that no put fails later."""
        for put in puts:
            table = self.dynamodb_backend.get_table(put["TableName"])
            validate_put_has_empty_keys(put["Item"], table)
            _try(table, put["Item"])
        if len({(put["TableName"], str(self._key(put))) for put in puts}) < len(puts):
            raise MultipleTransactionsException

    def _reason(self, put: Mapping[str, Any]) -> tuple[str | None, str | None, Any]:
        current = self.dynamodb_backend.get_item(put["TableName"], self._key(put))
        condition = get_filter_expression(
            put.get("ConditionExpression"),
            put.get("ExpressionAttributeNames"),
            put.get("ExpressionAttributeValues"),
        )
        if condition.expr(current):
            return _PASSED
        told = current and put.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
        return (*_FAILED, current.to_json()["Attributes"] if told else None)

    def _key(self, put: Mapping[str, Any]) -> dict[str, Any]:
        table = self.dynamodb_backend.get_table(put["TableName"])
        return {name: put["Item"].get(name) for name in table.table_key_attrs}


def _try(table: Any, item: Mapping[str, Any]) -> None:
    """Put the item into an empty twin of the table; raises what moto has against it."""
    twin = copy.copy(table)
    twin.items, twin.stream_shard = defaultdict(dict), None
    twin.put_item(item, overwrite=True)


def mount_dynamodb() -> None:
    """Answer DynamoDB's calls with these, before the first request."""
    moto.dynamodb.urls.url_paths["{0}/"] = DynamoDB.dispatch
