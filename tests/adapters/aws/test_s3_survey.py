"""Every bucket is judged, with the requests that its verdict needs and no more, each in the bucket's own region."""

import pytest

from bot.errors import AccessDenied, NotConfigured
from tests.adapters.aws.s3_fake import EVERYBODY, PROD, STAGING, S3Fake, acl, block, error, ownership, status
from tests.adapters.aws.s3_fake_server import serving
from tests.adapters.aws.s3_world import FAR, HOME, STAGINGS, by_name, delegating, narrowed, policy, survey


@pytest.fixture
def s3(environment):
    fake = S3Fake()
    with serving(fake) as address:
        environment.setenv("AWS_ACCESS_KEY_ID", PROD)
        environment.setenv("AWS_SECRET_ACCESS_KEY", "s")
        environment.setenv("AWS_REGION", HOME)
        environment.setenv("AWS_ENDPOINT_URL", address)
        yield fake


def test_a_block_that_closes_everything_is_the_only_request(s3):
    s3.make("a", block=block(), policy=policy("a"))

    assert by_name(survey())["a"].verdict.judgement == "not-public"
    assert dict(s3.calls("a")) == {"block": 1}


def test_under_the_accounts_block_no_bucket_is_asked_at_all(s3):
    s3.blocks[PROD] = block()
    s3.make("a", policy=policy("a"))
    s3.make("b", acl=acl((EVERYBODY, "WRITE")))

    found = survey()

    assert {one.verdict.judgement for one in found.judged} == {"not-public"}
    assert found.api_calls == 2
    assert set(s3.calls()) == {"whoami", "list", "account-block"}


def test_a_bucket_without_policy_and_grants_takes_three(s3):
    s3.make("a")

    assert by_name(survey())["a"].verdict.judgement == "not-public"
    assert dict(s3.calls("a")) == {"block": 1, "policy": 1, "acl": 1}


def test_a_public_policy_needs_no_second_opinion(s3):
    s3.make("a", policy=policy("a"), status=status("true"))

    found = by_name(survey())["a"]

    assert (found.verdict.judgement, found.verdict.access) == ("public", ("read",))
    assert "status" not in s3.calls("a")


@pytest.mark.parametrize(("said", "judgement"), [("true", "public"), ("false", "not-public")])
def test_where_ours_finds_nothing_aws_is_asked_and_believed_when_it_says_public(s3, said, judgement):
    s3.make("a", policy=narrowed("a"), status=status(said))

    assert by_name(survey())["a"].verdict.judgement == judgement
    assert s3.calls("a")["status"] == 1


def test_a_policy_that_only_denies_needs_no_second_opinion(s3):
    s3.make("a", policy=policy("a", Effect="Deny"), status=status("true"))

    assert by_name(survey())["a"].verdict.judgement == "not-public"
    assert "status" not in s3.calls("a")


def test_what_a_flag_stops_already_is_not_read(s3):
    s3.make("a", block=block(("RestrictPublicBuckets",)), policy=policy("a"), acl=acl((EVERYBODY, "WRITE")))
    s3.make("b", block=block(("IgnorePublicAcls",)), policy=policy("b"), acl=acl((EVERYBODY, "WRITE")))

    found = by_name(survey())

    assert found["a"].verdict.access == ("write",)
    assert set(s3.calls("a")) == {"block", "acl", "ownership"}
    assert found["b"].verdict.access == ("read",)
    assert set(s3.calls("b")) == {"block", "policy"}


@pytest.mark.parametrize(
    ("word", "judgement"), [("BucketOwnerEnforced", "not-public"), ("ObjectWriter", "public")]
)
def test_ownership_is_asked_only_where_an_acl_grants_something(s3, word, judgement):
    s3.make("a", acl=acl((EVERYBODY, "READ")), ownership=ownership(word))

    assert by_name(survey())["a"].verdict.judgement == judgement
    assert s3.calls("a")["ownership"] == 1


def test_a_bucket_is_open_through_an_access_point_though_its_own_policy_is_not_public(s3):
    s3.make("a", policy=delegating("a"), status=status("false"))
    s3.point("door", "a", block=block(()), policy=policy("a", Resource="*"))

    (way,) = by_name(survey())["a"].verdict.via

    assert (way.via, way.name, way.access) == ("access-point", "door", ("read",))
    assert s3.calls("door") == {"point": 1, "point-policy": 1}


