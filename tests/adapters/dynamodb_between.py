"""What stands between a store and DynamoDB, and answers in its place."""

import io
import json
from typing import Any

from botocore.awsrequest import AWSResponse

from bot.adapters.dynamodb import DynamoStore


class Body(io.BytesIO):
    def stream(self, **_: Any):
        yield self.read()


class Between:
    """Stands between a store and AWS: sees what is asked, and may answer in AWS's place, once each."""

    def __init__(self, store: DynamoStore) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._events = store._client.meta.events
        self._answers: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self._events.register("before-send.dynamodb", self._send)

    def answer(self, operation: str, answer: dict[str, Any], status: int = 200) -> None:
        self._answers.setdefault(operation, []).append((status, answer))

    def refuse(self, operation: str, code: str, message: str = "", **more: Any) -> None:
        error = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message, **more}
        self.answer(operation, error, 400)

    def lose_answer(self, operation: str) -> None:
        """Let the next answer get lost on its way: botocore asks a second time."""
        left = [0]
        self._events.register_first(
            f"needs-retry.dynamodb.{operation}", lambda **_: left.pop() if left else None
        )

    def _send(self, request: Any, **_: Any) -> AWSResponse | None:
        operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
        self.asked.append((operation, json.loads(request.body)))
        if not self._answers.get(operation):
            return None
        status, answer = self._answers[operation].pop(0)
        return AWSResponse(request.url, status, {}, Body(json.dumps(answer).encode()))


def item_of(store: DynamoStore, record_id: str) -> dict[str, Any]:
    asked = {store._table: {"Keys": [{"id": {"S": record_id}}]}}
    (item,) = store._client.batch_get_item(RequestItems=asked)["Responses"][store._table]
    return item
