"""Where stores keep things, and how a lane is walked."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.ports import Record, Store

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
tables = itertools.count()


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Place:
    """Where stores keep things: each `open` is a replica more."""

    open: Callable[[], Store]
    examples: int


def ids(records):
    return [record.id for record in records]


def walk(store: Store, lane: str, page: int) -> list[str]:
    """The whole lane, page by page."""
    seen: list[str] = []
    after = None
    while records := store.lane(lane, page, after):
        assert not {*ids(records)} & {*seen}
        seen += ids(records)
        after = records[-1]
    return seen


def put(store: Store, *records: Record) -> None:
    """Write the records over whatever is there."""
    there = store.read(*ids(records))
    store.write(
        *(replace(each, version=there[each.id].version if each.id in there else 0) for each in records)
    )


def bodies() -> st.SearchStrategy[dict[str, Any]]:
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text()
    )
    deep = st.recursive(
        plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    )
    return st.dictionaries(st.text(), deep, max_size=5)


def names(most: int) -> st.SearchStrategy[str]:
    return st.text(min_size=1, max_size=most)


def records() -> st.SearchStrategy[Record]:
    ends = st.datetimes(NOW.replace(tzinfo=None), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
    return st.builds(
        Record,
        id=names(100),
        body=bodies(),
        lane=st.none() | names(100),
        rank=st.text(max_size=60),
        expires_at=st.none() | ends,
    )


def property_of(place: Place):
    return settings(max_examples=place.examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