def test_access_points_are_listed_once_a_region_and_those_of_several_regions_once(s3):
    for number in range(6):
        region = (HOME, FAR)[number % 2]
        s3.make(f"a{number}", region, policy=delegating(f"a{number}"), status=status("false"))
        s3.point(f"door{number}", f"a{number}")
    s3.multi["wide"] = {"buckets": ["a0", "a1"], "block": block(()), "policy": policy("a0", Resource="*")}

    found = by_name(survey())

    assert s3.calls()["points"] == 2
    assert s3.calls()["multi-points"] == 1
    assert s3.calls("wide") == {"multi-policy": 1}
    assert {one.name for one in found["a1"].verdict.via} == {"wide"}
    assert {region for call, _, region in s3.asked if call.startswith("multi")} == {"us-west-2"}


def test_what_only_a_vpc_reaches_is_asked_no_further(s3):
    s3.make("a", policy=delegating("a"), status=status("false"))
    s3.point("inside", "a", vpc="vpc-1", policy=policy("a", Resource="*"))

    assert by_name(survey())["a"].verdict.judgement == "not-public"
    assert not s3.calls("inside")


def test_an_access_point_that_is_gone_meanwhile_leads_nowhere(s3):
    s3.make("a", policy=delegating("a"), status=status("false"))
    s3.point("door", "a")
    s3.said["point", "door"] = error("NoSuchAccessPoint", status=404)

    found = by_name(survey())["a"]

    assert (found.gone, found.verdict.judgement, found.facts.access_points) == (False, "not-public", ())


def test_every_call_is_made_once_in_the_buckets_own_region_four_a_bucket_at_most(s3):
    s3.page = 7
    for number in range(40):
        name, region = f"b{number:02}", (HOME, FAR, "us-east-1")[number % 3]
        kinds = (
            {"block": block()},
            {},
            {"policy": policy(name), "acl": acl((EVERYBODY, "READ"))},
            {"policy": delegating(name), "status": status("false")},
        )
        s3.make(name, region, **kinds[number % 4])

    found = survey()

    assert len(found.judged) == 40
    assert max(s3.calls(f"b{number:02}")[call] for number in range(40) for call in s3.calls()) == 1
    assert {(name, region) for _, name, region in s3.asked if name} == {
        (one.bucket.name, one.bucket.region) for one in found.judged
    }
    assert found.api_calls == len(s3.asked) - s3.calls()["whoami"] <= 4 * 40


def test_buckets_of_other_regions_are_left_alone(s3):
    s3.make("here")
    s3.make("there", FAR)

    assert set(by_name(survey(regions=(FAR,)))) == {"there"}
    assert not s3.calls("here")


def test_a_server_that_tells_no_regions_is_asked_bucket_by_bucket(s3):
    s3.tells_regions = False
    s3.make("a", FAR)

    assert by_name(survey())["a"].bucket.region == FAR
    assert s3.calls("a")["location"] == 1


def test_other_accounts_are_looked_through_by_their_roles(s3):
    s3.make("ours")
    s3.make("theirs", account=STAGING)

    found = survey(STAGINGS)

    assert {name: one.bucket.account_id for name, one in by_name(found).items()} == {
        "ours": PROD,
        "theirs": STAGING,
    }
    assert (found.accounts, found.caveats) == (2, ())


def test_only_the_accounts_that_are_named_are_looked_through(s3):
    s3.make("ours")
    s3.make("theirs", account=STAGING)

    assert set(by_name(survey(STAGINGS, of=(STAGING,)))) == {"theirs"}


def test_an_account_that_may_not_be_listed_is_a_caveat_beside_the_others(s3):
    s3.make("ours")
    s3.said["list", STAGING] = error("AccessDenied", "Access Denied")

    found = survey(STAGINGS)
    (caveat,) = found.caveats

    assert set(by_name(found)) == {"ours"}
    assert found.accounts == 1
    assert caveat.weight == "blind"
    assert "staging" in caveat.message
    assert "s3:ListAllMyBuckets" in caveat.message


def test_where_nothing_at_all_may_be_listed_the_refusal_is_the_answer(s3):
    s3.said["list", ""] = error("AccessDenied", "Access Denied")

    with pytest.raises(AccessDenied) as refused:
        survey()

    assert refused.value.action == "s3:ListAllMyBuckets"


def test_an_account_without_a_role_is_told_as_such(s3):
    with pytest.raises(NotConfigured, match="999999999999"):
        survey(of=("999999999999",))


def test_progress_is_told_at_most_once_a_second(s3):
    for number in range(30):
        s3.make(f"b{number}")
    told = []

    survey(progress=told.append)  # in the world of this test no time passes

    assert told == ["Listing the buckets…", "prod: 1 of 30 buckets…"]
