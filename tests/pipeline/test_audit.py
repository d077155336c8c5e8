"""Presses are kept for whoever asks later; a click is claimed once by all replicas together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.adapters.sqlite import SqliteStore
from bot.pipeline import audit
from bot.pipeline.audit import Pressed

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
PRESSED = Pressed("U1", "Mika", "acknowledge", "A key is used through Tor", "C1", "done")


class Clock:
    def __init__(self):
        self.time = NOW

    def now(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    made = SqliteStore(tmp_path / "noroshi.db", clock=clock.now)
    yield made
    made.close()


def results(store, since=NOW, most=1_000):
    return [each["result"] for each in audit.presses(store, since, most)]


def test_a_press_is_kept_whole_and_said_in_the_log(store):
    with capture_logs() as logs:
        audit.note(store, PRESSED, NOW)

    [kept] = audit.presses(store, NOW, 10)
    assert kept == {
        "user_id": "U1",
        "name": "Mika",
        "act": "acknowledge",
        "what": "A key is used through Tor",
        "channel": "C1",
        "result": "done",
        "at": NOW.isoformat(),
    }
    assert logs[0] | kept == logs[0] | {"at": NOW.isoformat()}


def test_presses_are_given_in_order_from_a_moment_on(store):
    for n in range(5):
        audit.note(store, replace(PRESSED, result=str(n)), NOW + timedelta(minutes=n))

    assert results(store) == ["0", "1", "2", "3", "4"]
    assert results(store, NOW + timedelta(minutes=3)) == ["3", "4"]
    assert results(store, NOW + timedelta(minutes=3, microseconds=1)) == ["4"]


def test_of_too_many_the_last_are_given(store):
    """What was pressed lately is what somebody asks about."""
    for n in range(250):
        audit.note(store, replace(PRESSED, result=str(n)), NOW + timedelta(seconds=n))

    assert results(store, most=3) == ["247", "248", "249"]
    assert len(results(store)) == 250


def test_two_presses_in_one_moment_are_both_kept(store):
    for _ in range(2):
        audit.note(store, PRESSED, NOW)

    assert len(results(store)) == 2


def test_presses_are_kept_for_more_than_a_year(store, clock):
    audit.note(store, PRESSED, NOW)
    clock.time = NOW + timedelta(days=399)
    assert results(store) == ["done"]

    clock.time = NOW + timedelta(days=401)
    assert results(store) == []


def test_texts_of_any_length_and_half_characters_are_kept_short(store):
    audit.note(store, Pressed("U1", "n\ud800" * 9_000, "x", "w" * 90_000, "C1", "r" * 90_000), NOW)

    [kept] = audit.presses(store, NOW, 10)
    assert {len(kept[name]) for name in ("name", "what", "result")} == {501}


def test_a_click_is_claimed_once(store):
    assert audit.claim(store, "123.456.abc", NOW)
    assert not audit.claim(store, "123.456.abc", NOW)
    assert audit.claim(store, "123.456.abd", NOW)


def test_another_replica_cannot_claim_it_either(store, tmp_path, clock):
    other = SqliteStore(tmp_path / "noroshi.db", clock=clock.now)
    try:
        assert audit.claim(other, "123.456.abc", NOW)
        assert not audit.claim(store, "123.456.abc", NOW)
    finally:
        other.close()


def test_a_claim_outlives_the_time_in_which_slacks_signature_is_taken(store, clock):
    """Five minutes: an older request is refused at the door."""
    audit.claim(store, "123", NOW)
    clock.time = NOW + timedelta(minutes=59)

    assert not audit.claim(store, "123", clock.time)


@pytest.mark.parametrize("click", ["", "\ud800", "x" * 100_000, "a b\n'; DROP TABLE record; --"])
def test_any_text_can_be_a_click(store, click):
    assert audit.claim(store, click, NOW)
    assert not audit.claim(store, click, NOW)
