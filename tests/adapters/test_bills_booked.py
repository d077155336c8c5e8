"""No more than so many requests a day are paid for, whoever asks, and each is counted before it is made."""

import threading
from datetime import date

import pytest

from bot.adapters.bills_booked import RequestBook
from bot.adapters.sqlite import SqliteStore
from bot.core.billing.costs import Asked
from bot.errors import Forbidden
from bot.ports import Record
from tests.adapters.bills_world import Clock
from tests.fakes import FakeStore

TODAY = date(2026, 9, 8)


@pytest.fixture
def clock():
    return Clock(2026, 9, 8, 14)


@pytest.fixture
def store():
    return FakeStore()


def test_requests_are_counted_by_the_day_of_utc_newest_first(store, clock):
    book = RequestBook(lambda: store, clock, 50)
    book.book()
    clock.forward(hours=10)
    book.book()
    book.book()

    assert book.asked() == Asked(((date(2026, 9, 9), 2), (TODAY, 1)), 50)


def test_beyond_the_limit_none_is_made_until_the_next_day(store, clock):
    book = RequestBook(lambda: store, clock, 2)
    book.book()
    book.book()

    with pytest.raises(Forbidden) as refused:
        book.book()

    assert "00:00 UTC" in refused.value.hint
    assert book.asked().by_day == ((TODAY, 2),)
    clock.forward(hours=10)
    book.book()


def test_none_at_all_may_be_allowed(store, clock):
    with pytest.raises(Forbidden) as refused:
        RequestBook(lambda: store, clock, 0).book()

    assert "set to 0" in refused.value.message


def test_processes_count_together(store, clock):
    books = [RequestBook(lambda: store, clock, 3) for _ in range(2)]
    for book in (*books, books[0]):
        book.book()

    with pytest.raises(Forbidden):
        books[1].book()

    assert books[1].asked().by_day == ((TODAY, 3),)


def test_threads_never_book_more_than_there_are(tmp_path, clock):
    stores = [SqliteStore(tmp_path / "noroshi.db", clock=clock) for _ in range(4)]
    books = [RequestBook(lambda store=store: store, clock, 10) for store in stores]
    booked, refused = [], []

    def ask(book):
        for _ in range(10):
            try:
                book.book()
                booked.append(1)
            except Forbidden:
                refused.append(1)

    threads = [threading.Thread(target=ask, args=(book,)) for book in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for store in stores:
        store.close()

    assert (len(booked), len(refused)) == (10, 30)


def test_a_write_in_between_is_counted_with_ours(store, clock):
    class Busy(FakeStore):
        def write(self, *records):
            if self.writes == 0:
                self.records["bill-requests:2026-09-08"] = Record(
                    "bill-requests:2026-09-08", {"requests": 7}, version=1
                )
                self.writes = 1
            super().write(*records)

    busy = Busy()
    book = RequestBook(lambda: busy, clock, 50)

    book.book()

    assert book.asked().by_day == ((TODAY, 8),)


def test_while_the_store_is_away_they_are_counted_in_memory_and_written_later(store, clock):
    book = RequestBook(lambda: store, clock, 4)
    book.book()
    store.failing = True
    book.book()
    book.book()
    assert book.asked().by_day == ((TODAY, 3),)

    store.failing = False
    book.book()

    assert store.records["bill-requests:2026-09-08"].body == {"requests": 4}
    store.failing = True
    with pytest.raises(Forbidden):
        book.book()


def test_a_count_is_forgotten_after_forty_days(store, clock):
    RequestBook(lambda: store, clock, 50).book()

    (record,) = store.records.values()
    assert record.expires_at.date() == date(2026, 10, 18)
