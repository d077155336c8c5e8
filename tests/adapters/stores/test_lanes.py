"""What every store promises of lanes: their order, their pages, and what has expired."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ports import Record
from tests.adapters.stores.stores import INSTANT, NOW, ids, names, property_of, put, walk


def test_a_lane_is_ordered_by_rank_and_then_id(store):
    store.write(
        *(Record(name, {}, lane="open", rank=rank) for name, rank in [("b", "1"), ("a", "2"), ("c", "1")]),
        Record("d", {}, lane="other", rank="0"),
        Record("e", {}, rank="0"),
    )

    assert ids(store.lane("open", 10)) == ["b", "c", "a"]
    assert ids(store.lane("open", 2)) == ["b", "c"]
    assert store.lane("open", 0) == store.lane("open", -1) == []
    assert store.lane("nobody's", 10) == []


def test_a_lane_gives_records_whole(store):
    written = Record("a", {"n": [1, {"x": "ü"}]}, lane="open", rank="#1", expires_at=NOW + INSTANT)
    store.write(written)

    assert store.lane("open", 1) == [replace(written, version=1)]


RANKS = [
    "",
    "#",
    "##",
    "$",
    "$#",
    "!",
    " ",
    "\x00",
    "\x00#",
    "a",
    "a#",
    "a!",
    "a ",
    "ab",
    "é",
    "\uffff",
    "😀",
]


@pytest.mark.parametrize("page", [1, 7, 100])
def test_pages_of_a_lane_lose_nothing_and_repeat_nothing(store, page):
    records = [
        Record(f"{name}{number:02}", {}, lane="l#", rank=rank)
        for number, rank in enumerate(RANKS)
        for name in ("#x", "x", "\uffee", "😀")
    ]
    store.write(*records)

    assert walk(store, "l#", page) == ids(sorted(records, key=lambda each: (each.rank, each.id)))


def test_a_long_lane_comes_whole(store):
    for start in range(0, 250, 50):
        store.write(*(Record(f"{n:03}", {}, lane="open") for n in range(start, start + 50)))

    assert ids(store.lane("open", 1000)) == [f"{n:03}" for n in range(250)]
    assert ids(store.lane("open", 120)) == [f"{n:03}" for n in range(120)]


def test_a_page_begins_behind_a_record_that_has_left_since(store):
    store.write(*(Record(name, {}, lane="open", rank="1") for name in "abc"))
    (first,) = store.lane("open", 1)
    store.write(replace(first, lane=None))

    assert ids(store.lane("open", 5, first)) == ["b", "c"]


def test_a_record_moves_from_lane_to_lane_and_out_of_them(store):
    store.write(Record("a", {}, lane="open", rank="1"), Record("b", {}, lane="open", rank="2"))

    store.write(Record("a", {}, 1, lane="closed", rank="1"))
    assert (ids(store.lane("open", 5)), ids(store.lane("closed", 5))) == (["b"], ["a"])

    store.write(Record("a", {}, 2))
    assert (ids(store.lane("open", 5)), ids(store.lane("closed", 5))) == (["b"], [])
    assert store.read("a") == {"a": Record("a", {}, version=3)}


def test_a_new_rank_is_a_new_place_in_the_lane(store):
    store.write(Record("a", {}, lane="open", rank="1"), Record("b", {}, lane="open", rank="2"))

    store.write(Record("a", {}, 1, lane="open", rank="3"))

    assert ids(store.lane("open", 5)) == ["b", "a"]


def test_a_lane_of_which_most_is_expired_comes_whole(store, clock):
    store.write(*(Record(f"{n:02}", {}, lane="open", expires_at=NOW if n % 20 else None) for n in range(90)))
    clock.now += INSTANT

    assert ids(store.lane("open", 3)) == ["00", "20", "40"]
    assert walk(store, "open", 2) == ["00", "20", "40", "60", "80"]


def test_any_lane_is_ordered_and_paged(place, store):
    lanes = map(str, itertools.count())
    names_and_ranks = st.dictionaries(
        names(6), st.text(st.sampled_from("#$! \x00ab😀\uffff"), max_size=3), max_size=12
    )

    @property_of(place)
    @given(names_and_ranks, st.integers(1, 5))
    def holds(ranks: dict[str, str], page: int) -> None:
        lane = next(lanes)
        put(store, *(Record(name, {}, lane=lane, rank=rank) for name, rank in ranks.items()))

        assert walk(store, lane, page) == sorted(ranks, key=lambda name: (ranks[name], name))

    holds()
