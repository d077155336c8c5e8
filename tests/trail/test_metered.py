"""A question's price: asked about, refused, capped, booked."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.span import Span
from bot.core.view import Receipt
from bot.errors import AccessDenied, Costly, Forbidden, NotConfigured, QueryFailed, Upstream
from bot.ports import TrailQuery, TrailRows
from bot.trail.estimate import Estimate
from bot.trail.metered import Limits, MeteredEngine
from bot.trail.spending import Spending
from tests.fakes import FakeStore

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
QUERY = TrailQuery("SELECT 1", (), Span(NOW - timedelta(days=1), NOW))
MINE = "spent:2026-09-08:U1"
DEAR = Estimate(82_000_000_000, 0.4101, files=212)


class Engine:
    """Costs what it says, or fails; counts what it was asked."""

    table = "noroshi.cloudtrail"

    def __init__(self, estimate=DEAR, cost=0.4, error=None):
        self.estimated, self.cost, self.error = estimate, cost, error
        self.runs, self.looks = 0, 0

    def estimate(self, query, progress):
        self.looks += 1
        if isinstance(self.estimated, Exception):
            raise self.estimated
        return self.estimated

    def run(self, query, progress):
        self.runs += 1
        if self.error:
            raise self.error
        return TrailRows(({"n": 1},), Receipt("athena", 1.0, 1, self.cost))


class Asked:
    """One engine, its book, and what a run said while it went."""

    def __init__(self, engine, limits, up_to=None):
        self.engine, self.store, self.told = engine, FakeStore(NOW), []
        self.metered = MeteredEngine(engine, limits, Spending(lambda: self.store, lambda: NOW), "U1", up_to)

    def run(self):
        return self.metered.run(QUERY, self.told.append)

    @property
    def spent(self):
        return self.store.records[MINE].body["usd"]


def test_a_dear_question_is_asked_about_before_it_runs():
    asked = Asked(Engine(), Limits(ask_above_usd=0.1))

    with pytest.raises(Costly) as caught:
        asked.run()

    error = caught.value
    assert error.message == "This question would read about 82 GB in 212 files, for about $0.41."
    assert error.hint == "Narrow it: --since, --account, --region; or say --up-to 0.42"
    assert (error.usd, error.bytes) == (0.4101, 82_000_000_000)
    assert asked.engine.runs == 0


@pytest.mark.parametrize(("up_to", "runs"), [(0.42, 1), (0.41, 0), (float("nan"), 0), (-1, 0)])
def test_a_yes_holds_up_to_its_price(up_to, runs):
    asked = Asked(Engine(), Limits(ask_above_usd=0.1), up_to)

    with contextlib.suppress(Costly):
        asked.run()

    assert asked.engine.runs == runs


def test_what_is_read_and_what_it_costs_is_told_before_it_runs():
    asked = Asked(Engine(Estimate(41_000_000, 0.0002, 212)), Limits(ask_above_usd=1))

    asked.run()

    assert asked.told == ["Reading about 41 MB in 212 files: about $0.0002…"]


def test_the_copy_counts_whole_so_the_words_say_at_most():
    asked = Asked(Engine(Estimate(41_000_000, 0.0002, 1, 6, at_most=True)), Limits(ask_above_usd=1))

    asked.run()

    assert asked.told == ["Reading at most 41 MB in 1 file and 6 days of the compact copy: at most $0.0002…"]


def test_above_the_last_limit_no_yes_helps():
    asked = Asked(Engine(), Limits(ask_above_usd=0.1, refuse_above_usd=0.2), up_to=100)

    with pytest.raises(Forbidden, match=r"nothing above \$0\.20") as caught:
        asked.run()

    assert "--since" in caught.value.hint
    assert asked.engine.runs == 0


def test_without_any_limit_nothing_is_looked_up_or_kept():
    asked = Asked(Engine(), Limits())

    asked.run()

    assert (asked.engine.looks, asked.engine.runs, asked.store.records) == (0, 1, {})


def test_what_it_really_cost_is_booked():
    asked = Asked(Engine(cost=0.25), Limits(usd_per_person_a_day=1))

    asked.run()

    assert asked.spent == 0.25


def test_beyond_the_days_limit_nobody_is_asked_for_a_yes():
    asked = Asked(Engine(cost=0.4), Limits(ask_above_usd=0.1, usd_per_person_a_day=0.5), up_to=1)
    asked.run()

    with pytest.raises(Forbidden, match=r"\$0\.40 today"):
        Asked.run(asked)

    assert asked.engine.runs == 1


def test_a_question_that_was_only_asked_about_costs_nothing():
    asked = Asked(Engine(), Limits(ask_above_usd=0.1, usd_per_person_a_day=1))

    with pytest.raises(Costly):
        asked.run()

    assert asked.spent == 0


@pytest.mark.parametrize(
    ("error", "usd"),
    [
        (QueryFailed("cancelled after a while", cost_usd=0.3), 0.3),
        (QueryFailed("failed"), 0),
        (NotConfigured("no such table"), 0),
        (Upstream("the line is dead; the query may run on"), 0.4101),
    ],
)
def test_a_question_that_ended_badly_is_booked_at_what_it_is_charged(error, usd):
    asked = Asked(Engine(error=error), Limits(usd_per_person_a_day=1))

    with pytest.raises(type(error)):
        asked.run()

    assert asked.spent == usd


def test_a_price_that_can_not_be_told_stops_nobody_and_the_answer_says_so():
    refused = AccessDenied("AWS refused: the bot's role may not s3:ListBucket.", action="s3:ListBucket")
    asked = Asked(Engine(refused, cost=0.25), Limits(0.1, 0.1, 1))

    (caveat,) = asked.run().caveats

    assert caveat.code == "estimate-unknown"
    assert "(s3:ListBucket)" in caveat.message
    assert asked.spent == 0.25


def test_a_store_that_can_not_be_reached_stops_nobody():
    asked = Asked(Engine(), Limits(usd_per_person_a_day=1))
    asked.store.failing = True

    assert asked.run().rows


def test_what_is_agreed_to_is_for_all_queries_of_a_question_together():
    asked = Asked(Engine(cost=0.4), Limits(ask_above_usd=0.1), up_to=0.5)
    asked.run()

    with pytest.raises(Costly) as caught:
        asked.run()

    error = caught.value
    assert error.message == (
        "This question has cost $0.40, and would read about 82 GB more in 212 files, for about $0.41 more."
    )
    assert (round(error.usd, 4), error.hint.endswith("--up-to 0.82")) == (0.8101, True)
    assert asked.engine.runs == 1


def test_a_question_of_many_cheap_queries_is_asked_about_and_refused_as_one():
    cheap = Estimate(1, 0.04, 1)
    for limits, error in ((Limits(ask_above_usd=0.1), Costly), (Limits(refuse_above_usd=0.1), Forbidden)):
        asked = Asked(Engine(cheap, cost=0.04), limits)
        asked.run()
        asked.run()

        with pytest.raises(error):
            asked.run()

        assert asked.engine.runs == 2


@pytest.mark.parametrize(("cost", "runs"), [(None, 1), (0.0, 2)])
def test_what_a_query_cost_counts_as_estimated_where_it_is_not_known(cost, runs):
    asked = Asked(Engine(Estimate(1, 0.06, 1), cost=cost), Limits(ask_above_usd=0.1))

    with contextlib.suppress(Costly):
        asked.run()
        asked.run()

    assert asked.engine.runs == runs


def test_where_nothing_is_read_nothing_is_told_of_it():
    asked = Asked(Engine(Estimate(0, 0.0)), Limits(ask_above_usd=1))

    asked.run()

    assert asked.told == []
