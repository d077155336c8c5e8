"""Ours and Trusted Advisor's, of every account that a role leads to."""

from datetime import UTC, datetime

import pytest

from bot.adapters.aws.advice import AwsAdvice
from bot.core.advice.classic import BY_ID
from bot.errors import NotFound
from tests.adapters.aws.canned import PROD, STAGING, Canned, FakeBuckets, places
from tests.adapters.aws.own_checks_world import world
from tests.adapters.aws.test_trusted_advisor import GROUPS, IDLE, NO_PLAN, newer, refreshing

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
DARK = "999988887777"
NAMES = {PROD: "prod", STAGING: "staging", DARK: "legacy"}


def advice(more=None, *others):
    canned = Canned(world().answers | (more or {}))
    return AwsAdvice(places(canned, *others), FakeBuckets(), NAMES, now=lambda: NOW)


def quiet(_):
    pass


def no_plan(*account):
    return {
        ("support", name, *account): NO_PLAN
        for name in ("DescribeTrustedAdvisorChecks", "RefreshTrustedAdvisorCheck")
    }


def test_where_both_are_to_be_had_both_are_given_each_with_its_source():
    found = advice(newer()).opinions([GROUPS], [PROD], quiet)

    assert [(one.check.id, one.by, one.status) for one in found.found] == [
        (GROUPS, "own", "ok"),
        (GROUPS, "trusted-advisor", "error"),
    ]
    assert (found.plan, found.caveats) == ("yes", ())
    assert found.api_calls > 0


def test_without_a_plan_ours_stand_alone_and_it_is_told():
    found = advice(no_plan()).opinions([], [PROD], quiet)

    assert {one.by for one in found.found} == {"own"}
    assert {one.check.id for one in found.found} == set(BY_ID)
    assert found.plan == "no"
    assert [(one.code, one.message.partition(":")[0]) for one in found.caveats] == [
        ("no-support-plan", "prod")
    ]


def test_refused_without_a_word_of_the_plan_is_unknown():
    found = advice().opinions([GROUPS], [PROD], quiet)

    assert found.plan == "unknown"
    assert [one.code for one in found.caveats] == ["advisor-refused"]


def test_every_account_that_a_role_leads_to_is_asked_and_the_others_are_told():
    of_staging = {(service, name, STAGING): answer for (service, name), answer in newer().items()}
    found = advice(no_plan(PROD) | of_staging, STAGING).opinions([GROUPS], [], quiet)

    assert {(one.account_id, one.by) for one in found.found} == {
        (PROD, "own"),
        (STAGING, "own"),
        (STAGING, "trusted-advisor"),
    }
    assert found.plan == "yes"
    assert [(one.code, one.message.partition(":")[0]) for one in found.caveats] == [
        ("no-support-plan", "prod"),
        ("account-not-asked", "legacy"),
    ]


def test_the_checks_are_ours_and_all_others_that_trusted_advisor_has():
    with_plan, without = advice(newer()).checks(), advice(no_plan()).checks()

    assert {one.id for one in with_plan} == {*BY_ID, IDLE}
    assert {one.id for one in without} == set(BY_ID)
    assert len(with_plan) == len(BY_ID) + 1


def test_a_refresh_without_a_plan_says_that_ours_are_computed():
    assert advice(no_plan()).refresh(GROUPS).state == "computed"
    assert advice(newer() | refreshing("enqueued")).refresh(GROUPS).state == "enqueued"


def test_no_such_check_is_not_found():
    with pytest.raises(NotFound, match="no check 'zXCkfM1nI3'"):
        advice(newer()).refresh("zXCkfM1nI3")
