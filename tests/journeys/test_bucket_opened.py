"""A bucket is opened: the alert says who called what, the bucket itself is looked at, and its thread has the verdict."""

import pytest

from tests.journeys.alert_steps import said, thread
from tests.journeys.bucket_steps import BLOCKED, allow, call, made, message_of, open_by_policy, root_of
from tests.journeys.steps import QUIET, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {
    **QUIET,
    "NOROSHI_S3__FIXES": "false",
}
BUCKET = "acme-till-receipts"
PUBLIC = "is public: everybody may read"


@pytest.fixture(scope="module")
def s3(journey):
    return made(journey, BUCKET)


async def test_the_opened_bucket_is_proven_public_in_the_thread_of_its_alert(journey, s3):
    open_by_policy(s3, BUCKET)

    answer = await message_of(journey, BUCKET, PUBLIC)

    assert "RestrictPublicBuckets" in said(answer)
    post = root_of(journey, answer)
    assert "HIGH" in said(post)
    # The look after the bucket's making may see what the next call did, before that call is heard of.
    await eventually(lambda: PUBLIC in said(post) and "PutBucketPolicy" in said(post))
    assert "noroshi (user)" in said(post)
    assert "times" not in said(post)
    assert "Fix…" not in said(post)
    roots = {
        each.body.get("thread_ts", each.ts) for each in journey.messages("security") if BUCKET in said(each)
    }
    assert roots == {post.ts}


async def test_closing_it_ends_the_alert(journey, s3):
    s3.delete_bucket_policy(Bucket=BUCKET)

    post = root_of(journey, await message_of(journey, BUCKET, PUBLIC))

    await eventually(lambda: "is not public any more" in said(post))
    await eventually(lambda: "is not public any more" in " ".join(map(said, thread(journey, post))))


async def test_a_policy_that_a_block_stops_is_said_to_be_harmless(journey, s3):
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=BLOCKED)
    call(journey, BUCKET, "PutBucketPolicy", bucketPolicy=allow(BUCKET))

    await message_of(journey, "not public for all that")
