"""The event history as a trail engine: what it asks of AWS, how fast, and what it says it could not see."""

import json
import sys
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.glue import NoTable
from bot.adapters.aws.lookup import LookupEngine
from bot.adapters.fallback import OrHistory
from bot.core.coverage.history import need_by
from bot.core.coverage.need import ANYTHING
from bot.core.span import Span
from bot.errors import AccessDenied, NotConfigured, QueryFailed
from bot.ports import Lookup, Relation, TrailQuery
from bot.trail.questions import key
from bot.trail.rows import Asked, rows
from bot.trail.who_accessed import who_accessed
from tests.aws_world import NOW, record

KEY = "AKIAEXAMPLEUSER00001"
WEEK = Span(NOW - timedelta(days=7), NOW)
EVERYTHING = Lookup()
COUNT = "SELECT count(*) AS n, min(eventtime) AS first FROM noroshi.cloudtrail"


def silent(_: str) -> None:
    pass


class Ticking:
    """A clock that only sleeping, and each request, moves."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Trail:
    """CloudTrail in a region: `count` events, an hour apart, the newest an hour old; keeps what it was asked."""

    def __init__(self, count: int, *, refusal: str = "", region: str = "eu-west-1") -> None:
        self.count, self.refusal, self.region, self.asked = count, refusal, region, []

    def lookup_events(self, **asked):
        self.asked.append(dict(asked))
        if self.refusal:
            raise ClientError({"Error": {"Code": self.refusal, "Message": "no"}}, "LookupEvents")
        begin = int(asked.get("NextToken", 0))
        found = [self._event(number) for number in range(1, self.count + 1)]
        page = found[begin : begin + asked["MaxResults"]]
        more = {"NextToken": str(begin + len(page))} if begin + len(page) < self.count else {}
        return {"Events": page} | more

    def _event(self, number: int):
        at = NOW - timedelta(hours=number)
        made = record(1, at, "111122223333", self.region, eventCategory="Management", eventID=f"{number}")
        return {"EventId": f"{number}", "EventTime": at, "CloudTrailEvent": json.dumps(made)}


def engine(trails, ticking=None, **more):
    ticking = ticking or Ticking()
    return LookupEngine(
        trails.__getitem__,
        lambda: "eu-west-1",
        now=lambda: NOW,
        clock=ticking.clock,
        sleep=ticking.sleep,
        **more,
    )


def both(count=3, **more):
    return {"eu-west-1": Trail(count, **more), "us-east-1": Trail(0)}


def codes(answer):
    return {one.code: one.weight for one in answer.caveats}


def query(sql=COUNT, span=WEEK, lookup=EVERYTHING, regions=()):
    relation = Relation(records=("eventtime",), regions=regions)
    return TrailQuery(sql.replace("noroshi.cloudtrail", "cloudtrail"), (), span, (), relation, lookup)


def test_home_and_the_region_of_global_services_are_asked_one_attribute_at_a_time():
    trails = both()

    answer = engine(trails).run(query(lookup=Lookup("ResourceName", ("b", "arn:aws:s3:::b"))), silent)

    values = [one["LookupAttributes"] for one in trails["eu-west-1"].asked]
    assert values == [
        [{"AttributeKey": "ResourceName", "AttributeValue": value}] for value in ("b", "arn:aws:s3:::b")
    ]
    assert answer.rows[0]["n"] == 3  # found twice, counted once
    assert answer.receipt.api_calls == 4
    assert (answer.receipt.engine, answer.receipt.cost_usd, answer.receipt.query_id) == (
        "lookup-events",
        0.0,
        None,
    )
    assert "in eu-west-1, us-east-1 of the bot’s own account" in answer.caveats[0].message


def test_the_history_is_read_no_further_back_than_is_wanted_of_it():
    trails, since = both(), NOW - timedelta(hours=5)

    engine(trails).run(query(lookup=Lookup("ResourceName", ("b",), since)), silent)
    engine(trails).run(query(lookup=Lookup("ResourceName", ("b",), WEEK.since - timedelta(days=1))), silent)

    assert [one["StartTime"] for one in trails["eu-west-1"].asked] == [since, WEEK.since]


def test_a_question_that_names_regions_asks_those_alone():
    trails = both() | {"ap-northeast-1": Trail(2, region="ap-northeast-1")}

    answer = engine(trails).run(query(regions=("ap-northeast-1",)), silent)

    assert answer.rows[0]["n"] == 2
    assert not trails["eu-west-1"].asked


def test_two_requests_a_second_are_asked_of_a_region():
    ticking, trails = Ticking(), {"eu-west-1": Trail(250)}

    answer = engine(trails, ticking).run(
        query(span=Span(NOW - timedelta(days=30), NOW), regions=("eu-west-1",)), silent
    )

    assert answer.rows[0]["n"] == 250
    assert ticking.slept == [0.5] * 4
    assert "LookupAttributes" not in trails["eu-west-1"].asked[0]
    assert trails["eu-west-1"].asked[0]["MaxResults"] == 50


def test_what_the_time_did_not_allow_is_told_to_the_minute():
    trails = {"eu-west-1": Trail(250)}

    answer = engine(trails, timeout_seconds=1).run(
        query(span=Span(NOW - timedelta(days=30), NOW), regions=("eu-west-1",)), silent
    )

    (cut,) = (one for one in answer.caveats if one.code == "history-cut")
    assert answer.rows[0]["n"] == 150
    assert cut.message == (
        "read back to 2026-09-02 06:00 in eu-west-1: ask for less, or make a table: noroshi setup trail"
    )


def test_ninety_days_are_asked_for_and_what_lies_before_is_told():
    trails = both()

    answer = engine(trails).run(query(span=Span(NOW - timedelta(days=200), NOW)), silent)

    assert trails["eu-west-1"].asked[0]["StartTime"] == NOW - timedelta(days=90)
    assert "before-the-history" in codes(answer)


def test_a_window_that_ended_before_the_history_asks_nobody_and_is_blind():
    trails = both()

    answer = engine(trails).run(
        rows(Asked(span=Span(NOW - timedelta(days=200), NOW - timedelta(days=100))), key(KEY)), silent
    )

    assert not trails["eu-west-1"].asked
    assert codes(answer) == {"event-history-only": "blind", "before-the-history": "blind"}


def test_nobody_found_on_a_bucket_is_no_none():
    answer = engine(both(0)).run(who_accessed("acme-payroll", WEEK), silent)

    assert codes(answer)["event-history-only"] == "blind"
    assert "calls on objects are never in it" in answer.caveats[0].message


def test_a_question_over_events_is_answered_by_its_own_statement():
    answer = engine(both()).run(rows(Asked(span=WEEK), key(KEY)), silent)

    assert {row["found"] for row in answer.rows} == {3}
    assert codes(answer)["event-history-only"] == "note"


def test_a_refused_region_is_told_and_the_others_answer():
    trails = {"eu-west-1": Trail(3), "us-east-1": Trail(0, refusal="AccessDeniedException")}

    answer = engine(trails).run(query(), silent)

    (refused,) = (one for one in answer.caveats if one.code == "history-refused")
    assert answer.rows[0]["n"] == 3
    assert refused.message.startswith("calls in us-east-1 (cloudtrail:LookupEvents is missing)")


def test_refused_everywhere_names_the_action():
    trails = {name: Trail(0, refusal="AccessDeniedException") for name in ("eu-west-1", "us-east-1")}

    with pytest.raises(AccessDenied) as caught:
        engine(trails).run(query(), silent)

    assert caught.value.action == "cloudtrail:LookupEvents"


def test_without_duckdb_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bot.adapters.duckdb.lake", None)

    with pytest.raises(NotConfigured) as caught:
        engine(both()).run(query(), silent)

    assert "pip install 'noroshi[duckdb]'" in caught.value.hint


class Failing:
    """An engine that has nothing but an error."""

    table = "noroshi.cloudtrail"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(self, query, progress):
        raise self.error

    estimate = run


def test_only_a_missing_table_makes_way_for_the_history():
    history = engine(both())

    found = OrHistory(Failing(NoTable("There is no table.")), history)

    assert found.run(query(), silent).receipt.engine == "lookup-events"
    assert found.estimate(query(), silent).usd == 0


@pytest.mark.parametrize(
    "error",
    [
        NotConfigured("The table is partitioned by nothing."),
        AccessDenied("no", action="glue:GetTable"),
        QueryFailed("broken"),
    ],
)
def test_every_other_failure_is_told_as_it_is(error):
    with pytest.raises(type(error)) as caught:
        OrHistory(Failing(error), engine(both())).run(query(), silent)

    assert caught.value is error


def test_what_trails_record_says_nothing_of_the_historys_answer():
    told = engine(both()).run(query(), silent).caveats

    assert not need_by(ANYTHING, told).by_trail
    assert need_by(ANYTHING, told[1:]).by_trail


def test_a_key_is_looked_for_as_the_callers_and_as_what_a_call_is_about():
    trails = both()

    engine(trails).run(rows(Asked(span=WEEK), key(KEY)), silent)

    asked = [one["LookupAttributes"][0]["AttributeKey"] for one in trails["eu-west-1"].asked]
    assert asked == ["AccessKeyId", "ResourceName"]
