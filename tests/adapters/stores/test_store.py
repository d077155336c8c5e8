"""One body of tests for every store: what `bot.ports.Store` promises."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from bot.errors import BadRequest, Conflict
from bot.ports import Record, Store
from tests.adapters.stores.stores import INSTANT, NOW, ids, property_of, put, records, walk

HOSTILE = [
    "x'; DROP TABLE record; --",
    '"; {"S": "x"} \\',
    "<!channel> &lt;b&gt; *x* `y`",
    "\x00\x1f\x7f\r\n\t",
    "夜空の狼煙 👩‍🚀 e\u0301 \u202e\u2028 \U0010ffff",
    "half a pair: \ud83d",
    ":version #id $a %s ? {0}",
]


def test_a_record_comes_back_as_it_was_written(store):
    written = Record("a", {"n": 1}, lane="open", rank="2", expires_at=NOW + timedelta(days=1, microseconds=7))

    store.write(written)

    assert store.read("a") == {"a": replace(written, version=1)}


def test_a_record_may_stand_nowhere_and_never_end(store):
    store.write(Record("a", {}))

    assert store.read("a") == {"a": Record("a", {}, version=1)}


def test_what_is_not_there_is_not_read(store):
    store.write(Record("a", {}))

    assert ids(store.read("b", "a", "a").values()) == ["a"]
    assert store.read() == {}


def test_the_version_counts_the_writes(store):
    for version in range(3):
        store.write(Record("a", {"n": version}, version))

    assert store.read("a") == {"a": Record("a", {"n": 2}, version=3)}


def test_what_is_there_already_is_not_written_as_new(store):
    store.write(Record("a", {"first": True}))

    with pytest.raises(Conflict) as caught:
        store.write(Record("a", {"first": False}))

    assert "a" in caught.value.message
    assert store.read("a")["a"].body == {"first": True}


@pytest.mark.parametrize("version", [1, 3])
def test_only_the_version_that_was_read_is_written_over(store, version):
    store.write(Record("a", {}))
    store.write(Record("a", {"kept": True}, 1))

    with pytest.raises(Conflict):
        store.write(Record("a", {}, version))

    assert store.read("a")["a"].body == {"kept": True}


def test_what_is_gone_is_not_written_as_if_it_were_there(store):
    with pytest.raises(Conflict):
        store.write(Record("a", {}, 1))

    assert store.read("a") == {}


@pytest.mark.parametrize("stale", ["a", "m", "z"])
def test_one_stale_record_keeps_all_from_being_written(store, stale):
    store.write(Record("a", {}), Record("m", {}), Record("z", {}))
    store.write(Record(stale, {"newer": True}, 1))
    before = store.read("a", "b", "m", "z")

    with pytest.raises(Conflict) as caught:
        store.write(*(Record(name, {"mine": True}, 1) for name in ("a", "m", "z")), Record("b", {}))

    assert stale in caught.value.message
    assert store.read("a", "b", "m", "z") == before


def test_writing_nothing_is_nothing(store):
    store.write()


def test_a_hundred_records_are_written_at_once_and_no_more(store):
    hundred = [Record(f"{n:03}", {"n": n}, lane="all", rank=str(n % 7)) for n in range(100)]
    store.write(*hundred)

    assert store.read(*ids(hundred)) == {each.id: replace(each, version=1) for each in hundred}
    with pytest.raises(BadRequest):
        store.write(*hundred, Record("one more", {}))
    with pytest.raises(BadRequest):
        store.read(*ids(hundred), "one more")


def test_a_record_stands_in_one_write_once(store):
    with pytest.raises(BadRequest):
        store.write(Record("a", {"n": 1}), Record("a", {"n": 2}))

    assert store.read("a") == {}


def test_of_threads_that_write_one_version_exactly_one_wins(store):
    threads, rounds = 4, 10
    together = threading.Barrier(threads, timeout=60)

    def race(me: int) -> list[int]:
        won = []
        for version in range(rounds):
            together.wait()
            try:
                store.write(Record("a", {"by": me}, version), Record(f"of {me}", {}, len(won)))
            except Conflict:
                continue
            won.append(version)
        return won

    with ThreadPoolExecutor(threads) as pool:
        won = list(pool.map(race, range(threads)))

    assert sorted(itertools.chain(*won)) == list(range(rounds))
    there = store.read("a", *(f"of {me}" for me in range(threads)))
    assert there["a"].version == rounds
    assert [there[f"of {me}"].version if f"of {me}" in there else 0 for me in range(threads)] == [
        len(each) for each in won
    ]


def test_threads_of_two_replicas_lose_no_update(place):
    replicas = [place.open(), place.open()]
    replicas[0].write(Record("count", {"n": 0}))

    def count(store: Store) -> None:
        done = 0
        while done < 50:
            record = store.read("count")["count"]
            try:
                store.write(replace(record, body={"n": record.body["n"] + 1}))
            except Conflict:
                continue
            done += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, replicas * 2))

    assert replicas[0].read("count")["count"] == Record("count", {"n": 200}, version=201)


def test_an_expired_record_is_as_if_it_had_never_been(store, clock):
    store.write(Record("a", {"old": True}, lane="open", expires_at=NOW), Record("b", {}, lane="open"))
    assert ids(store.lane("open", 1)) == ["a"]
    with pytest.raises(Conflict):
        store.write(Record("a", {}, lane="open"))

    clock.now += INSTANT

    assert ids(store.read("a", "b").values()) == ["b"]
    assert ids(store.lane("open", 1)) == ["b"]
    with pytest.raises(Conflict):
        store.write(Record("a", {}, 1))
    with pytest.raises(Conflict):
        store.write(Record("a", {}, 1), Record("c", {}))
    store.write(Record("a", {"new": True}, lane="open"), Record("c", {}))
    assert store.read("a") == {"a": Record("a", {"new": True}, 1, lane="open")}


def test_a_record_lives_on_when_its_end_is_put_off(store, clock):
    store.write(Record("a", {}, expires_at=NOW), Record("b", {}, expires_at=NOW))
    store.write(Record("a", {}, 1, expires_at=NOW + timedelta(days=1)), Record("b", {}, 1))

    clock.now += timedelta(hours=1)

    assert sorted(store.read("a", "b")) == ["a", "b"]


def test_replicas_see_each_others_writes(place):
    one, other = place.open(), place.open()
    one.write(Record("a", {}, lane="open"))

    assert (sorted(other.read("a")), ids(other.lane("open", 5))) == (["a"], ["a"])
    other.write(Record("a", {}, 1))
    assert (one.read("a")["a"].version, one.lane("open", 5)) == (2, [])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(store, text):
    body = {text: [text, {"deep": {text: text}}], "key": text}
    store.write(Record("a", body))

    assert store.read("a")["a"].body == body


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\ud83d" not in text])
def test_hostile_names_stay_names(store, text):
    written = Record(text, {}, lane=text, rank=text)
    store.write(written, Record("other", {}))

    assert store.read(text) == {text: replace(written, version=1)}
    assert store.lane(text, 5) == [replace(written, version=1)]


def test_numbers_come_back_as_they_were(store):
    body = {
        "floats": [0.1, 1e300, -0.0, 5e-324, 1.0],
        "whole": [2**63, -(10**40), 0, 1],
        "truth": [True, None],
    }
    store.write(Record("a", body))

    assert repr(store.read("a")["a"].body) == repr(body)


def sized(name: str, size: int) -> Record:
    """A record whose body is as many bytes of JSON."""
    return Record(name, {"x": "é" * ((size - 8) // 2) + "y" * (size % 2)})


def test_a_body_has_at_most_350_kb(store):
    store.write(sized("a", 350_000), sized("b", 349_999))

    assert store.read("a")["a"].body == sized("a", 350_000).body
    with pytest.raises(BadRequest):
        store.write(sized("c", 350_001))
    assert store.read("c") == {}


def test_all_bodies_of_one_write_have_at_most_3_9_mb(store):
    store.write(*(sized(f"{n}", 350_000) for n in range(11)))

    assert len(store.read(*(str(n) for n in range(11)))) == 11
    with pytest.raises(BadRequest):
        store.write(*(sized(f"new {n}", 350_000) for n in range(12)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"x", NOW])
def test_what_is_no_json_is_refused(store, value):
    with pytest.raises(BadRequest):
        store.write(Record("a", {"x": value}))


@pytest.mark.parametrize(
    "record",
    [
        Record("", {}),
        Record("x" * 513, {}),
        Record("é" * 257, {}),
        Record("half \ud83d", {}),
        Record("a", {}, lane=""),
        Record("a", {}, lane="x" * 513),
        Record("a", {}, lane="open", rank="x" * 256),
    ],
)
def test_names_that_one_store_could_not_keep_are_refused_by_all(store, record):
    with pytest.raises(BadRequest):
        store.write(record)


def test_the_longest_names_are_kept(store):
    longest = Record("i" * 512, {}, lane="l" * 512, rank="#" * 255)
    store.write(longest)

    assert store.lane(longest.lane or "", 5) == [replace(longest, version=1)]


def test_any_record_comes_back(place, store):
    @property_of(place)
    @given(records())
    def holds(record: Record) -> None:
        put(store, record)
        found = store.read(record.id)[record.id]

        assert replace(found, version=0) == record
        assert record.lane is None or record.id in walk(store, record.lane, 20)

    holds()
