import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.acl import openings
from bot.core.public.meaning import judgement

PUBLIC, NOT, UNKNOWN = "public", "not-public", "unknown"
GROUPS = "http://acs.amazonaws.com/groups/"
EVERYBODY, ANY_ACCOUNT = f"{GROUPS}global/AllUsers", f"{GROUPS}global/AuthenticatedUsers"
OWNER = {"Grantee": {"Type": "CanonicalUser", "ID": "0a1b"}, "Permission": "FULL_CONTROL"}


def group(uri, permission="READ"):
    return {"Grants": [OWNER, {"Grantee": {"Type": "Group", "URI": uri}, "Permission": permission}]}


def in_config(grantee, permission="Read"):
    return {"grantSet": None, "grantList": [{"grantee": grantee, "permission": permission}]}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, NOT),
        ({"Grants": []}, NOT),
        ({"Grants": [OWNER]}, NOT),
        (group(EVERYBODY), PUBLIC),
        (group(ANY_ACCOUNT), PUBLIC),
        (group(EVERYBODY, "READ_ACP"), PUBLIC),
        (group(f"{GROUPS}s3/LogDelivery", "WRITE"), NOT),
        (group(f"{GROUPS}global/Martians"), UNKNOWN),
        (in_config("AllUsers"), PUBLIC),
        (in_config("AuthenticatedUsers"), PUBLIC),
        (in_config("LogDelivery"), NOT),
        (in_config({"id": "0a1b", "displayName": None}), NOT),
        (in_config({}), UNKNOWN),
        (json.dumps(in_config("AllUsers")), PUBLIC),
        ("public-read", PUBLIC),
        ("PublicReadWrite", PUBLIC),
        ("authenticated-read", PUBLIC),
        ("private", NOT),
        ("aws-exec-read", NOT),
        ("bucket-owner-full-control", NOT),
        ("LogDeliveryWrite", NOT),
        ("who-knows", UNKNOWN),
        ("[", UNKNOWN),
        ([], UNKNOWN),
        ({"Grants": "all"}, UNKNOWN),
        ({"Grants": [7]}, UNKNOWN),
    ],
)
def test_an_acl_is_public_where_it_grants_anything_to_one_of_two_groups(said, expected):
    assert judgement(openings(said)) == expected


@pytest.mark.parametrize(
    ("permission", "access"),
    [
        ("READ", ("list",)),
        ("WRITE", ("write",)),
        ("READ_ACP", ("settings",)),
        ("WriteAcp", ("admin",)),
        ("FullControl", ("write", "admin", "list", "settings")),
        ("TELEPORT", ("write", "admin", "read", "list", "settings")),
    ],
)
def test_a_permission_says_what_it_lets_everybody_do_with_a_bucket(permission, access):
    (opening,) = openings(group(ANY_ACCOUNT, permission))

    assert opening.access == access
    assert opening.who == "everybody with an AWS account"
    assert opening.why == f"the ACL grants {permission} to AuthenticatedUsers"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Grants", "Grantee", "URI", "grantee", "grantList"]), inner)
    ),
)


@given(JSON)
def test_nothing_is_raised_whatever_the_acl_is(said):
    assert judgement(openings(said)) in {PUBLIC, NOT, UNKNOWN}
    assert judgement(openings(json.dumps(said))) in {PUBLIC, NOT, UNKNOWN}
