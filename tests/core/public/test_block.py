import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.block import ALL, NONE, Flags, either, flags, stop
from bot.core.public.meaning import Unread
from bot.core.public.ownership import acls_are_off

DENIED = Unread("AWS refused", "s3:GetBucketPublicAccessBlock")
RESTRICT = Flags(frozenset({"RestrictPublicBuckets"}))
NAMES = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, NONE),
        ({}, NONE),
        (dict.fromkeys(NAMES, True), ALL),
        ({"PublicAccessBlockConfiguration": dict.fromkeys(NAMES, True)}, ALL),
        ({"PublicAccessBlockConfiguration": None}, NONE),
        ({"restrictPublicBuckets": True, "ignorePublicAcls": False}, RESTRICT),
        ({"RestrictPublicBuckets": "true", "IgnorePublicAcls": None}, RESTRICT),
    ],
)
def test_flags_are_read_in_every_form_that_aws_has(said, expected):
    assert flags(said) == expected


@pytest.mark.parametrize(
    "said", ["on", 7, [], {"RestrictPublicBuckets": "perhaps"}, {"IgnorePublicAcls": []}]
)
def test_flags_that_cannot_be_read_are_not_off(said):
    assert isinstance(flags(said), Unread)


def test_a_flag_counts_at_whichever_level_it_is_on():
    found = stop("RestrictPublicBuckets", {"the account's block": NONE, "the bucket's block": RESTRICT})

    assert (found.closes, found.by) == (True, "RestrictPublicBuckets of the bucket's block")


def test_a_level_that_is_not_known_leaves_it_open_what_the_others_do_not_close():
    assert stop("RestrictPublicBuckets", {"one": DENIED, "other": RESTRICT}).closes is True
    assert stop("IgnorePublicAcls", {"one": DENIED, "other": RESTRICT}).missing == (("one", DENIED),)


def test_of_two_stops_one_that_closes_is_enough():
    closing, unsure = stop("RestrictPublicBuckets", {"a": RESTRICT}), stop("IgnorePublicAcls", {"b": DENIED})

    assert either(unsure, closing) == closing
    assert either(unsure, stop("IgnorePublicAcls", {"c": NONE})).closes is None


def test_what_flags_let_through_is_said_in_words_what_matters_now_first():
    assert ALL.let_through == ()
    assert RESTRICT.let_through == (
        "public ACLs that are there work",
        "new public ACLs are accepted",
        "new public policies are accepted",
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, False),
        ("ObjectWriter", False),
        ("BucketOwnerPreferred", False),
        ("BucketOwnerEnforced", True),
        ({"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}, True),
        ({"Rules": [{"ObjectOwnership": "ObjectWriter"}]}, False),
        ({"rules": [{"objectOwnership": "BucketOwnerEnforced"}]}, True),
    ],
)
def test_acls_are_off_only_under_an_enforced_owner(said, expected):
    assert acls_are_off(said) is expected


@pytest.mark.parametrize("said", ["Martian", 7, {}, {"Rules": []}, {"Rules": [7]}, [[]]])
def test_an_ownership_that_cannot_be_read_is_unknown(said):
    assert isinstance(acls_are_off(said), Unread)


@given(
    st.recursive(
        st.none() | st.text() | st.booleans(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *NAMES,
                        "Rules",
                        "OwnershipControls",
                        "ObjectOwnership",
                        "PublicAccessBlockConfiguration",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_nothing_is_raised_whatever_they_are(said):
    assert isinstance(flags(said), (Flags, Unread))
    assert isinstance(acls_are_off(said), (bool, Unread))
