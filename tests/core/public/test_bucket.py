"""How a button names a bucket, and a bucket is kept."""

import pytest

from bot.core.kept import keep
from bot.core.public.bucket import Bucket, Judged, named
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.pipeline.filing import recall

BUCKET = Bucket("acme-x", "111122223333", "eu-west-1")


def test_a_button_names_the_bucket_that_was_judged():
    facts = Facts(BUCKET.name)

    assert named(Judged(BUCKET, facts, verdict(facts)).bucket.subject) == BUCKET


@pytest.mark.parametrize(
    "forged",
    ["bucket:1:eu-west-1:acme-x", "bucket:111122223333:eu-west-1:../x", "problem-1", "", "bucket:"],
)
def test_nothing_else_names_a_bucket(forged):
    assert named(forged) is None


def test_a_bucket_that_was_kept_before_when_it_was_made_was_known_is_read_again():
    kept = {"is": "Bucket", "name": "acme-x", "account_id": "111122223333", "region": "eu-west-1"}

    assert (recall(kept), keep(BUCKET)) == (BUCKET, kept)
