"""Every store that there is, each behind the same tests."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from bot.adapters.dynamodb import DynamoStore
from bot.adapters.sqlite import SqliteStore
from bot.embedded.aws.dynamodb import mount_dynamodb
from tests.adapters.stores.stores import Clock, Place, tables


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def aws(session):
    mount_dynamodb()
    return session


@pytest.fixture(params=["sqlite", "dynamodb"])
def place(request, tmp_path, clock) -> Iterator[Place]:
    if request.param == "dynamodb":
        table = f"store-{next(tables)}"
        session = request.getfixturevalue("aws")
        DynamoStore(table, session=session).create_table()
        yield Place(lambda: DynamoStore(table, session=session, clock=clock), examples=10)
    else:
        with ExitStack() as opened:
            path = tmp_path / "noroshi.db"
            yield Place(lambda: opened.enter_context(closing(SqliteStore(path, clock=clock))), examples=100)


@pytest.fixture
def store(place):
    return place.open()
