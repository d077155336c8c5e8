import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.block import ALL, NONE, Flags
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict

PUBLIC, NOT, UNKNOWN = "public", "not-public", "unknown"
DENIED = Unread("AWS refused", "s3:GetSomething")
ARN = "arn:aws:s3:eu-west-1:444455556666:accesspoint/till"


def allow(principal="*", action="s3:GetObject", condition=None):
    said = {
        "Sid": "Wide",
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Condition": condition,
    }
    return {"Statement": [said]}


def points_of(account, action="s3:GetObject"):
    return allow(action=action, condition={"StringEquals": {"s3:DataAccessPointAccount": account}})


OPEN, CLOSED = allow(), allow({"AWS": "arn:aws:iam::444455556666:root"})
DOUBTFUL = allow(condition={"StringEquals": {"aws:PrincipalAccount": "444455556666"}})
DELEGATING = points_of("444455556666")
READ = {
    "Grants": [{"Grantee": {"URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}]
}
IGNORE, RESTRICT = Flags(frozenset({"IgnorePublicAcls"})), Flags(frozenset({"RestrictPublicBuckets"}))
REFUSE = Flags(frozenset({"BlockPublicAcls", "BlockPublicPolicy"}))
POINT = AccessPoint("till", ARN, policy=OPEN, block=NONE)
BARE = Facts(
    "acme",
    policy=None,
    acl=None,
    ownership=None,
    bucket_block=NONE,
    account_block=NONE,
    access_points=(),
    aws_says=False,
)


def judged(**parts):
    return verdict(replace(BARE, **parts))


def test_a_bucket_with_nothing_set_is_not_public_though_its_objects_may_be():
    found = judged()

    assert (found.judgement, found.via, found.objects_may_be_public) == (NOT, (), True)


def test_a_public_policy_is_told_with_what_it_lets_do():
    found = judged(policy=OPEN)

    assert found.judgement == PUBLIC
    assert [way.via for way in found.via] == ["policy"]
    assert found.access == ("read",)
    assert found.reasons == ("Wide: it lets in everybody, without any condition",)


@pytest.mark.parametrize("level", ["bucket_block", "account_block", "organization_block"])
def test_one_level_that_restricts_stops_a_public_policy(level):
    found = judged(policy=OPEN, **{level: RESTRICT})

    assert found.judgement == NOT
    assert found.ways[0].stopped_by.startswith("RestrictPublicBuckets of the ")


def test_flags_that_only_refuse_new_grants_stop_nothing():
    assert judged(policy=OPEN, bucket_block=REFUSE, account_block=REFUSE).judgement == PUBLIC
    assert judged(acl=READ, bucket_block=REFUSE, account_block=REFUSE).judgement == PUBLIC


def test_each_flag_stops_its_own_way_only():
    assert judged(policy=OPEN, bucket_block=IGNORE).judgement == PUBLIC
    assert judged(acl=READ, bucket_block=RESTRICT).judgement == PUBLIC


@pytest.mark.parametrize("parts", [{"bucket_block": IGNORE}, {"ownership": "BucketOwnerEnforced"}])
def test_acls_that_count_for_nothing_make_nothing_public(parts):
    found = judged(acl=READ, **parts)

    assert (found.judgement, found.objects_may_be_public) == (NOT, False)


def test_a_directory_bucket_is_never_public():
    assert verdict(Facts("acme--euw1-az1--x-s3")).judgement == NOT


class TestAccessPoints:
    def test_one_makes_a_bucket_public_whose_policy_leaves_all_to_its_access_points(self):
        found = judged(policy=DELEGATING, access_points=(POINT,))

        assert [(way.via, way.name) for way in found.via] == [("access-point", "till")]
        assert found.access == ("read",)

    def test_one_in_several_regions_is_told_as_such(self):
        found = judged(policy=OPEN, access_points=(replace(POINT, is_multi_region=True),))

        assert [way.via for way in found.via] == ["policy", "multi-region-access-point"]

    @pytest.mark.parametrize(
        "parts",
        [
            {"policy": None},
            {"policy": CLOSED},
            {"policy": points_of("777788889999")},
            {"access_points": (replace(POINT, vpc="vpc-0a1"),)},
            {"access_points": (replace(POINT, block=ALL),)},
            {"access_points": (replace(POINT, policy=None),)},
            {"bucket_block": RESTRICT},
            {"account_block": RESTRICT},
        ],
        # Not by repr: sets are written in another order by each process, and all must collect the same tests.
        ids=[
            *("no policy", "a policy for one account", "another account's access points"),
            *("a VPC", "the access point's block", "no policy of the access point"),
            *("the bucket's block", "the account's block"),
        ],
    )
    def test_one_makes_nothing_public_that_anything_on_the_way_closes(self, parts):
        assert judged(**{"policy": DELEGATING, "access_points": (POINT,)} | parts).judgement == NOT

    def test_only_the_one_that_the_bucket_names_lets_in(self):
        named = {"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:444455556666:accesspoint/ti*"}}
        other = replace(POINT, name="post", arn=ARN.replace("till", "post"))
        found = judged(policy=allow(condition=named), access_points=(POINT, other))

        assert [way.name for way in found.via] == ["till"]

    def test_one_whose_policy_names_but_itself_is_open(self):
        itself = allow(condition={"ArnEquals": {"s3:DataAccessPointArn": ARN}})

        assert judged(policy=DELEGATING, access_points=(replace(POINT, policy=itself),)).judgement == PUBLIC

    def test_two_policies_that_share_nothing_are_not_decided(self):
        found = judged(policy=points_of("444455556666", "s3:PutObject"), access_points=(POINT,))

        assert found.judgement == UNKNOWN

    def test_unseen_ones_matter_only_where_the_bucket_lets_them_in(self):
        assert judged(access_points=DENIED).judgement == NOT
        assert judged(policy=DELEGATING, access_points=DENIED, account_block=RESTRICT).judgement == NOT
        assert judged(policy=DELEGATING, access_points=DENIED).unknown_because[0].unread == DENIED

    @pytest.mark.parametrize("part", ["policy", "block"])
    def test_what_one_does_not_tell_makes_it_unknown(self, part):
        assert (
            judged(policy=DELEGATING, access_points=(replace(POINT, **{part: DENIED}),)).judgement == UNKNOWN
        )


class TestUnknown:
    @pytest.mark.parametrize("part", ["policy", "acl", "access_points"])
    def test_a_denied_part_is_named_with_the_missing_action(self, part):
        found = judged(**{"policy": DELEGATING, part: DENIED}, aws_says=DENIED)

        assert found.judgement == UNKNOWN
        assert DENIED in [missing.unread for missing in found.unknown_because]

    def test_a_block_that_closes_everything_settles_what_is_denied(self):
        facts = Facts("acme", account_block=ALL)

        assert verdict(facts).judgement == NOT
        assert verdict(facts).unknown_because == ()

    def test_a_proven_public_way_settles_what_is_denied(self):
        found = judged(policy=OPEN, acl=DENIED, access_points=DENIED)

        assert found.judgement == PUBLIC
        assert [missing.part for missing in found.unknown_because] == ["the ACL", "the access points"]

    def test_a_denied_block_matters_only_where_there_is_something_to_stop(self):
        assert judged(bucket_block=DENIED).judgement == NOT
        assert judged(policy=OPEN, bucket_block=DENIED).judgement == UNKNOWN
        assert judged(policy=OPEN, bucket_block=DENIED, account_block=RESTRICT).judgement == NOT

    def test_denied_ownership_matters_only_to_public_grants(self):
        assert judged(ownership=DENIED).judgement == NOT
        assert judged(ownership=DENIED).objects_may_be_public is None
        assert judged(acl=READ, ownership=DENIED).judgement == UNKNOWN

    def test_facts_that_nobody_asked_for_are_unknown(self):
        found = verdict(Facts("acme"))

        assert found.judgement == UNKNOWN
        assert {missing.unread.why for missing in found.unknown_because} == {"nobody asked"}
        assert [missing.part for missing in found.unknown_because] == [
            "the policy",
            "the account's block",
            "the bucket's block",
            "the ACL",
            "the object ownership",
            "the access points",
        ]

    def test_an_undecided_policy_says_why(self):
        (missing,) = judged(policy=DOUBTFUL, aws_says=DENIED).unknown_because

        assert "AWS doesn't say whether it counts this key" in missing.unread.why


class TestWhatAwsSays:
    def test_it_counts_where_it_says_public_and_the_answer_says_who_says_what(self):
        found = judged(policy=CLOSED, aws_says=True)

        assert found.judgement == PUBLIC
        assert found.reasons[0].startswith("AWS calls the policy public; by my reading, ")

    def test_it_does_not_count_against_what_is_seen_to_be_public(self):
        assert judged(policy=OPEN, aws_says=False).judgement == PUBLIC

    @pytest.mark.parametrize(("said", "expected"), [(True, PUBLIC), (False, NOT), (DENIED, UNKNOWN)])
    @pytest.mark.parametrize("policy", [DOUBTFUL, DENIED, "{"], ids=["doubtful", "denied", "broken"])
    def test_it_settles_what_can_not_be_decided(self, policy, said, expected):
        assert judged(policy=policy, aws_says=said).judgement == expected


POLICIES = st.sampled_from([None, OPEN, CLOSED, DOUBTFUL, DELEGATING, "{", DENIED])
BLOCKS = st.sampled_from(
    [
        *map(
            Flags,
            map(
                frozenset,
                itertools.chain.from_iterable(
                    itertools.combinations(sorted(ALL.on), size) for size in range(5)
                ),
            ),
        ),
        DENIED,
    ]
)
SAYS = st.sampled_from([True, False, DENIED])
POINTS = st.builds(
    AccessPoint,
    st.just("till"),
    st.just(ARN),
    st.sampled_from(["", "vpc-0a1"]),
    POLICIES,
    BLOCKS,
    SAYS,
    st.booleans(),
)
FACTS = st.builds(
    Facts,
    st.just("acme"),
    POLICIES,
    st.sampled_from([None, READ, "private", "what", DENIED]),
    st.sampled_from([None, "BucketOwnerEnforced", "ObjectWriter", "what", DENIED]),
    BLOCKS,
    BLOCKS,
    BLOCKS,
    st.lists(POINTS, max_size=2).map(tuple) | st.just(DENIED),
    SAYS,
)
LEVELS = st.sampled_from(["bucket_block", "account_block", "organization_block"])
RANK = [NOT, UNKNOWN, PUBLIC]


@given(FACTS, LEVELS, BLOCKS)
def test_to_add_a_block_never_makes_a_private_bucket_public(facts, level, more):
    here = getattr(facts, level)
    if isinstance(here, Unread) or isinstance(more, Unread):
        return
    closer = replace(facts, **{level: Flags(here.on | more.on)})

    assert RANK.index(verdict(closer).judgement) <= RANK.index(verdict(facts).judgement)


@given(
    FACTS,
    st.sampled_from(["policy", "acl", "ownership", "access_points", "bucket_block", "account_block"]),
)
def test_a_part_that_is_denied_leaves_the_verdict_or_makes_it_unknown(facts, part):
    # Where AWS says that a policy is not public and its statements say that it is, a denied one is AWS's word.
    facts = replace(facts, aws_says=DENIED)

    assert verdict(replace(facts, **{part: DENIED})).judgement in {verdict(facts).judgement, UNKNOWN}


@given(FACTS)
def test_an_unknown_bucket_says_what_would_have_to_be_known(facts):
    found = verdict(facts)

    assert bool(found.via) == (found.judgement == PUBLIC)
    assert found.unknown_because or found.judgement != UNKNOWN
