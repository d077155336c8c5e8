"""Whatever is sensed, in whatever order: unknown is neither, and the same twice is no news."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hearing.accounts import keys
from bot.core.hearing.senses import AccountSense, Sense
from tests.core.hearing.listener import (
    ACCOUNT,
    DAY,
    DENIED,
    HOME,
    LOGS,
    MUTE,
    NONE,
    NOW,
    OFF,
    ON,
    TOKYO,
    TRAIL,
    VIRGINIA,
    Listener,
    account,
)

regions = st.sampled_from([HOME, VIRGINIA, TOKYO])
known_senses = st.sampled_from([ON, OFF, NONE, LOGS, Sense("off", TRAIL), Sense("off", "r", reason="no")])
unknown_senses = st.sampled_from([DENIED, MUTE])
senses = st.one_of(known_senses, unknown_senses)


def rounds(of):
    each = st.builds(
        AccountSense,
        account_id=st.just(ACCOUNT),
        region=regions,
        detector=of,
        trail=of,
        recorder=of,
        delivery_error=st.sampled_from(["", "NoSuchBucket"]),
        delivered_at=st.sampled_from([None, NOW, NOW - DAY]),
    )
    return st.lists(each, min_size=1, max_size=3, unique_by=lambda sense: sense.region)


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=5), rounds(unknown_senses))
def test_what_can_not_be_asked_never_resolves_anything(before, blind):
    listener = Listener()
    for senses_ in before:
        listener.account(*senses_)

    assert not [alert for alert in listener.account(*blind, now=NOW + DAY) if alert.resolved]


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=5), rounds(senses))
def test_a_part_that_can_not_be_asked_is_neither_told_nor_taken_back(before, last):
    listener = Listener()
    for senses_ in before:
        listener.account(*senses_)
    blind = {
        f"noroshi:{part}:{ACCOUNT}:{each.region}"
        for part in ("detector", "trail", "recorder")
        for each in last
        if getattr(each, part).state == "unknown"
    }

    assert blind.isdisjoint(alert.key for alert in listener.account(*last))


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=5), rounds(senses), st.integers(0, 3600))
def test_the_same_senses_twice_are_no_news(before, last, seconds):
    listener = Listener()
    for senses_ in before:
        listener.account(*senses_)
    listener.account(*last)
    known = dict(listener.past)

    assert listener.account(*last) == []
    assert listener.past == known
    again = listener.account(*last, now=NOW + timedelta(seconds=seconds))
    told_before = {
        (alert.key, alert.occurrence) for alert in listener.said[: len(listener.said) - len(again)]
    }
    assert not [alert for alert in again if (alert.key, alert.occurrence) in told_before]


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=6))
def test_what_is_resolved_was_told_and_everything_remembered_has_a_known_key(given_rounds):
    listener, open_ = Listener(), set()
    for senses_ in given_rounds:
        for alert in listener.account(*senses_):
            assert not alert.resolved or alert.key in open_
            (open_.discard if alert.resolved else open_.add)(alert.key)
        assert {key for key in listener.past if any(each.region in key for each in senses_)} <= set(
            keys([account(each) for each in (HOME, VIRGINIA, TOKYO)])
        )


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=5))
def test_once_all_is_on_nothing_stays_open(given_rounds):
    listener, open_ = Listener(), set()
    all_on = [account(each, detector=ON, trail=LOGS, recorder=ON) for each in (HOME, VIRGINIA, TOKYO)]
    for senses_ in [*given_rounds, all_on]:
        for alert in listener.account(*senses_):
            (open_.discard if alert.resolved else open_.add)(alert.key)

    assert open_ == set()


@settings(deadline=None)
@given(st.lists(rounds(senses), max_size=4), rounds(senses))
def test_whatever_stopped_is_spoken_for(before, last):
    """No stop is silent: each region's is told, or stands told, under its own key or one of its trail's."""
    listener, open_ = Listener(), set()
    for senses_ in [*before, last]:
        for alert in listener.account(*senses_, now=NOW):
            (open_.discard if alert.resolved else open_.add)(alert.key)
    for each in last:
        if each.detector.state == "off" and not each.detector.reason:
            assert f"noroshi:detector:{ACCOUNT}:{each.region}" in open_
        if each.trail.state == "off" and not each.trail.reason:
            assert any(key.startswith(f"noroshi:trail:{ACCOUNT}:") for key in open_)
