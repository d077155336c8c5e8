"""One bucket with everything read, wherever it is."""

import pytest

from bot.core.public.block import ALL, NONE
from bot.core.public.facts import NOT_ASKED
from bot.errors import AccessDenied, NotFound, Upstream
from tests.adapters.aws.s3_fake import EVERYBODY, PROD, STAGING, S3Fake, acl, block, error, ownership, status
from tests.adapters.aws.s3_fake_server import serving
from tests.adapters.aws.s3_world import FAR, HOME, STAGINGS, policy, public_access, silent


@pytest.fixture
def s3(environment):
    fake = S3Fake()
    with serving(fake) as address:
        environment.setenv("AWS_ACCESS_KEY_ID", PROD)
        environment.setenv("AWS_SECRET_ACCESS_KEY", "s")
        environment.setenv("AWS_REGION", HOME)
        environment.setenv("AWS_ENDPOINT_URL", address)
        yield fake


def whole(bucket, *accounts, of="", progress=silent):
    return public_access(*accounts).whole(bucket, of, progress)


def test_everything_is_read_though_the_block_settles_it(s3):
    s3.make(
        "acme",
        FAR,
        block=block(),
        policy=policy("acme"),
        status=status("true"),
        acl=acl((EVERYBODY, "READ")),
        ownership=ownership("ObjectWriter"),
        website="<WebsiteConfiguration/>",
    )
    s3.point("door", "acme", block=block(()), policy=policy("acme"), status="true")
    s3.multi["wide"] = {"buckets": ["acme"], "policy": policy("acme"), "status": "true"}

    found = whole("acme")
    facts = found.facts

    assert found.verdict.judgement == "not-public"
    assert (found.bucket.region, found.bucket.made_at is not None, found.website) == (FAR, True, True)
    assert facts.policy == policy("acme")
    assert (facts.aws_says, facts.bucket_block, facts.account_block) == (True, ALL, NONE)
    assert facts.acl["Grants"]
    assert facts.ownership["Rules"]
    door, wide = facts.access_points
    assert (door.name, door.block, door.policy, door.aws_says) == ("door", NONE, policy("acme"), True)
    assert (wide.name, wide.block, wide.policy, wide.aws_says) == ("wide", ALL, policy("acme"), True)
    assert max(s3.calls().values()) == 1


def test_a_bucket_with_nothing_has_nothing_unread(s3):
    s3.make("acme")

    found = whole("acme")

    assert (found.facts.policy, found.facts.aws_says, found.facts.ownership, found.website) == (
        None,
        False,
        None,
        False,
    )
    assert found.facts.access_points == ()
    assert found.website is not NOT_ASKED


def test_what_is_denied_of_it_is_unread_with_its_action(s3):
    s3.make("acme")
    s3.said["website", "acme"] = error("AccessDenied", "Access Denied")

    assert whole("acme").website.action == "s3:GetBucketWebsite"


def test_the_account_that_owns_it_is_found(s3):
    s3.make("acme-longer", account=PROD)
    s3.make("acme", account=STAGING, policy=policy("acme"))

    found = whole("acme", STAGINGS)

    assert (found.bucket.account_id, found.verdict.judgement) == (STAGING, "public")


def test_an_account_that_is_named_is_the_only_one_looked_into(s3):
    s3.make("acme", account=STAGING)

    assert whole("acme", STAGINGS, of=STAGING).bucket.account_id == STAGING
    assert {about for call, about, _ in s3.asked if call == "list"} == {""}
    assert s3.calls()["list"] == 1


def test_one_that_nobody_has_is_not_found(s3):
    with pytest.raises(NotFound, match="There is no bucket nowhere"):
        whole("nowhere")


def test_somebody_elses_is_told_as_such(s3):
    s3.make("theirs", account="999999999999")

    with pytest.raises(NotFound, match="somebody else's") as found:
        whole("theirs", STAGINGS)

    assert "role_arn" in found.value.hint


def test_an_account_that_could_not_be_looked_into_is_named(s3):
    s3.make("theirs", account=STAGING)
    s3.said["list", STAGING] = error("AccessDenied", "Access Denied")

    with pytest.raises(NotFound, match="staging could not be looked into"):
        whole("theirs", STAGINGS)


def test_where_no_account_could_be_looked_into_nothing_is_said_of_the_bucket(s3):
    s3.make("theirs", account="999999999999")
    for account in ("", STAGING):
        s3.said["list", account] = error("AccessDenied", "Access Denied")

    with pytest.raises(AccessDenied) as found:
        whole("theirs", STAGINGS)

    assert found.value.action == "s3:ListAllMyBuckets"
    assert found.value.message.startswith("Whether theirs is there, and whose it is, I can’t tell: ")
    assert "staging could not be looked into: " in found.value.message


def test_an_account_that_is_named_and_cannot_be_looked_into_has_not_lost_its_bucket(s3):
    s3.make("acme", account=STAGING)
    s3.said["list", STAGING] = error("SlowDown", "Reduce your request rate", status=503)
    s3.said["head", "acme"] = error("AccessDenied", "Access Denied")

    with pytest.raises(Upstream):
        whole("acme", STAGINGS, of=STAGING)


def test_our_own_is_found_without_the_right_to_list(s3):
    s3.make("acme", policy=policy("acme"))
    s3.said["list", ""] = error("AccessDenied", "Access Denied")

    assert whole("acme").verdict.judgement == "public"


def test_a_name_that_no_bucket_can_have_is_not_found(s3):
    with pytest.raises(NotFound, match="can have the name"):
        whole("No Such Name!")


def test_a_bucket_that_is_deleted_meanwhile_is_not_found(s3):
    s3.make("acme")
    s3.said["acl", "acme"] = error("NoSuchBucket", status=404)

    with pytest.raises(NotFound):
        whole("acme")


def test_an_access_point_that_is_gone_meanwhile_is_left_out(s3):
    s3.make("acme")
    s3.point("door", "acme")
    s3.said["point-policy", "door"] = error("NoSuchAccessPoint", status=404)

    assert whole("acme").facts.access_points == ()


def test_a_directory_bucket_is_private_without_a_question(s3):
    assert whole("acme--euw1-az1--x-s3").verdict.judgement == "not-public"
    assert set(s3.calls()) <= {"whoami"}


def test_it_says_what_it_is_doing(s3):
    s3.make("acme")
    told = []

    whole("acme", progress=told.append)

    assert told == ["Looking for acme…", "Reading what lets people into acme…"]
