"""Silence, late files, and what could not be asked."""

from bot.core.hearing.senses import Sense
from bot.core.severity import Severity
from tests.core.hearing.listener import (
    ACCOUNT,
    DAY,
    DENIED,
    HOME,
    HOUR,
    MINUTE,
    MUTE,
    NONE,
    NOW,
    OFF,
    TRAIL,
    VIRGINIA,
    Listener,
    account,
    only,
    text,
)


def test_never_on_is_not_taken_back_while_a_region_can_not_be_asked():
    listener = Listener()
    listener.account(account(VIRGINIA, detector=NONE))

    assert listener.account(account(VIRGINIA, detector=MUTE)) == []


def test_a_stopped_trail_is_not_told_anew_elsewhere_while_its_home_can_not_be_asked():
    listener, stopped = Listener(), Sense("off", TRAIL)
    listener.account(account(), account(VIRGINIA))
    listener.account(account(trail=stopped), account(VIRGINIA, trail=stopped))

    assert listener.account(account(trail=MUTE), account(VIRGINIA, trail=stopped)) == []


def test_a_refused_call_names_its_action_and_is_low():
    listener = Listener()
    alert = only(listener.account(account(detector=DENIED), account(VIRGINIA, detector=DENIED)))

    assert alert.severity is Severity.LOW
    assert alert.title == (
        f"I can't tell whether GuardDuty is on in account {ACCOUNT}: I may not guardduty:ListDetectors"
    )
    assert listener.account(account(detector=DENIED), account(VIRGINIA), now=NOW + 9 * DAY) == []
    assert only(listener.account(account(), account(VIRGINIA))).resolved


def test_a_call_that_aws_did_not_answer_is_given_an_hour():
    listener = Listener()

    assert listener.account(account(trail=MUTE)) == []
    assert listener.account(account(trail=MUTE), now=NOW + 59 * MINUTE) == []
    assert "CloudTrail is on" in only(listener.account(account(trail=MUTE), now=NOW + HOUR)).title


def test_a_stop_stays_open_while_it_can_not_be_asked():
    listener = Listener()
    listener.account(account())
    listener.account(account(detector=OFF))

    assert listener.account(account(detector=MUTE)) == []
    assert only(listener.account(account())).resolved


def test_an_account_that_says_nothing_for_a_week_is_told_though_its_detector_is_on():
    listener = Listener()
    listener.heard = NOW - 6 * DAY

    assert listener.account(account()) == []
    alert = only(listener.account(account(), now=NOW + DAY))
    assert alert.severity is Severity.MEDIUM
    assert alert.title == f"I heard nothing from account {ACCOUNT} for 7 days, though GuardDuty is on there"
    assert "noroshi doctor --end-to-end" in text(alert)
    listener.heard = NOW + DAY
    assert only(listener.account(account(), now=NOW + DAY + MINUTE)).resolved


def test_an_account_that_never_said_anything_is_counted_from_the_first_look():
    listener = Listener()
    listener.account(account())

    assert listener.account(account(), now=NOW + 6 * DAY) == []
    assert "None ever came" in text(only(listener.account(account(), now=NOW + 7 * DAY)))


def test_silence_is_no_wonder_where_no_detector_is_on():
    listener = Listener()
    listener.heard = NOW - 30 * DAY

    assert {alert.key for alert in listener.account(account(detector=OFF))} == {
        f"noroshi:detector:{ACCOUNT}:{HOME}"
    }


def test_a_trail_that_can_not_write_its_files_is_told_once_for_all_regions():
    listener = Listener()
    broken = [account(each, delivery_error="NoSuchBucket") for each in (HOME, VIRGINIA)]

    alert = only(listener.account(*broken))

    assert (alert.severity, alert.key) == (Severity.MEDIUM, f"noroshi:delivery:{ACCOUNT}:{HOME}")
    assert "NoSuchBucket" in text(alert)
    assert only(listener.account(account(), account(VIRGINIA))).resolved


def test_old_files_are_late_in_the_trails_home_and_nowhere_else():
    old = {"delivered_at": NOW - 7 * HOUR}

    alert = only(Listener().account(account(**old), account(VIRGINIA, **old)))

    assert alert.title == (
        f"Records of account {ACCOUNT} (eu-west-1) don't come: the trail acme-trail wrote its last file 7 hours ago"
    )
