"""S3 bucket permissions: Trusted Advisor's colours for the verdicts of /s3 public."""

from dataclasses import replace

import pytest

from bot.core.public.block import ALL, NONE
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict
from tests.core.advice.judged import asked, colours, denied, is_dark

CHECK, ACTION = "Pfx0RwqBli", "s3:GetBucketPolicy"
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
SIGNED_IN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"


def policy(action="s3:GetObject", **more):
    return {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*"} | more]}


def acl(permission, who=EVERYBODY):
    return {"Grants": [{"Grantee": {"Type": "Group", "URI": who}, "Permission": permission}]}


def bucket(name="acme", *, gone=False, **facts):
    known = Facts(
        name, policy=None, acl=None, ownership=None, bucket_block=NONE, account_block=NONE, access_points=()
    )
    told = replace(known, **facts)
    return Judged(Bucket(name, "111122223333", "eu-west-1"), told, verdict(told), gone)


@pytest.mark.parametrize(
    ("found", "colour"),
    [
        (bucket(), "ok"),
        (bucket(policy=policy()), "warning"),
        (bucket(policy=policy("s3:PutObject")), "warning"),
        (bucket(acl=acl("READ")), "warning"),
        (bucket(acl=acl("READ", SIGNED_IN)), "warning"),
        (bucket(acl=acl("WRITE")), "error"),
        (bucket(acl=acl("WRITE_ACP")), "error"),
        (bucket(acl=acl("FULL_CONTROL", SIGNED_IN)), "error"),
        (bucket(policy=policy(), acl=acl("WRITE")), "error"),
        (bucket(policy=policy(), bucket_block=ALL), "warning"),
        (bucket(acl=acl("WRITE"), bucket_block=ALL), "ok"),
        (bucket(policy=policy(), gone=True), "ok"),
        (bucket(policy=Unread("AWS refused", ACTION)), "not_available"),
    ],
)
def test_bucket_permissions(found, colour):
    assert asked(CHECK, buckets=[found]).status == colour


def test_a_public_bucket_says_what_everybody_may_do_and_by_what():
    (one,) = asked(CHECK, buckets=[bucket(policy=policy())]).flagged

    assert (one.resource, one.region, one.why) == ("acme", "eu-west-1", "everybody may read by its policy")


def test_a_bucket_of_which_nobody_can_tell_is_named_beside_those_that_are_public():
    found = asked(CHECK, buckets=[bucket("open", policy=policy()), bucket("dark", policy=denied(ACTION))])

    assert colours(found) == {"open": "warning"}
    assert found.unknown_because == (f"dark: AWS refused ({ACTION})",)
    assert found.looked_at == 2


def test_denied_is_never_green():
    action = "s3:ListAllMyBuckets"

    assert is_dark(asked(CHECK, buckets=denied(action)), action)
    assert is_dark(asked(CHECK, buckets=[bucket(policy=denied(ACTION))]), "acme", ACTION)
