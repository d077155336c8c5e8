"""The root user, access keys and passwords: the colours that Trusted Advisor documents."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.advice.people import Key, Keys
from tests.core.advice.judged import NOW, asked, denied, is_dark

MFA, ROOT_KEY, ROTATION, PASSWORD, EXPOSED = (
    "7DAFEmoDos",
    "c2vlfg0f4h",
    "DqdJqYeRm5",
    "Yw2K9puPzl",
    "12Fnkpl8Y5",
)
WHOLE = {
    "MinimumPasswordLength": 14,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
}
REPORTED = NOW - timedelta(hours=3)


def summary(mfa=None, password=None, keys=None):
    told = {
        "AccountMFAEnabled": mfa,
        "AccountPasswordPresent": password,
        "AccountAccessKeysPresent": keys,
        "Users": 7,
    }
    return {name: value for name, value in told.items() if value is not None}


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (summary(mfa=1), "ok"),
        (summary(mfa=1, password=1, keys=1), "ok"),
        (summary(mfa=0), "error"),
        (summary(mfa=0, password=1, keys=0), "error"),
        (summary(mfa=0, password=0, keys=1), "error"),
        (summary(mfa=0, keys=0), "error"),
        (summary(mfa=0, password=0), "error"),
        (summary(mfa=0, password=0, keys=0), "ok"),
        (summary(password=1), "not_available"),
        ({}, "not_available"),
    ],
)
def test_mfa_on_root(told, verdict):
    assert asked(MFA, summary=told).status == verdict


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (summary(keys=0), "ok"),
        (summary(keys=1), "error"),
        (summary(keys=2), "error"),
        (summary(mfa=1, keys=0), "ok"),
        (summary(mfa=1, keys=1), "error"),
        (summary(password=0, keys=0), "ok"),
        (summary(mfa=0, password=0, keys=1), "error"),
        (summary(mfa=1), "not_available"),
        ({}, "not_available"),
    ],
)
def test_the_root_users_access_key(told, verdict):
    assert asked(ROOT_KEY, summary=told).status == verdict


def keys(*days, **more):
    made = (
        Key(f"user-{n}", 1, None if each is None else NOW - timedelta(days=each), **more)
        for n, each in enumerate(days)
    )
    return Keys(tuple(made), REPORTED)


@pytest.mark.parametrize(
    ("ages", "verdict"),
    [
        ((), "ok"),
        ((0,), "ok"),
        ((90,), "ok"),
        ((91,), "warning"),
        ((730,), "warning"),
        ((731,), "error"),
        ((4000, 3), "error"),
        ((3, 100), "warning"),
        ((None,), "not_available"),
        ((None, 100), "warning"),
    ],
)
def test_access_key_rotation(ages, verdict):
    assert asked(ROTATION, keys=keys(*ages)).status == verdict


def test_an_old_key_is_named_with_its_user_and_age_as_of_the_report():
    found = asked(ROTATION, keys=keys(1000, id="AKIAEXAMPLEUSER00001"))

    assert [(one.resource, one.why) for one in found.flagged] == [
        ("AKIAEXAMPLEUSER00001", "key 1 of user-0: 1,000 days old")
    ]
    assert (found.at, found.looked_at) == (REPORTED, 1)


def test_a_key_of_unknown_age_is_told_beside_those_that_are_old():
    assert asked(ROTATION, keys=keys(None, 100)).unknown_because == (
        "key 1 of user-0: IAM doesn't say when it was made",
    )


@given(st.datetimes(datetime(2011, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds have none
def test_a_keys_colour_gets_no_better_with_age(rotated):
    order = ("ok", "warning", "error")
    found = [
        asked(ROTATION, keys=Keys((Key("a", 1, rotated - timedelta(days=back)),), REPORTED)).status
        for back in (0, 1, 90, 640)
    ]

    assert found == sorted(found, key=order.index)
    assert (found[0] == "error") == (NOW - rotated > timedelta(days=730))
    assert (found[0] == "ok") == (NOW - rotated <= timedelta(days=90))


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [
        (WHOLE, "ok"),
        (WHOLE | {"MaxPasswordAge": 90, "HardExpiry": False}, "ok"),
        (WHOLE | {"RequireSymbols": False}, "warning"),
        (WHOLE | {"RequireNumbers": False}, "warning"),
        (WHOLE | {"RequireUppercaseCharacters": False}, "warning"),
        (WHOLE | {"RequireLowercaseCharacters": False}, "warning"),
        (WHOLE | {"MinimumPasswordLength": 0}, "warning"),
        ({name: value for name, value in WHOLE.items() if name != "MinimumPasswordLength"}, "warning"),
        ({}, "warning"),
        (None, "warning"),
    ],
)
def test_the_password_policy(policy, verdict):
    assert asked(PASSWORD, password=policy).status == verdict


def test_a_weak_policy_says_what_it_lacks_and_none_at_all_is_another_thing():
    weak = asked(PASSWORD, password={"MinimumPasswordLength": 8, "RequireNumbers": True})

    assert weak.flagged[0].why == "it asks for no capitals, small letters, symbols"
    assert "there is none" in asked(PASSWORD, password=None).flagged[0].why


@pytest.mark.parametrize(
    ("check", "part", "action"),
    [
        (MFA, "summary", "iam:GetAccountSummary"),
        (ROOT_KEY, "summary", "iam:GetAccountSummary"),
        (ROTATION, "keys", "iam:GetCredentialReport"),
        (PASSWORD, "password", "iam:GetAccountPasswordPolicy"),
    ],
)
def test_denied_is_never_green(check, part, action):
    assert is_dark(asked(check, **{part: denied(action)}), action)
    assert is_dark(asked(check), "nobody asked")


def test_exposed_keys_can_only_be_told_by_aws():
    assert is_dark(asked(EXPOSED), "AWS looks for keys in public code")
