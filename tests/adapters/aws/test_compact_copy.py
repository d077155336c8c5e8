"""The compact copy on a true Athena (the stand-in's): made, kept, mended, never read half, and answering the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from botocore.exceptions import ClientError

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
from bot.adapters.aws.compact_partitions import CompactTable, Copy
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.glue_tables import make_compact
from bot.adapters.aws.session import client, make_session
from bot.core.span import Span
from bot.embedded.aws import HOME, PROD
from bot.errors import BadRequest, NotConfigured
from bot.trail.compaction import made_of
from bot.trail.sources import Part, Sources
from bot.trail.who_accessed import who_accessed
from tests.aws_world import LOGS, NOW, furnished, key_of, packed, record

PLACE = "s3://acme-compact/noroshi/"
WEEK = Span(NOW - timedelta(days=7), NOW)
LATER = NOW + timedelta(days=1)
DAYS = [date(2026, 9, day) for day in (7, 6, 5, 4, 3)]
"""The days that are over and hold files, newest first."""


def silent(_):
    pass


class Clients:
    """boto3's clients by service; `break_` lets one operation of one fail."""

    def __init__(self, session):
        self._session = session
        self._broken = {}

    def __call__(self, service):
        made = client(service, session=self._session)
        return Broken(made, self._broken) if self._broken else made

    def refuse(self, operation, code="AccessDeniedException", message=""):
        self._broken[operation] = ClientError({"Error": {"Code": code, "Message": message}}, operation)

    def kill(self, operation):
        self._broken[operation] = Killed()

    def mend(self):
        self._broken.clear()


class Killed(BaseException):
    """The process is gone."""


class Broken:
    def __init__(self, made, broken):
        self._made, self._broken = made, broken

    def __getattr__(self, name):
        if name in self._broken:

            def fail(**_):
                raise self._broken[name]

            return fail
        return getattr(self._made, name)


@pytest.fixture
def world():
    with furnished(first_day=date(2026, 9, 1)) as made:
        made.aws.make_bucket("acme-compact")
        make_compact(made.client("glue"), "noroshi", "cloudtrail", PLACE)
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
    """One that looks at Glue for each question anew."""
    return AthenaEngine(
        AthenaSettings(workgroup="noroshi", poll_seconds=0.02), session=session, clock=count(0, 1000).__next__
    )


def compacting(clients, now=NOW, **more):
    given = {"database": "noroshi", "table": "cloudtrail", "workgroup": "noroshi", "compact_location": PLACE}
    return AthenaCompactor(CompactSettings(**given | {"poll_seconds": 0.02} | more), clients, now=lambda: now)


def states(compacted):
    return {one.day: one.state for one in compacted.days}


def copies(world):
    return CompactTable(world.client("glue"), "noroshi", "cloudtrail").copies()


def parquet(world):
    return [
        one["Key"] for one in world.client("s3").list_objects_v2(Bucket="acme-compact").get("Contents", [])
    ]


def ask(engine):
    return engine.run(who_accessed("acme-payroll", WEEK), silent)


def late(world):
    at = NOW - timedelta(days=1, hours=2)
    body = packed([record(7777, at, PROD.id, HOME)])
    world.aws.put_logs(LOGS, [(key_of(PROD.id, HOME, at, "late"), body)])


def test_each_day_that_is_over_is_made_once_newest_first(compactor, world):
    first, second = compactor.compact(silent, None), compactor.compact(silent, None)

    assert states(first) == {NOW.date(): "too-early"} | dict.fromkeys(DAYS, "made")
    assert [one.day for one in first.days if one.state == "made"] == DAYS
    assert states(second) == {NOW.date(): "too-early"} | dict.fromkeys(DAYS[:3], "kept")
    made = first.days[1]
    assert (made.files, made.bytes_read) == (4, world.size_of("/2026/09/07/"))
    assert made.cost_usd == 0.00005
    assert made.bytes_written == copies(world)[DAYS[0]].size > 0


def test_raw_and_compact_answer_the_same_in_one_statement(compactor, engine):
    before = ask(engine)
    compactor.compact(silent, None)
    after = ask(engine)

    assert after.rows == before.rows
    assert "cloudtrail_compact" not in before.receipt.sql
    assert "FROM noroshi.cloudtrail_compact" in after.receipt.sql
    assert "FROM noroshi.cloudtrail\n" in after.receipt.sql
    assert [one.code for one in after.caveats] == [one.code for one in before.caveats]


