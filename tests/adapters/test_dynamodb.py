"""What is only of DynamoDB's table: how it is made, what AWS refuses, and answers that come late or not at all."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.dynamodb import DynamoStore
from bot.adapters.dynamodb_items import place
from bot.embedded.aws import HOME
from bot.embedded.aws.dynamodb import mount_dynamodb
from bot.errors import AccessDenied, Conflict, Throttled, Upstream
from bot.ports import Record
from tests.adapters.dynamodb_between import Between, item_of

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
_tables = itertools.count()


@pytest.fixture(scope="module")
def aws(session):
    mount_dynamodb()
    return session


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def store(aws, pauses):
    made = DynamoStore(f"dynamodb-{next(_tables)}", session=aws, clock=lambda: NOW, pause=pauses.append)
    made.create_table()
    return made


@pytest.fixture
def between(store):
    return Between(store)


def refused(kind: type[Exception], act: Callable[[], object]) -> Any:
    with pytest.raises(kind) as caught:
        act()
    return caught.value


def test_the_table_is_billed_by_request_and_forgets_by_itself(store):
    store.create_table()

    table = store._client.describe_table(TableName=store._table)["Table"]
    (index,) = table["GlobalSecondaryIndexes"]
    forgets = store._client.describe_time_to_live(TableName=store._table)["TimeToLiveDescription"]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert [key["AttributeName"] for key in table["KeySchema"] + index["KeySchema"]] == [
        "id",
        "lane",
        "place",
    ]
    assert (index["IndexName"], index["Projection"]["ProjectionType"]) == ("lane", "KEYS_ONLY")
    assert forgets == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_making_a_table_again_changes_nothing_of_it(store, between):
    store.create_table()

    assert [operation for operation, _ in between.asked] == [
        "CreateTable",
        "DescribeTable",
        "DescribeTimeToLive",
    ]


@pytest.mark.parametrize(("beyond", "seconds"), [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1)])
def test_dynamodb_deletes_nothing_before_its_end(store, beyond, seconds):
    store.write(Record("a", {}, expires_at=NOW + timedelta(microseconds=beyond)))

    assert item_of(store, "a")["expires_at"] == {"N": f"{NOW.timestamp() + seconds:.0f}"}


def test_what_stands_in_no_lane_is_in_no_index(store):
    store.write(Record("a", {}, rank="1"))

    assert not {"lane", "place", "expires_at", "ends"} & set(item_of(store, "a"))


texts = st.text(st.sampled_from('\x00\x01 !"#$%0PQa~é\uffff😀') | st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(texts, texts.filter(bool)), max_size=6))
def test_places_are_ordered_as_rank_and_id_are_in_utf_8(places):
    assert sorted(places, key=lambda each: place(*each).encode()) == sorted(places)
    assert len({place(*each) for each in places}) == len(set(places))


def test_a_place_reads_as_what_it_is():
    assert place("2026-09-08T12:00:00Z", "problem-7") == "2026-09-08T12:00:00Z#problem-7"


def test_a_hundred_records_are_one_request_each_way(store, between):
    records = [Record(f"{n}", {}) for n in range(100)]
    store.write(*records)
    store.write(Record("alone", {}))
    store.read(*(each.id for each in records))

    assert [operation for operation, _ in between.asked] == ["TransactWriteItems", "PutItem", "BatchGetItem"]


def test_records_are_read_as_last_written_by_anybody(store, between):
    store.write(Record("a", {}, lane="open"))
    store.read("a")
    store.lane("open", 5)

    reads = [asked["RequestItems"][store._table] for operation, asked in between.asked if "Get" in operation]
    assert [each["ConsistentRead"] for each in reads] == [True, True]


@pytest.mark.parametrize("stale", ["moved on", "elsewhere", "gone"])
def test_what_the_index_has_not_heard_yet_is_left_out_of_a_lane(store, between, stale):
    store.write(
        Record("moved on", {}, lane="open", rank="2"), Record("elsewhere", {}, lane="closed", rank="1")
    )
    store.write(Record("there", {}, lane="open", rank="1"))
    keys = [
        {"id": {"S": name}, "lane": {"S": "open"}, "place": {"S": f"1#{name}"}} for name in (stale, "there")
    ]
    between.answer("Query", {"Items": keys, "Count": 2})

    assert [each.id for each in store.lane("open", 5)] == ["there"]


def test_a_missing_table_names_the_setting(aws):
    missing = DynamoStore("nowhere", session=aws)
    acts = (
        lambda: missing.read("a"),
        lambda: missing.lane("open", 1),
        lambda: missing.write(Record("a", {})),
        lambda: missing.write(Record("a", {}), Record("b", {})),
    )
    for act in acts:
        told = refused(Upstream, act)
        assert told.message == f"There is no table nowhere in {HOME}."
        assert "NOROSHI_ALERTS__STORE" in told.hint


@pytest.mark.parametrize(
    ("operation", "action", "act"),
    [
        ("PutItem", "dynamodb:PutItem", lambda store: store.write(Record("a", {}))),
        (
            "TransactWriteItems",
            "dynamodb:PutItem",
            lambda store: store.write(Record("a", {}), Record("b", {})),
        ),
        ("BatchGetItem", "dynamodb:BatchGetItem", lambda store: store.read("a")),
        ("Query", "dynamodb:Query", lambda store: store.lane("open", 1)),
        ("CreateTable", "dynamodb:CreateTable", lambda store: store.create_table()),
    ],
)
@pytest.mark.parametrize("names", [True, False])
def test_a_missing_permission_is_named(store, between, operation, action, act, names):
    message = f"User: arn:aws:iam::111122223333:user/noroshi is not authorized to perform: {action}"
    between.refuse(operation, "AccessDeniedException", message if names else "Access denied")

    assert refused(AccessDenied, lambda: act(store)).action == action


def cancelled(*codes: str) -> dict[str, Any]:
    return {"CancellationReasons": [{"Code": code} for code in codes]}


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("None", "ConditionalCheckFailed"), Conflict),
        (("TransactionConflict", "None"), Conflict),
        (("ThrottlingError", "ConditionalCheckFailed"), Conflict),
        (("ThrottlingError", "None"), Throttled),
        (("None", "ProvisionedThroughputExceeded"), Throttled),
        (("ItemCollectionSizeLimitExceeded", "None"), Upstream),
    ],
)
def test_a_cancelled_transaction_says_whose_turn_it_is(store, between, codes, kind):
    between.refuse("TransactWriteItems", "TransactionCanceledException", **cancelled(*codes))

    told = refused(
        Upstream if kind is Upstream else kind, lambda: store.write(Record("a", {}), Record("b", {}))
    )

    assert type(told) is kind
    assert told.__cause__


def test_a_write_into_anothers_transaction_is_a_conflict(store, between):
    between.refuse("PutItem", "TransactionConflictException")

    assert "a" in refused(Conflict, lambda: store.write(Record("a", {}))).message


@pytest.mark.parametrize(("operation", "names"), [("PutItem", "a"), ("TransactWriteItems", "ab")])
def test_a_write_whose_answer_got_lost_is_no_conflict_with_itself(store, between, operation, names):
    between.lose_answer(operation)

    store.write(*(Record(name, {"n": 1}) for name in names))

    assert [asked for asked, _ in between.asked] == [operation] * 2
    assert store.read("a")["a"] == Record("a", {"n": 1}, version=1)


def test_a_lost_answer_hides_nobody_elses_write(store, between):
    store.write(Record("a", {"theirs": True}))
    between.lose_answer("PutItem")

    refused(Conflict, lambda: store.write(Record("a", {"mine": True})))

    assert store.read("a")["a"].body == {"theirs": True}


def left(store: DynamoStore, *ids: str, got: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    keys = [{"id": {"S": each}} for each in ids]
    return {"Responses": {store._table: list(got)}, "UnprocessedKeys": {store._table: {"Keys": keys}}}


def test_what_dynamodb_has_no_room_for_is_asked_again_at_once(store, between, pauses):
    store.write(Record("a", {}), Record("b", {}))
    between.answer("BatchGetItem", left(store, "b", got=(item_of(store, "a"),)))

    assert sorted(store.read("a", "b")) == ["a", "b"]
    assert pauses == []


def test_where_nothing_came_it_is_asked_again_later(store, between, pauses):
    store.write(Record("a", {}), Record("b", {}))
    for _ in range(2):
        between.answer("BatchGetItem", left(store, "a", "b"))

    assert sorted(store.read("a", "b")) == ["a", "b"]
    assert pauses == [0.05, 0.1]


def test_where_nothing_ever_comes_it_is_given_up(store, between, pauses):
    for _ in range(9):
        between.answer("BatchGetItem", left(store, "a"))

    refused(Throttled, lambda: store.read("a"))

    assert sum(pauses) < 2


def test_sixteen_megabytes_come_in_several_answers(store, between):
    body = {"x": "y" * 349_000}
    for start in range(0, 50, 10):
        store.write(*(Record(f"{n}", body) for n in range(start, start + 10)))

    assert len(store.read(*(f"{n}" for n in range(50)))) == 50
    assert [operation for operation, _ in between.asked].count("BatchGetItem") == 2


def test_the_region_of_the_setting_stands_over_the_sessions(aws):
    assert DynamoStore("t", session=aws, region="us-east-1")._client.meta.region_name == "us-east-1"


def test_a_record_that_comes_back_may_be_written_again(store):
    store.write(Record("a", {"n": 1}, lane="open", expires_at=NOW))
    (found,) = store.lane("open", 1)
    store.write(replace(found, body={"n": 2}))

    assert store.read("a")["a"] == Record("a", {"n": 2}, 2, "open", "", NOW)
