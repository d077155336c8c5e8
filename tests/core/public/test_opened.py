"""What is told after a bucket was looked at again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.public.block import NONE, Flags
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import Facts
from bot.core.public.meaning import Unread
from bot.core.public.opened import Past, news, of_account, unseen
from bot.core.public.touched import Touched
from bot.core.public.verdict import verdict
from bot.core.severity import Severity
from bot.core.text import plain

AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
KEY = "cloudtrail:111122223333:DeleteBucketPolicy:acme-payroll:2026-11-25"
CALL = Touched(
    "111122223333",
    "acme-payroll",
    "e-1",
    "PutBucketPolicy",
    "arn:aws:iam::111122223333:user/mika",
    "eu-west-1",
    AT,
    KEY,
    told=True,
)
SILENT = replace(CALL, event_id="e-2", event_name="DeleteBucketPublicAccessBlock", key="", told=False)
OWN = "bucket-open:111122223333:eu-west-1:acme-payroll"


def judged(action="s3:GetObject", **facts):
    allow = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*", "Sid": "Wide"}
    known = Facts(
        "acme-payroll",
        policy={"Statement": [allow]},
        acl=None,
        ownership=None,
        bucket_block=NONE,
        account_block=NONE,
        access_points=(),
        aws_says=True,
    )
    told = replace(known, **facts)
    return Judged(Bucket("acme-payroll", "111122223333", "eu-west-1"), told, verdict(told))


PUBLIC, CLOSED = judged(), judged(policy=None, aws_says=False)
REFUSED = Unread("AWS refused", "s3:GetBucketPolicy")
DENIED = judged(policy=REFUSED, aws_says=REFUSED)


def said(alert):
    return "\n".join([alert.title, *map(plain, alert.story)])


def test_a_bucket_that_became_public_is_told_in_the_thread_of_its_call_with_the_proof():
    past, (alert,) = news(Past(), PUBLIC, [CALL])

    assert (alert.key, alert.severity, alert.resolved) == (KEY, Severity.HIGH, False)
    assert alert.title == "Bucket acme-payroll is public: everybody may read"
    assert "By policy: " in said(alert)
    assert "RestrictPublicBuckets" in said(alert)
    assert [step.words[:2] for step in alert.next_steps] == [
        ("s3", "explain"),
        ("trail", "who-accessed"),
        ("config", "history"),
    ]
    assert (past.judgement, past.keys) == ("public", (KEY,))


def test_what_everybody_may_write_is_critical():
    _, (alert,) = news(Past(), judged("s3:PutObject"), [CALL])

    assert alert.severity is Severity.CRITICAL


def test_a_call_that_nobody_was_told_of_opens_a_problem_of_its_own_and_says_who_it_was():
    past, (alert,) = news(Past("not-public"), PUBLIC, [SILENT])

    assert alert.key == OWN
    assert "mika (user) called DeleteBucketPublicAccessBlock" in said(alert)
    assert past.keys == (OWN,)


def test_nothing_is_told_twice_of_a_bucket_that_is_as_public_as_before():
    past, _ = news(Past(), PUBLIC, [CALL])

    assert news(past, PUBLIC, [SILENT]) == (past, ())


def test_more_that_everybody_may_do_is_news():
    past, _ = news(Past(), PUBLIC, [CALL])

    _, (alert,) = news(past, judged(["s3:GetObject", "s3:PutObject"]), [SILENT])

    assert alert.severity is Severity.CRITICAL


def test_when_it_is_closed_every_thread_that_called_it_public_hears_so():
    past = Past("public", frozenset({"policy  read"}), (KEY, OWN))

    after, alerts = news(past, CLOSED, [SILENT])

    assert [(one.key, one.resolved) for one in alerts] == [(KEY, True), (OWN, True)]
    assert alerts[0].title == "Bucket acme-payroll is not public any more"
    assert after == Past("not-public")


def test_a_deleted_bucket_is_over():
    past = Past("public", frozenset(), (KEY,))

    _, (alert,) = news(past, replace(DENIED, gone=True), [SILENT])

    assert (alert.title, alert.resolved) == ("Bucket acme-payroll is deleted", True)


STOPPED = frozenset({"RestrictPublicBuckets", "IgnorePublicAcls"})


@pytest.mark.parametrize(("stops", "over"), [(STOPPED, True), (STOPPED - {"IgnorePublicAcls"}, False)])
def test_what_sounded_open_and_is_not_is_over_unless_single_objects_may_be_public(stops, over):
    _, (alert,) = news(Past(), judged(account_block=Flags(stops)), [CALL])

    assert (alert.key, alert.severity, alert.resolved) == (KEY, Severity.LOW, over)
    assert ("single objects" in said(alert)) is not over
    assert "not public for all that" in alert.title
    assert "RestrictPublicBuckets of the account's block" in said(alert)


def test_what_nobody_may_read_is_neither_public_nor_private():
    past = Past("public", frozenset({"policy  read"}), (KEY,))

    after, (alert,) = news(past, DENIED, [CALL])

    assert "can’t tell" in alert.title
    assert "s3:GetBucketPolicy" in said(alert)
    assert not alert.resolved
    assert (after.judgement, after.keys) == ("unknown", (KEY,))


def test_the_same_look_after_the_same_call_is_the_same_telling_and_a_changed_verdict_is_another():
    first, again, other = (news(Past(), one, [CALL])[1][0] for one in (PUBLIC, PUBLIC, CLOSED))

    assert first.occurrence == again.occurrence != other.occurrence


@pytest.mark.parametrize(("buckets", "words"), [([PUBLIC, CLOSED], "1 of its 2 buckets is public now"), ([CLOSED, CLOSED], "None of its 2 buckets")])  # fmt: skip
def test_a_call_about_the_account_hears_how_many_of_its_buckets_are_public(buckets, words):
    (alert,) = of_account([replace(CALL, bucket="", key="account-block")], buckets)

    assert words in alert.title
    assert alert.key == "account-block"


def test_where_nobody_can_look_the_call_hears_why():
    (alert,) = unseen([CALL, SILENT], "No role for 111122223333.", "Set accounts.role_arn.")

    assert alert.key == KEY
    assert "No role for 111122223333." in said(alert)
