"""/s3 explain: since when a bucket is public, by Config or by the last call that changed it."""

from datetime import timedelta

from bot.core.public.block import NONE
from bot.core.public.facts import AccessPoint
from bot.errors import AccessDenied
from bot.trail.rows import CALL_COLUMNS
from commands.s3 import s3
from tests.commands.fake_trail import FakeTrail
from tests.commands.s3.explained import DELEGATED, NAME, ask, said
from tests.commands.s3.small_s3 import NOW, PROD, REFUSED, FakeAccess, FakeHistories, Ports, allow, judged


def test_it_says_since_when_and_by_whose_settings_that_is_known():
    states = [(NOW - timedelta(days=2), [allow()]), (NOW - timedelta(days=4), [])]
    account = [(NOW - timedelta(days=30), ())]

    assert "public since 2026-11-23" in said(
        ask(allow(), configurations=FakeHistories(*states, account=account))
    )
    assert "public by its own settings since 2026-11-23" in said(
        ask(allow(), configurations=FakeHistories(*states))
    )


def opened(name="PutBucketPolicy", by=f"arn:aws:iam::{PROD}:user/mika"):
    told = {"at": "2026-11-20T03:11:00", "event_name": name, "principal": by, "recorded_in": PROD}
    return dict.fromkeys(CALL_COLUMNS) | told


def test_where_config_cannot_say_the_last_call_that_changed_it_does():
    trail = FakeTrail(opened())
    access = FakeAccess(judged(NAME, allow()))

    view = s3.answer(["explain", NAME], Ports(access, trail=trail))

    words = "public by its own settings since 2026-11-20 03:11 UTC or before: PutBucketPolicy by mika"
    assert words in said(view)
    assert (view.rows[0]["since_or_before"], view.receipt.cost_usd) == (True, 0.0001)
    assert len(trail.asked) == 1


def test_the_trail_is_asked_only_where_config_cannot_say_and_the_bucket_itself_is_open():
    trail = FakeTrail(opened())
    states = FakeHistories((NOW - timedelta(days=2), [allow()]))
    arn = f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/shop"
    point = AccessPoint("shop", arn, policy={"Statement": [allow()]}, block=NONE)
    asked = (
        (judged(NAME, allow()), states),
        (judged(NAME), None),
        (judged(NAME, policy=REFUSED), None),
        (judged(NAME, allow(**DELEGATED), access_points=(point,)), None),
    )

    for one, configurations in asked:
        s3.answer(["explain", NAME], Ports(FakeAccess(one), configurations, trail))

    assert trail.asked == []


def test_where_neither_can_say_both_are_told():
    assert (
        "since when it is public is not known: AWS Config has not recorded it, "
        "and CloudTrail has no call of 90 days that changed it" in said(ask(allow()))
    )
    refused = FakeTrail(fails=AccessDenied("AWS refused it.", action="cloudtrail:LookupEvents"))
    view = s3.answer(["explain", NAME], Ports(FakeAccess(judged(NAME, allow())), trail=refused))
    assert "CloudTrail could not be asked: AWS refused it" in said(view)
