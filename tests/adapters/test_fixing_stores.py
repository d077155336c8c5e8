"""A fix on record, in every store: however many approve at once it is put once, and a restart forgets nothing."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.dynamodb import DynamoStore
from bot.adapters.sqlite import SqliteStore
from bot.core.problem import Mark
from bot.core.told import Patience
from bot.embedded.aws.dynamodb import mount_dynamodb
from bot.errors import BadRequest, Conflict
from bot.pipeline import Ledger
from bot.pipeline.fixing import Fixing
from tests.pipeline.small_fix import BUCKET, Settings

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
AT_ONCE = 6
_tables = itertools.count()


@pytest.fixture(scope="module")
def aws(session):
    mount_dynamodb()
    return session


@pytest.fixture(params=["sqlite", "dynamodb"])
def replica(request, tmp_path):
    """Makes one more process over the same store and the same bucket; gives its way to fix, too."""
    settings = Settings()
    with ExitStack() as opened:
        if request.param == "dynamodb":
            table, session = f"fixes-{next(_tables)}", request.getfixturevalue("aws")
            DynamoStore(table, session=session).create_table()
            stores = (DynamoStore(table, session=session, clock=lambda: NOW) for _ in itertools.count())
        else:
            path = tmp_path / "noroshi.db"
            stores = (
                opened.enter_context(closing(SqliteStore(path, clock=lambda: NOW))) for _ in itertools.count()
            )

        def made():
            ledger = Ledger(next(stores), Patience(), lambda: NOW)
            return Fixing(ledger, settings, settings.look, lambda _channel: None, timedelta(hours=1)), ledger

        made.settings = settings
        yield made


def mark(user):
    return Mark(user, user.lower(), NOW)


def asked(replica):
    fixing, _ = replica()
    return fixing.ask("block", BUCKET, "a partner left", mark("U0MIKA"), "#security")


def at_once(replica, act):
    """All replicas press at the same moment; gives what came of each."""
    fixers = [replica()[0] for _ in range(AT_ONCE)]
    ready = threading.Barrier(AT_ONCE)

    def press(number):
        ready.wait(10)
        try:
            return act(fixers[number], mark(f"U0APPROVER{number}")).state
        except (BadRequest, Conflict) as error:
            return error.type

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, range(AT_ONCE)))


def test_of_many_who_approve_at_once_one_does(replica):
    request = asked(replica)

    came = at_once(replica, lambda fixing, who: fixing.apply(request.id, who))

    assert came.count("applied") == 1
    assert len(replica.settings.puts) == 1


def test_of_many_who_take_it_back_at_once_one_does(replica):
    request = asked(replica)
    replica()[0].apply(request.id, mark("U0BEN"))

    came = at_once(replica, lambda fixing, who: fixing.undo(request.id, who))

    assert came.count("undone") == 1
    assert [value for _, value in replica.settings.puts] == [request.change.after, None]


def test_another_process_knows_all_of_it(replica):
    request = asked(replica)
    replica()[0].apply(request.id, mark("U0BEN"))

    kept = replica()[1].find(request.id).thing

    assert (kept.state, kept.decided, kept.change, kept.by) == (
        "applied",
        mark("U0BEN"),
        request.change,
        request.by,
    )
