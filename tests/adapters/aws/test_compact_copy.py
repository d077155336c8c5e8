"""The compact copy on a true Athena (the stand-in's): made, kept, mended, never read half; each test has its own world."""

from datetime import date, timedelta

import pytest

from bot.adapters.aws.session import make_session
from bot.embedded.aws import HOME, PROD
from bot.errors import NotConfigured
from tests.adapters.aws.compact_steps import (
    DAYS,
    Clients,
    Killed,
    ask,
    compacting,
    copies,
    fresh_engine,
    parquet,
    silent,
    states,
    uncopied,
)
from tests.aws_world import LOGS, NOW, key_of, packed, record

NEWEST = DAYS[0]
"""From where the tests look that need no more than one day's copy."""


@pytest.fixture
def world():
    with uncopied() as made:
        yield made


@pytest.fixture
def session(world, monkeypatch):
    for name, value in world.aws.environment().items():
        monkeypatch.setenv(name, value)
    return make_session()


@pytest.fixture
def clients(session):
    return Clients(session)


@pytest.fixture
def compactor(clients):
    return compacting(clients)


@pytest.fixture
def engine(session):
    return fresh_engine(session)


def late(world):
    at = NOW - timedelta(days=1, hours=2)
    body = packed([record(7777, at, PROD.id, HOME)])
    world.aws.put_logs(LOGS, [(key_of(PROD.id, HOME, at, "late"), body)])


def test_a_file_that_came_late_is_caught_up(compactor, engine, world):
    compactor.compact(silent, DAYS[1])
    old = copies(world)[DAYS[0]]
    late(world)
    again = compactor.compact(silent, DAYS[1])

    assert states(again)[DAYS[0]] == "made"
    assert states(again)[DAYS[1]] == "kept"
    assert copies(world)[DAYS[0]].location != old.location
    assert sum(row["calls"] for row in ask(engine).rows) == 242


@pytest.mark.parametrize("operation", ["create_partition", "get_query_execution"])
def test_a_run_killed_on_the_way_leaves_nothing_that_is_read_and_the_next_one_makes_the_day(
    clients, compactor, engine, world, operation
):
    before = ask(engine).rows
    clients.kill(operation)
    with pytest.raises(Killed):
        compactor.compact(silent, NEWEST)
    halfway = ask(engine)
    clients.mend()
    done = compactor.compact(silent, NEWEST)

    assert halfway.rows == before
    assert "cloudtrail_compact" not in halfway.receipt.sql
    assert states(done)[DAYS[0]] == "made"
    assert ask(engine).rows == before


def test_of_two_at_once_one_copy_stands_and_the_other_is_dropped(clients, compactor, engine, world):
    other = compacting(clients)
    entered = []

    def between(words):
        if "Athena is copying" in words and not entered:
            entered.append(words)
            other.compact(silent, NEWEST)

    ours = compactor.compact(between, NEWEST)

    assert entered
    assert states(ours)[DAYS[0]] == "kept"
    standing = copies(world)[DAYS[0]].location
    assert len({key.rpartition("/")[0] for key in parquet(world)}) == 2
    assert sum(standing.removeprefix("s3://acme-compact/") in key for key in parquet(world)) >= 1
    assert sum(row["calls"] for row in ask(engine).rows) == 241


@pytest.mark.parametrize(
    ("operation", "action", "twice"),
    [("create_partition", "glue:CreatePartition", False), ("update_partition", "glue:UpdatePartition", True)],
)
def test_a_refusal_to_register_names_the_action_and_pays_for_no_second_day(
    clients, compactor, world, operation, action, twice
):
    if twice:
        compactor.compact(silent, NEWEST)
        late(world)
    clients.refuse(operation)
    done = [one for one in compactor.compact(silent, None).days if one.state != "too-early"]

    assert [one.state for one in done] == ["failed"]
    assert action in done[0].why
    assert done[0].cost_usd > 0


def test_a_day_that_would_cost_too_much_is_not_read(clients, world):
    done = compacting(clients, refuse_above_usd=0.00001).compact(silent, NEWEST).days[-1]

    assert (done.state, done.cost_usd) == ("failed", 0.0)
    assert "NOROSHI_TRAIL__REFUSE_ABOVE_USD" in done.why
    assert parquet(world) == []


