"""Since when a bucket is public, by what was recorded of it and of its account; and why it is not known."""

from datetime import timedelta

from bot.core.public.block import NONE
from bot.core.public.facts import AccessPoint
from bot.errors import AccessDenied
from commands.s3.since import since
from tests.commands.s3.small_s3 import NOW, PROD, FakeHistories, allow, judged

ALL = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
OPEN = judged("acme-read", allow())


def days(count):
    return NOW - timedelta(days=count)


def look(*states, one=OPEN, **more):
    return since(one, FakeHistories(*states, **more), NOW)


def test_it_is_the_oldest_of_the_latest_public_states():
    told = look((days(1), [allow()]), (days(5), [allow()]), (days(9), []), (days(20), [allow()]))

    assert (told.at, told.or_before, told.why) == (days(5), False, "")


def test_what_was_public_as_far_back_as_is_recorded_may_be_so_for_longer():
    assert look((days(5), [allow()])).or_before is True


def test_the_state_before_the_year_ends_it_too():
    ended = look((days(5), [allow()]), older=(days(400), []))
    further = look((days(5), [allow()]), older=(days(400), [allow()]))

    assert (ended.at, ended.or_before) == (days(5), False)
    assert (further.at, further.or_before) == (days(5), True)


def test_a_block_of_the_account_that_was_lifted_later_counts():
    told = look((days(300), [allow()]), account=[(days(2), ()), (days(200), ALL)])

    assert (told.at, told.or_before, told.by_itself) == (days(2), False, False)


def test_an_account_that_let_it_through_before_changes_nothing():
    told = look((days(5), [allow()]), (days(9), []), account=[(days(200), ()), (days(300), ALL)])

    assert (told.at, told.or_before, told.by_itself) == (days(5), False, False)


def test_without_the_accounts_past_it_is_said_to_be_by_itself():
    assert look((days(5), [allow()]), (days(9), [])).by_itself is True
    younger = look((days(5), [allow()]), (days(9), []), account=[(days(2), ())])
    assert (younger.at, younger.by_itself) == (days(5), True)


def test_an_access_points_past_is_told_of_no_bucket():
    delegated = allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": PROD}})
    arn = f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/shop"
    point = AccessPoint("shop", arn, policy={"Statement": [allow()]}, block=NONE)

    told = look((days(300), [delegated]), one=judged("acme-shop", delegated, access_points=(point,)))

    assert told.at is None
    assert "access points" in told.why


def test_an_access_point_of_today_makes_no_bucket_public_in_the_past():
    delegated = allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": PROD}})
    arn = f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/shop"
    point = AccessPoint("shop", arn, policy={"Statement": [allow()]}, block=NONE)
    one = judged("acme-shop", delegated, allow(), access_points=(point,))

    told = look((days(2), [delegated, allow()]), (days(300), [delegated]), one=one)

    assert (told.at, told.or_before) == (days(2), False)


def test_what_config_has_not_seen_yet_is_not_dated():
    told = look((days(5), []))

    assert told.at is None
    assert "yet" in told.why


def test_why_config_cannot_say_is_told():
    refused = look(fails=AccessDenied("AWS refused it.", action="config:GetResourceConfigHistory"))

    assert refused.why == "AWS refused it"
    assert look().why == "AWS Config has not recorded it"
    assert "region" in look(one=judged("acme-read", allow(), region="")).why
