"""Who gets into a bucket, said alike by the answer, the alert, the request and what came of it."""

import pytest

from bot.core.public.meaning import Unread
from bot.core.public.words import does, stands, who_may
from tests.commands.s3.small_s3 import allow, judged

AWS_USERS = {"URI": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}


def signed_in(permission):
    return judged("acme-x", acl={"Grants": [{"Grantee": AWS_USERS, "Permission": permission}]}).verdict


PUBLIC, CLOSED = judged("acme-x", allow()).verdict, judged("acme-x").verdict
UNKNOWN = judged("acme-x", policy=Unread("AWS refused", "s3:GetBucketPolicy")).verdict


@pytest.mark.parametrize(
    ("found", "now", "after"),
    [
        (PUBLIC, "It is public: everybody may read.", "It is still public: everybody may read."),
        (
            signed_in("READ"),
            "It is public: everybody with an AWS account may list.",
            "It is still public: everybody with an AWS account may list.",
        ),
        (CLOSED, "It is not public.", "It is not public."),
        (UNKNOWN, *["Whether it is public nobody can tell."] * 2),
    ],
)
def test_how_a_bucket_stands_is_one_sentence_before_a_fix_and_after_it(found, now, after):
    assert (stands(found), stands(found, still=True)) == (now, after)


def test_who_may_do_everything_may_do_anything():
    everything = judged("acme-x", allow("s3:*")).verdict

    assert who_may(everything) == "everybody may do anything"
    assert does(("read",)) == "read"
