"""Whatever a bucket, a region or S3 itself does wrong: it ends as a row with a reason, and the others are judged."""

import json

import pytest
from botocore.config import Config

from bot.adapters.aws.pace import Tally
from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_calls import BLOCK
from bot.adapters.aws.session import make_session
from bot.core.public.meaning import Unread
from tests.adapters.aws.s3_fake import EVERYBODY, PROD, S3Fake, Said, acl, block, error, ownership, status
from tests.adapters.aws.s3_fake_server import serving
from tests.adapters.aws.s3_world import (
    FAR,
    HASTY,
    HOME,
    at_leisure,
    by_name,
    delegating,
    narrowed,
    policy,
    survey,
)

DENIED = (
    "User: arn:aws:iam::111122223333:user/bot is not authorized to perform: s3:GetBucketPolicy on resource: "
    '"arn:aws:s3:::bad" with an explicit deny in a resource-based policy'
)


@pytest.fixture
def s3(environment):
    fake = S3Fake()
    fake.make("good", policy=policy("good"))
    with serving(fake) as address:
        environment.setenv("AWS_ACCESS_KEY_ID", PROD)
        environment.setenv("AWS_SECRET_ACCESS_KEY", "s")
        environment.setenv("AWS_REGION", HOME)
        environment.setenv("AWS_ENDPOINT_URL", address)
        yield fake


def bad(found):
    """The row of the bad bucket, the good one having been judged as ever."""
    rows = by_name(found)
    assert rows["good"].verdict.judgement == "public"
    return rows["bad"]


def reason(row):
    assert row.verdict.judgement == "unknown"
    (missing,) = row.verdict.unknown_because
    return missing.unread


def test_a_bucket_that_is_deleted_meanwhile_is_gone(s3):
    s3.make("bad")
    s3.said["acl", "bad"] = error("NoSuchBucket", status=404)

    row = bad(survey())

    assert row.gone
    assert row.verdict.judgement != "public"


def test_a_bucket_whose_own_policy_denies_us_is_unknown_with_the_missing_action(s3):
    s3.make("bad")
    s3.said["policy", "bad"] = error("AccessDenied", DENIED)
    s3.said["status", "bad"] = error("AccessDenied", "Access Denied")

    told = {each.unread.action: each.unread.why for each in bad(survey()).verdict.unknown_because}

    assert "the bucket's own policy denies it" in told["s3:GetBucketPolicy"]


def test_where_only_the_policy_is_denied_aws_settles_it(s3):
    s3.make("bad", status=status("true"))
    s3.said["policy", "bad"] = error("AccessDenied", DENIED)

    assert bad(survey()).verdict.judgement == "public"


@pytest.mark.parametrize(
    ("call", "action"),
    [
        ("block", "s3:GetBucketPublicAccessBlock"),
        ("policy", "s3:GetBucketPolicy"),
        ("acl", "s3:GetBucketAcl"),
        ("ownership", "s3:GetBucketOwnershipControls"),
    ],
)
def test_each_refusal_names_its_action_and_is_never_taken_for_not_public(s3, call, action):
    s3.make("bad", policy=policy("bad"), acl=acl((EVERYBODY, "READ")), ownership=ownership("ObjectWriter"))
    s3.said[call, "bad"] = error("AccessDenied", "Access Denied")
    s3.said["status", "bad"] = error("AccessDenied", "Access Denied")

    row = bad(survey())

    assert action in {each.unread.action for each in row.verdict.unknown_because}
    assert row.verdict.judgement != "not-public"


def test_a_key_that_is_denied_names_its_own_action(s3):
    s3.make("bad")
    message = (
        "User: arn:aws:iam::111122223333:user/bot is not authorized to perform: kms:Decrypt on resource: key"
    )
    s3.said["acl", "bad"] = error("KMS.AccessDeniedException", message)

    assert reason(bad(survey())).action == "kms:Decrypt"


def test_the_accounts_block_that_is_denied_leaves_open_ways_unknown(s3):
    s3.said["account-block", ""] = error("AccessDenied", "Access Denied")

    (row,) = survey().judged

    assert {each.unread.action for each in row.verdict.unknown_because} == {"s3:GetAccountPublicAccessBlock"}


@pytest.mark.parametrize("call", ["points", "multi-points"])
def test_access_points_that_may_not_be_listed_leave_a_bucket_unknown_that_hangs_on_them(s3, call):
    s3.make("bad", policy=delegating("bad"), status=status("false"))
    s3.said[call, ""] = error("AccessDenied", "Access Denied")

    assert "AccessPoints" in reason(bad(survey())).action


