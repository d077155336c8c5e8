"""What AthenaEngine says a question would cost, and when it is answered for nothing."""

from datetime import timedelta

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.core.span import Span
from bot.embedded.aws import HOME, PROD
from bot.errors import QueryFailed
from bot.ports import TrailQuery
from bot.trail.questions import denied
from bot.trail.rows import Asked, rows
from bot.trail.who_accessed import who_accessed
from tests.aws_world import NOW

WEEK = Span(NOW - timedelta(days=7), NOW)
ENDLESS = "SELECT count(*) AS n FROM {table} a, {table} b, {table} c, {table} d, {table} e"


def silent(_):
    pass


def made(session, **settings):
    return AthenaEngine(AthenaSettings(workgroup="noroshi", poll_seconds=0.02, **settings), session=session)


@pytest.fixture
def reusing(session):
    return made(session, reuse_minutes=5)


@pytest.mark.parametrize("back", [1, 3, 7])
def test_what_is_estimated_is_what_athena_bills(engine, back):
    query = who_accessed("acme-payroll", Span(NOW - timedelta(days=back), NOW))

    estimate = engine.estimate(query, silent)
    receipt = engine.run(query, silent).receipt

    assert (estimate.bytes, estimate.usd) == (receipt.bytes_scanned, receipt.cost_usd)
    assert estimate.bytes > 0
    assert not estimate.at_most


def test_an_account_and_a_region_make_it_cheaper(engine, world):
    query = rows(Asked(WEEK, accounts=(PROD.id,), regions=(HOME,)), denied())

    estimate = engine.estimate(query, silent)

    assert estimate.bytes == engine.run(query, silent).receipt.bytes_scanned
    assert estimate.bytes == world.size_of(f"/{PROD.id}/", f"/{HOME}/")
    assert estimate.files == 7


def test_the_same_question_is_answered_from_the_earlier_result_for_nothing(reusing):
    query = who_accessed("acme-payroll", WEEK, "2026/1")
    first = reusing.run(query, silent)

    again = reusing.run(query, silent)

    assert again.rows == first.rows
    assert (again.receipt.bytes_scanned, again.receipt.cost_usd) == (0, 0.0)
    (caveat,) = [one for one in again.caveats if one.code == "reused"]
    assert caveat.message == "this is the answer of up to 5 min ago; nothing was read again"
    assert "reused" not in [one.code for one in first.caveats]


def test_nothing_found_is_never_an_earlier_answer(reusing):
    query = who_accessed("no-such-bucket", WEEK)
    reusing.run(query, silent)

    again = reusing.run(query, silent)

    assert again.receipt.bytes_scanned > 0
    assert "reused" not in [one.code for one in again.caveats]


def test_without_minutes_every_question_is_read_anew(engine):
    query = who_accessed("acme-payroll", WEEK)
    engine.run(query, silent)

    assert engine.run(query, silent).receipt.bytes_scanned > 0


def test_a_cancelled_query_tells_what_it_is_charged(session):
    late = made(session, timeout_seconds=0.2)

    with pytest.raises(QueryFailed) as caught:
        late.run(TrailQuery(ENDLESS.format(table=late.table), (), WEEK), silent)

    assert caught.value.cost_usd >= 0.00005