def test_a_window_that_is_copied_whole_reads_no_raw_file_and_calls_nothing_blind(compactor, engine, world):
    compactor.compact(silent, None)
    span = Span(datetime(2026, 9, 3, tzinfo=UTC), datetime(2026, 9, 6, tzinfo=UTC))
    found = engine.run(who_accessed("acme-payroll", span), silent)
    nobody = engine.run(who_accessed("acme-nowhere", span), silent)

    assert "FROM noroshi.cloudtrail\n" not in found.receipt.sql
    assert sum(row["calls"] for row in found.rows) == 3 * 40
    assert nobody.rows == ()
    assert not [one for one in nobody.caveats if one.weight == "blind"]


def test_a_copy_whose_statistics_rule_everything_out_is_not_called_blind(engine):
    raw = Part("noroshi.cloudtrail", ())
    copied = Sources(raw, compact=Part("noroshi.cloudtrail_compact", (date(2026, 9, 3),)))
    told = [
        engine._caveats(who_accessed("b", WEEK), Reach(), sources, Watch(None, 1, silent), found=False)
        for sources in (copied, Sources(raw))
    ]

    assert [[one.code for one in caveats] for caveats in told] == [[], ["nothing-scanned"]]


@pytest.mark.parametrize(
    ("less", "stands"),
    [
        ({}, True),
        ({"size": 0}, False),
        ({"mark": "another:form"}, False),
        ({"accounts": ()}, False),
        ({"regions": ("eu-west-1",)}, False),
        ({"accounts": ("1", "2")}, True),
        ({"day": date(2026, 8, 31)}, False),
    ],
)
def test_a_copy_stands_for_the_raw_day_only_if_it_has_all_of_it(less, stands):
    reach = Reach("", ("1",), ("eu-west-1", "us-east-1"), date(2026, 9, 1))
    whole = Copy(date(2026, 9, 2), "s3://a/", made_of([]), 4, 9, reach.accounts, reach.regions)

    assert replace(whole, **less).stands_for(reach) is stands


def test_a_file_that_came_late_is_caught_up(compactor, engine, world):
    compactor.compact(silent, None)
    old = copies(world)[DAYS[0]]
    late(world)
    again = compactor.compact(silent, None)

    assert states(again)[DAYS[0]] == "made"
    assert states(again)[DAYS[1]] == "kept"
    assert copies(world)[DAYS[0]].location != old.location
    assert sum(row["calls"] for row in ask(engine).rows) == 242


def test_since_looks_at_every_day_from_there(compactor):
    compactor.compact(silent, None)

    assert states(compactor.compact(silent, date(2026, 9, 3))) == {NOW.date(): "too-early"} | dict.fromkeys(
        DAYS, "kept"
    )
    assert states(compactor.compact(silent, date(2026, 9, 7))) == {
        NOW.date(): "too-early",
        DAYS[0]: "kept",
    }


@pytest.mark.parametrize("operation", ["create_partition", "get_query_execution"])
def test_a_run_killed_on_the_way_leaves_nothing_that_is_read_and_the_next_one_makes_the_day(
    clients, compactor, engine, world, operation
):
    before = ask(engine).rows
    clients.kill(operation)
    with pytest.raises(Killed):
        compactor.compact(silent, date(2026, 9, 7))
    halfway = ask(engine)
    clients.mend()
    done = compactor.compact(silent, date(2026, 9, 7))

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
            other.compact(silent, date(2026, 9, 7))

    ours = compactor.compact(between, date(2026, 9, 7))

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
        compactor.compact(silent, None)
        late(world)
    clients.refuse(operation)
    done = [one for one in compactor.compact(silent, None).days if one.state != "too-early"]

    assert [one.state for one in done] == ["failed"]
    assert action in done[0].why
    assert done[0].cost_usd > 0


def test_a_day_that_would_cost_too_much_is_not_read(clients, world):
    done = compacting(clients, refuse_above_usd=0.00001).compact(silent, date(2026, 9, 7)).days[-1]

    assert (done.state, done.cost_usd) == ("failed", 0.0)
    assert "NOROSHI_TRAIL__REFUSE_ABOVE_USD" in done.why
    assert parquet(world) == []


