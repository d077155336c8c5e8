"""What stopped, what never was on, and what is on again."""

from dataclasses import replace

import pytest

from bot.core.hearing.senses import Sense
from bot.core.severity import Severity
from tests.core.hearing.listener import (
    ACCOUNT,
    DAY,
    HOME,
    HOUR,
    MINUTE,
    NONE,
    NOW,
    OFF,
    ON,
    TOKYO,
    TRAIL,
    VIRGINIA,
    Listener,
    account,
    only,
    text,
)


def test_where_all_is_on_nothing_is_said():
    assert Listener().account(account(), account(VIRGINIA)) == []


def test_a_detector_that_stops_is_high_and_says_where_since_when_and_what_to_do():
    listener = Listener()
    listener.account(account())

    alert = only(listener.account(account(detector=OFF)))

    assert alert.key == f"noroshi:detector:{ACCOUNT}:{HOME}"
    assert (alert.source, alert.severity, alert.account_id, alert.region) == (
        "noroshi",
        Severity.HIGH,
        ACCOUNT,
        HOME,
    )
    assert alert.title == f"I am deaf in account {ACCOUNT} (eu-west-1): the GuardDuty detector is off"
    assert (alert.first_seen, alert.last_seen) == (OFF.since, NOW)
    assert "reaches nobody" in text(alert)
    assert "aws guardduty update-detector --detector-id d1 --enable --region eu-west-1" in text(alert)


def test_a_detector_that_was_deleted_is_as_bad_as_one_that_was_stopped():
    listener = Listener()
    listener.account(account())

    alert = only(listener.account(account(detector=NONE)))

    assert alert.severity is Severity.HIGH
    assert "the GuardDuty detector is gone" in alert.title
    assert "aws guardduty create-detector --enable" in text(alert)


def test_what_was_off_before_the_first_look_is_said_and_is_less_bad():
    alert = only(Listener().account(account(detector=OFF)))

    assert alert.severity is Severity.MEDIUM
    assert "off already when I first looked" in text(alert)


def test_where_guardduty_never_was_on_it_did_not_stop_and_that_is_said_once_for_all_regions():
    listener = Listener()
    alert = only(listener.account(account(), account(VIRGINIA, detector=NONE), account(TOKYO, detector=NONE)))

    assert alert.severity is Severity.INFO
    assert alert.key == f"noroshi:never:detector:{ACCOUNT}"
    assert alert.title.startswith("GuardDuty is not on in account")
    for day in range(1, 40):
        senses = (account(), account(VIRGINIA, detector=NONE), account(TOKYO, detector=NONE))
        assert [said for said in listener.account(*senses, now=NOW + day * DAY) if "never" in said.key] == []


def test_one_more_region_without_guardduty_is_said():
    listener = Listener()
    listener.account(account(VIRGINIA, detector=NONE))

    assert (
        TOKYO in only(listener.account(account(VIRGINIA, detector=NONE), account(TOKYO, detector=NONE))).title
    )


def test_where_never_on_it_is_taken_back_when_it_is_on_everywhere():
    listener = Listener()
    listener.account(account(VIRGINIA, detector=NONE))

    assert only(listener.account(account(VIRGINIA))).resolved


def test_what_is_on_again_resolves_the_same_key():
    listener = Listener()
    listener.account(account())
    stopped = only(listener.account(account(detector=OFF)))

    alert = only(listener.account(account()))

    assert (alert.key, alert.resolved) == (stopped.key, True)
    assert alert.title == f"I hear account {ACCOUNT} (eu-west-1) again: the GuardDuty detector is on"
    assert listener.account(account()) == []


def test_a_second_stop_is_another_occurrence_though_aws_gives_the_time_of_the_first():
    listener = Listener()
    for detector in (ON, OFF, ON, OFF):
        listener.account(account(detector=detector))

    occurrences = [alert.occurrence for alert in listener.said]
    assert len(occurrences) == len(set(occurrences)) == 3


def test_a_stop_is_told_again_once_a_day():
    listener = Listener()
    listener.account(account())
    told_at = [
        minute
        for minute in range(0, 3 * 24 * 60, 5)
        if listener.account(account(detector=replace(OFF, since=None)), now=NOW + minute * MINUTE)
    ]

    assert told_at == [0, 24 * 60, 48 * 60]


def test_a_trail_that_stops_is_one_problem_however_many_regions_it_covers():
    listener, stopped = Listener(), Sense("off", TRAIL, NOW - HOUR)
    listener.account(account(), account(VIRGINIA), account(TOKYO))

    alert = only(listener.account(*(account(each, trail=stopped) for each in (TOKYO, HOME, VIRGINIA))))

    assert alert.key == f"noroshi:trail:{ACCOUNT}:{HOME}"
    assert "the trail acme-trail is not logging" in alert.title
    assert "Regions: eu-west-1, ap-northeast-1, us-east-1." in text(alert)
    assert f"aws cloudtrail start-logging --name {TRAIL} --region eu-west-1" in text(alert)
    again = only(listener.account(account(), account(VIRGINIA), account(TOKYO)))
    assert (again.key, again.resolved) == (alert.key, True)


def test_a_trail_that_was_deleted_is_one_problem_too():
    listener = Listener()
    listener.account(account(), account(VIRGINIA))

    alert = only(listener.account(account(trail=NONE), account(VIRGINIA, trail=NONE)))

    assert (alert.severity, alert.region) == (Severity.HIGH, HOME)
    assert "the trail acme-trail is gone" in alert.title


def test_where_the_trails_home_still_has_another_trail_the_next_region_speaks():
    listener, stopped = Listener(), Sense("off", TRAIL)
    listener.account(account(), account(VIRGINIA), account(TOKYO))

    alert = only(listener.account(account(), account(VIRGINIA, trail=stopped), account(TOKYO, trail=stopped)))

    assert alert.region == TOKYO


def test_a_stopped_trail_stays_where_it_was_told_when_more_regions_miss_it():
    listener, stopped = Listener(), Sense("off", TRAIL)
    listener.account(account(), account(VIRGINIA), account(TOKYO))
    listener.account(account(), account(VIRGINIA, trail=stopped), account(TOKYO))

    assert listener.account(*(account(each, trail=stopped) for each in (HOME, VIRGINIA, TOKYO))) == []


def test_a_stopped_trail_that_is_deleted_later_stays_open():
    listener = Listener()
    listener.account(account(trail=Sense("off", TRAIL)))

    assert listener.account(account(trail=NONE)) == []
    assert listener.account(account())[0].resolved


def test_a_recorder_is_medium_and_one_that_fails_is_given_half_an_hour():
    listener = Listener()
    failing = Sense("off", "default", NOW, reason="InsufficientDeliveryPolicyException: no")
    listener.account(account())

    assert listener.account(account(recorder=failing)) == []
    alert = only(listener.account(account(recorder=failing), now=NOW + 30 * MINUTE))
    assert alert.severity is Severity.MEDIUM
    assert "the Config recorder can't record" in alert.title
    assert "InsufficientDeliveryPolicyException" in text(alert)


@pytest.mark.parametrize("part", ["detector", "trail", "recorder"])
def test_a_name_that_means_harm_stays_one_word_of_the_command(part):
    alert = Listener().account(account(**{part: Sense("off", "x; rm -rf ~ `id` $(id)")}))[0]

    assert "'x; rm -rf ~ `id` $(id)'" in text(alert)
