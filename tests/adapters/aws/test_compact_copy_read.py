"""Days that were copied on a true Athena (the stand-in's), and only read since: one world for all of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.compact_partitions import Copy
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.session import client, make_session
from bot.core.span import Span
from bot.errors import BadRequest
from bot.trail.compaction import made_of
from bot.trail.sources import Part, Sources
from bot.trail.who_accessed import who_accessed
from tests.adapters.aws.compact_steps import (
    DAYS,
    WEEK,
    Broken,
    Clients,
    ask,
    compacting,
    copies,
    fresh_engine,
    silent,
    states,
    uncopied,
)
from tests.aws_world import NOW


@pytest.fixture(scope="module")
def world():
    with uncopied() as made:
        yield made


@pytest.fixture(scope="module")
def session(world):
    with pytest.MonkeyPatch.context() as environment:
        for name, value in world.aws.environment().items():
            environment.setenv(name, value)
        yield make_session()


@pytest.fixture(scope="module")
def engine(session):
    return fresh_engine(session)


@pytest.fixture(scope="module")
def before(engine):
    """The answer of the log files alone."""
    return ask(engine)


@pytest.fixture(scope="module")
def made(session, before):
    """What the run told that copied every day: nothing may be written after it."""
    return compacting(Clients(session)).compact(silent, None)


@pytest.fixture
def clients(session):
    return Clients(session)


@pytest.fixture
def compactor(clients):
    return compacting(clients)


def test_each_day_that_is_over_is_made_once_newest_first(compactor, made, world):
    first, second = made, compactor.compact(silent, None)

    assert states(first) == {NOW.date(): "too-early"} | dict.fromkeys(DAYS, "made")
    assert [one.day for one in first.days if one.state == "made"] == DAYS
    assert states(second) == {NOW.date(): "too-early"} | dict.fromkeys(DAYS[:3], "kept")
    made = first.days[1]
    assert (made.files, made.bytes_read) == (4, world.size_of("/2026/09/07/"))
    assert made.cost_usd == 0.00005
    assert made.bytes_written == copies(world)[DAYS[0]].size > 0


def test_raw_and_compact_answer_the_same_in_one_statement(before, made, engine):
    after = ask(engine)

    assert after.rows == before.rows
    assert "cloudtrail_compact" not in before.receipt.sql
    assert "FROM noroshi.cloudtrail_compact" in after.receipt.sql
    assert "FROM noroshi.cloudtrail\n" in after.receipt.sql
    assert [one.code for one in after.caveats] == [one.code for one in before.caveats]


def test_a_window_that_is_copied_whole_reads_no_raw_file_and_calls_nothing_blind(made, engine):
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


def test_since_looks_at_every_day_from_there(compactor, made):
    assert states(compactor.compact(silent, date(2026, 9, 3))) == {NOW.date(): "too-early"} | dict.fromkeys(
        DAYS, "kept"
    )
    assert states(compactor.compact(silent, date(2026, 9, 7))) == {
        NOW.date(): "too-early",
        DAYS[0]: "kept",
    }


def test_a_day_without_files_is_listed_once_and_read_raw(compactor, made, engine, world):
    assert copies(world)[date(2026, 9, 1)].size == 0
    assert date(2026, 9, 1) not in states(compactor.compact(silent, None))
    assert "cloudtrail_compact" in ask(engine).receipt.sql


def test_a_question_is_answered_raw_where_glue_refuses_the_copys_days(clients, made, session):
    refusing = client("glue", session=session)
    engine = AthenaEngine(AthenaSettings(workgroup="noroshi", poll_seconds=0.02), session=session)
    clients.refuse("get_partitions")
    engine.__dict__["_glue"] = Broken(refusing, clients._broken)
    answer = ask(engine)

    assert "cloudtrail_compact" not in answer.receipt.sql
    assert sum(row["calls"] for row in answer.rows) == 241


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