def test_a_large_day_is_copied_in_shares_that_add_up(clients, engine, world):
    before = ask(engine).rows
    size = world.size_of("/2026/09/07/")
    done = compacting(clients, most_bytes=size // 3).compact(silent, None)

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
    compactor.compact(silent, None)
    late(world)
    compactor.compact(silent, None)
    keep = {copy.location.removeprefix("s3://acme-compact/") for copy in copies(world).values()}
    world.client("s3").put_object(Bucket="acme-compact", Key="noroshi/day=2026-09-07/mine/a", Body=b"x")
    written = max(
        one["LastModified"] for one in world.client("s3").list_objects_v2(Bucket="acme-compact")["Contents"]
    )
    young = compacting(clients, written + timedelta(hours=23)).compact(silent, date(2999, 1, 1))
    six = len(parquet(world))
    clients.refuse("delete_objects")
    refused = compacting(clients, written + timedelta(hours=25)).compact(silent, date(2999, 1, 1))
    clients.mend()
    compacting(clients, written + timedelta(hours=25)).compact(silent, date(2999, 1, 1))

    assert (young.caveats, six) == ((), 7)
    assert refused.caveats[0].code == "copies-left-over"
    assert "s3:DeleteObject" in refused.caveats[0].message
    assert len(parquet(world)) == 6
    assert all(key.endswith("/mine/a") or any(key.startswith(one) for one in keep) for key in parquet(world))
    assert sum(row["calls"] for row in ask(engine).rows) == 242


def test_a_day_without_files_is_listed_once_and_read_raw(compactor, engine, world):
    compactor.compact(silent, None)

    assert copies(world)[date(2026, 9, 1)].size == 0
    assert date(2026, 9, 1) not in states(compactor.compact(silent, None))
    assert "cloudtrail_compact" in ask(engine).receipt.sql


def test_a_question_is_answered_raw_where_glue_refuses_the_copys_days(clients, compactor, session, world):
    compactor.compact(silent, None)
    refusing = client("glue", session=session)
    engine = AthenaEngine(AthenaSettings(workgroup="noroshi", poll_seconds=0.02), session=session)
    clients.refuse("get_partitions")
    engine.__dict__["_glue"] = Broken(refusing, clients._broken)
    answer = ask(engine)

    assert "cloudtrail_compact" not in answer.receipt.sql
    assert sum(row["calls"] for row in answer.rows) == 241


def test_an_older_copy_with_fewer_columns_is_not_read(compactor, engine, world):
    compactor.compact(silent, None)
    glue = world.client("glue")
    table = glue.get_table(DatabaseName="noroshi", Name="cloudtrail_compact")["Table"]
    table["StorageDescriptor"]["Columns"] = table["StorageDescriptor"]["Columns"][:-1]
    kept = ("Name", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters")
    glue.update_table(DatabaseName="noroshi", TableInput={key: table[key] for key in kept})

    assert "cloudtrail_compact" not in ask(engine).receipt.sql
    with pytest.raises(NotConfigured, match="without details"):
        compactor.compact(silent, None)


@pytest.mark.parametrize(
    "place",
    [
        "s3://acme-compact/x' WITH (format='CSV') --/",
        "s3://acme-compact/a b/",
        "/tmp/x",
        "s3://a/\n/",
        "s3://",
    ],
)
def test_a_place_that_could_end_the_sql_text_is_refused_before_anything_is_asked(clients, place):
    with pytest.raises(BadRequest, match="no place"):
        compacting(clients, compact_location=place).compact(silent, None)


def test_without_a_place_or_a_table_the_next_step_is_told(clients, world):
    with pytest.raises(NotConfigured, match="no place") as unset:
        compacting(clients, compact_location=None).compact(silent, None)
    world.client("glue").delete_table(DatabaseName="noroshi", Name="cloudtrail_compact")
    with pytest.raises(NotConfigured, match="There is no table noroshi") as missing:
        compacting(clients).compact(silent, None)

    assert "NOROSHI_TRAIL__COMPACT_LOCATION" in unset.value.hint
    assert "noroshi setup trail" in missing.value.hint
