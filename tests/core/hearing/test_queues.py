"""The bot's own queue, what lies behind it, and what is remembered of what was told."""

from datetime import timedelta

from bot.core.hearing.news import NOTHING, Remembered, as_body, from_body, noted, telling
from bot.core.hearing.queues import of_dead_letters, of_queue
from bot.core.hearing.senses import PATIENCE, DeadSense, QueueSense, Sense
from bot.core.severity import Severity
from tests.core.hearing.listener import HOUR, MINUTE, NOW, Listener, only, text


def test_a_queue_that_can_not_be_read_is_told_after_some_minutes_and_never_before():
    listener, since = Listener(), NOW - 2 * MINUTE

    assert listener.queue(failing_since=since, error="There is no queue.") == []
    alert = only(listener.queue(NOW + MINUTE, failing_since=since, error="There is no queue."))
    assert (alert.key, alert.severity, alert.first_seen) == ("noroshi:queue:noroshi", Severity.HIGH, since)
    assert alert.title == "I am deaf: I can't read the queue noroshi"
    assert "There is no queue." in text(alert)
    assert "noroshi doctor --only alerts" in text(alert)


def test_a_queue_that_another_replica_can_read_stays_told_until_nobody_found_it_deaf_for_ten_minutes():
    listener, since = Listener(), NOW - 5 * MINUTE
    listener.queue(failing_since=since)
    for seconds in range(0, 600, 30):
        listener.queue(NOW + timedelta(seconds=seconds), failing_since=since)
        assert listener.queue(NOW + timedelta(seconds=seconds), lag=None) == []

    assert only(listener.queue(NOW + 20 * MINUTE)).resolved


def test_a_lag_is_told_again_when_it_has_doubled_and_no_sooner():
    listener = Listener()
    lags = [9, 10, 12, 19, 20, 39, 40]

    assert [bool(listener.queue(lag=lag * MINUTE)) for lag in lags] == [
        False,
        True,
        False,
        False,
        True,
        False,
        True,
    ]
    assert listener.said[0].title == "I am 10 minutes behind: events wait in the queue noroshi"


def test_a_lag_that_nobody_knows_resolves_nothing():
    listener = Listener()
    listener.queue(lag=HOUR)

    assert listener.queue(NOW + HOUR, lag=None) == []
    assert listener.queue(NOW + HOUR, failing_since=NOW + HOUR, lag=timedelta(0)) == []
    assert only(listener.queue(NOW + HOUR, lag=timedelta(0))).resolved


def test_dead_letters_are_high_and_told_again_when_they_are_twice_as_many():
    listener = Listener()

    alert = only(listener.dead(1))
    assert alert.severity is Severity.HIGH
    assert alert.title == "1 message in noroshi-dead could not be told"
    assert [bool(listener.dead(waiting)) for waiting in (1, 2, 3, 4, 2, 4)] == [
        False,
        True,
        False,
        True,
        False,
        False,
    ]
    assert only(listener.dead(0)).title == "Nothing lies in noroshi-dead any more"


def test_dead_letters_that_may_not_be_counted_are_not_none():
    denied = Sense("unknown", reason="AWS refused.", action="sqs:GetQueueAttributes")

    (judged,) = of_dead_letters(DeadSense("noroshi", denied), PATIENCE)

    assert not judged.well
    assert "sqs:GetQueueAttributes" in judged.alert.title


def test_a_beginning_that_was_written_but_not_told_keeps_its_occurrence():
    (judged,) = of_queue(QueueSense("noroshi", failing_since=NOW - HOUR), PATIENCE, NOW)
    known = noted(NOTHING, judged, NOW)

    first, second = telling(known, judged, NOW), telling(noted(known, judged, NOW), judged, NOW + MINUTE)

    assert first.occurrence == second.occurrence


def test_what_is_remembered_comes_back_and_what_is_garbled_is_as_if_it_never_was():
    known = Remembered(NOW, was_on=True, name="d1", since=NOW, seen_at=NOW, told=3, day=2, endings=1)

    assert from_body(as_body(known)) == known
    assert from_body({"first_at": 7, "was_on": "yes", "since": [], "told": "3"}) == NOTHING
