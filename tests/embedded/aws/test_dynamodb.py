"""DynamoDB in the stand-in: of many askers one wins, and a transaction is all or nothing."""

import itertools
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws.dynamodb import mount_dynamodb

_tables = itertools.count()
NEW = "attribute_not_exists(id)"


class Table:
    def __init__(self, client) -> None:
        self.client = client
        self.name = f"table-{next(_tables)}"
        client.create_table(
            TableName=self.name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )

    def put(self, item_id: str, condition: str = NEW, **more: Any) -> dict[str, Any]:
        item = {"id": {"S": item_id}, **more}
        return {"TableName": self.name, "Item": item, "ConditionExpression": condition}

    def transact(self, *puts: dict[str, Any]) -> None:
        self.client.transact_write_items(TransactItems=[{"Put": put} for put in puts])

    def ids(self, *ids: str) -> list[str]:
        asked = {self.name: {"Keys": [{"id": {"S": each}} for each in ids], "ConsistentRead": True}}
        found = self.client.batch_get_item(RequestItems=asked)["Responses"][self.name]
        return sorted(item["id"]["S"] for item in found)


@pytest.fixture
def table(world):
    mount_dynamodb()
    return Table(world.client("dynamodb"))


def refusal(act) -> Any:
    with pytest.raises(ClientError) as caught:
        act()
    return caught.value.response


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that give way to each other at every turn, so that a race is found where there is one."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
def test_of_many_writers_one_wins(table):
    writers, rounds = 4, 100
    together = threading.Barrier(writers, timeout=60)

    def write(number: int) -> int:
        won = 0
        for turn in range(rounds):
            puts = [table.put(f"one {turn}"), table.put(f"{turn} of {number}")]
            together.wait()
            with suppress(ClientError):
                if number % 2:
                    table.client.put_item(**puts[0])
                else:
                    table.transact(*puts)
                won += 1
        return won

    with ThreadPoolExecutor(writers) as pool:
        assert sum(pool.map(write, range(writers))) == rounds


def test_a_cancelled_transaction_writes_nothing_and_gives_a_reason_for_each(table):
    table.client.put_item(**table.put("there", note={"S": "first"}))
    again = table.put("there") | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}

    told = refusal(lambda: table.transact(table.put("a"), again, table.put("there too")))

    assert told["Error"]["Code"] == "TransactionCanceledException"
    assert [reason["Code"] for reason in told["CancellationReasons"]] == [
        "None",
        "ConditionalCheckFailed",
        "None",
    ]
    assert told["CancellationReasons"][1]["Item"]["note"] == {"S": "first"}
    assert table.ids("a", "there too") == []


@pytest.mark.parametrize(
    "wrong",
    [
        lambda table: table.put("a"),
        lambda table: table.put(""),
        lambda table: table.put("x" * 2049),
        lambda table: table.put("big", body={"S": "x" * 410_000}),
        lambda table: table.put("number", n={"N": "many"}),
    ],
    ids=["twice", "no key", "long key", "large", "no number"],
)
def test_a_transaction_with_an_item_that_is_none_is_refused_whole(table, wrong):
    told = refusal(lambda: table.transact(table.put("a"), wrong(table)))

    assert told["Error"]["Code"] == "ValidationException"
    assert table.ids("a") == []


def test_more_than_a_hundred_are_refused(table):
    told = refusal(lambda: table.transact(*(table.put(f"{n}") for n in range(101))))

    assert told["Error"]["Code"] == "ValidationException"


def test_other_writes_of_a_transaction_are_not_served(table):
    delete = {"Delete": {"TableName": table.name, "Key": {"id": {"S": "a"}}}}
    told = refusal(lambda: table.client.transact_write_items(TransactItems=[delete]))

    assert "Put only" in told["Error"]["Message"]


def test_a_table_that_is_not_there_is_named_so(table):
    table.name = "nowhere"

    for act in (lambda: table.transact(table.put("a")), lambda: table.ids("a")):
        assert refusal(act)["Error"]["Code"] == "ResourceNotFoundException"