def test_a_policy_that_is_no_json_is_settled_by_aws_or_unknown(s3):
    s3.make("bad", policy='{"Statement": [', status=status("false"))
    s3.make("worse", policy='{"Statement": [', status="<PolicyStatus/>")

    found = survey()

    assert bad(found).verdict.judgement == "not-public"
    assert "can't be read as JSON" in reason(by_name(found)["worse"]).why


def test_an_empty_policy_status_is_no_answer(s3):
    s3.make("bad", policy=narrowed("bad"), status="<PolicyStatus/>")

    row = bad(survey())

    assert isinstance(row.facts.aws_says, Unread)
    assert row.verdict.judgement == "not-public"


def test_a_statement_that_is_one_object_counts_as_any(s3):
    s3.make("bad", policy=policy("bad"))

    assert bad(survey()).verdict.access == ("read",)


def test_the_one_public_statement_of_a_hundred_is_found(s3):
    each = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bad/some/long/prefix/*"}
    accounts = [
        {**each, "Principal": {"AWS": f"arn:aws:iam::{111122220000 + n}:root"}, "Sid": f"Account{n:03}"}
        for n in range(99)
    ]
    text = json.dumps({"Statement": [*accounts, {**each, "Principal": "*", "Sid": "Forgotten"}]})
    assert 15_000 < len(text) < 20_480
    s3.make("bad", policy=text)

    row = bad(survey())

    assert row.verdict.judgement == "public"
    assert "Forgotten" in row.verdict.reasons[0]


def test_a_bucket_whose_requester_pays_is_judged_as_any(s3):
    s3.make("bad", policy=policy("bad", Condition={"StringEquals": {"s3:RequestPayer": "requester"}}))

    assert bad(survey()).verdict.judgement == "public"


def test_throttling_that_does_not_end_is_said_to_be_throttling(s3):
    s3.make("bad")
    s3.said["acl", "bad"] = error("SlowDown", "Please reduce your request rate", status=503)

    assert reason(bad(survey())).why.startswith("throttled")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Sign in to the hotel's network</body></html>",
        b"<AccessControlPolicy><Owner>",
        b"\xff\xfe not XML at all",
    ],
)
@pytest.mark.parametrize("call", ["block", "acl"])
def test_an_answer_of_another_form_is_no_answer(s3, call, body):
    s3.make("bad")
    s3.said[call, "bad"] = Said(200, body)

    row = bad(survey())

    if call == "acl":
        assert row.verdict.judgement == "unknown"
    assert isinstance(getattr(row.facts, {"block": "bucket_block"}.get(call, call)), Unread)


def test_a_region_that_is_switched_off_is_asked_once(s3):
    for number in range(5):
        s3.make(f"far{number}", FAR)
    s3.said["block", FAR] = error("InvalidAccessKeyId", "The key does not exist in our records")

    rows = [one for one in survey().judged if one.bucket.region == FAR]
    whys = {each.unread.why for row in rows for each in row.verdict.unknown_because}

    assert len(rows) == 5
    assert {one.verdict.judgement for one in rows} == {"unknown"}
    assert whys == {f"{FAR} is not switched on for this account (InvalidAccessKeyId)"}


def test_what_can_not_be_reached_is_tried_once(environment):
    environment.setenv("AWS_ACCESS_KEY_ID", PROD)
    environment.setenv("AWS_SECRET_ACCESS_KEY", "s")
    environment.setenv("AWS_REGION", HOME)
    environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # nobody listens to the discard port
    tally = Tally()
    settings = HASTY.merge(Config(connect_timeout=1))
    asked = Asked(PROD, make_session(), pace=at_leisure(), tally=tally, settings=settings)

    told = [asked.read(BLOCK, FAR, Bucket=f"a{number}") for number in range(5)]

    assert told == [Unread(f"S3 in {FAR} can't be reached")] * 5
    assert tally.calls == 1


def test_directory_buckets_are_not_asked_about(s3):
    s3.make("bad--euw1-az1--x-s3")

    row = by_name(survey())["bad--euw1-az1--x-s3"]

    assert row.verdict.judgement == "not-public"
    assert not s3.calls("bad--euw1-az1--x-s3")


def test_while_nobody_says_whose_the_account_is_its_block_is_not_known(s3):
    s3.said["whoami", ""] = error("AccessDenied", "Access Denied")
    s3.make("bad", block=block())

    rows = by_name(survey())

    assert rows["bad"].verdict.judgement == "not-public"
    assert {each.unread.action for each in rows["good"].verdict.unknown_because} == {"sts:GetCallerIdentity"}