def test_a_large_day_is_copied_in_shares_that_add_up(clients, engine, world):
    before = ask(engine).rows
    size = world.size_of("/2026/09/07/")
    done = compacting(clients, most_bytes=size // 3).compact(silent, NEWEST)

    assert (done.days[1].day, done.days[1].bytes_read) == (DAYS[0], size)
    folders = {key.rpartition("/")[0] for key in parquet(world) if "day=2026-09-07" in key}
    assert len(folders) == 4
    assert ask(engine).rows == before


def test_a_copy_is_not_read_for_an_account_that_it_does_not_cover_until_it_was_looked_for(
    clients, compactor, engine, world
):
    compactor.compact(silent, None)
    glue = world.client("glue")
    table = glue.get_table(DatabaseName="noroshi", Name="cloudtrail")["Table"]
    table["Parameters"]["projection.account.values"] += ",999988887777"
    kept = ("Name", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters")
    glue.update_table(DatabaseName="noroshi", TableInput={key: table[key] for key in kept})
    before = ask(engine).receipt.sql
    again = compactor.compact(silent, None)

    assert "cloudtrail_compact" not in before
    assert set(states(again).values()) == {"too-early", "kept"}
    assert len(again.days) == 6
    assert "cloudtrail_compact" in ask(engine).receipt.sql


def test_what_nobody_reads_goes_after_a_day_and_what_is_read_stays(clients, compactor, engine, world):
    compactor.compact(silent, NEWEST)
    late(world)
    compactor.compact(silent, NEWEST)
    keep = {copy.location.removeprefix("s3://acme-compact/") for copy in copies(world).values()}
    world.client("s3").put_object(Bucket="acme-compact", Key="noroshi/day=2026-09-07/mine/a", Body=b"x")
    written = max(
        one["LastModified"] for one in world.client("s3").list_objects_v2(Bucket="acme-compact")["Contents"]
    )
    young = compacting(clients, written + timedelta(hours=23)).compact(silent, date(2999, 1, 1))
    left = len(parquet(world))
    clients.refuse("delete_objects")
    refused = compacting(clients, written + timedelta(hours=25)).compact(silent, date(2999, 1, 1))
    clients.mend()
    compacting(clients, written + timedelta(hours=25)).compact(silent, date(2999, 1, 1))

    assert (young.caveats, left) == ((), 3)
    assert refused.caveats[0].code == "copies-left-over"
    assert "s3:DeleteObject" in refused.caveats[0].message
    assert len(parquet(world)) == 2
    assert all(key.endswith("/mine/a") or any(key.startswith(one) for one in keep) for key in parquet(world))
    assert sum(row["calls"] for row in ask(engine).rows) == 242


def test_an_older_copy_with_fewer_columns_is_not_read(compactor, engine, world):
    compactor.compact(silent, NEWEST)
    glue = world.client("glue")
    table = glue.get_table(DatabaseName="noroshi", Name="cloudtrail_compact")["Table"]
    table["StorageDescriptor"]["Columns"] = table["StorageDescriptor"]["Columns"][:-1]
    kept = ("Name", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters")
    glue.update_table(DatabaseName="noroshi", TableInput={key: table[key] for key in kept})

    assert "cloudtrail_compact" not in ask(engine).receipt.sql
    with pytest.raises(NotConfigured, match="without details"):
        compactor.compact(silent, None)


def test_without_a_place_or_a_table_the_next_step_is_told(clients, world):
    with pytest.raises(NotConfigured, match="no place") as unset:
        compacting(clients, compact_location=None).compact(silent, None)
    world.client("glue").delete_table(DatabaseName="noroshi", Name="cloudtrail_compact")
    with pytest.raises(NotConfigured, match="There is no table noroshi") as missing:
        compacting(clients).compact(silent, None)

    assert "NOROSHI_TRAIL__COMPACT_LOCATION" in unset.value.hint
    assert "noroshi setup trail" in missing.value.hint
