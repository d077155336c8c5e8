"""A public bucket is fixed from its alert, by two people; and every way around the second one is closed."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.alerts import open_store
from bot.core.approval.request import approved
from bot.core.problem import Mark
from bot.core.told import Patience
from bot.pipeline import Ledger
from bot.pipeline.fixing import Fixing
from bot.settings import read
from tests.journeys.alert_steps import buttons, press, said, thread, told
from tests.journeys.bucket_steps import allow, made, message_of, open_by_policy, root_of
from tests.journeys.steps import BEN, MIKA, QUIET, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {
    **QUIET,
    "NOROSHI_S3__FIXES": "true",
    "NOROSHI_ACCESS__CHANGE": lambda world: ids(world, MIKA, BEN),
    "NOROSHI_ACCESS__APPROVE": lambda world: ids(world, MIKA, BEN),
}
BUCKET = "acme-shop-window"


def ids(world, *names):
    return ",".join(world.slack.world.user(name).id for name in names)


@pytest.fixture(scope="module")
def s3(journey):
    return made(journey, BUCKET)


def flags(s3):
    try:
        block = s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]
    except s3.exceptions.ClientError:
        return set()
    return {name for name, on in block.items() if on}


def grants(s3):
    return s3.get_bucket_acl(Bucket=BUCKET)["Grants"]


async def alert_of(journey, s3):
    """The alert that says that the bucket is public, with its button."""
    open_by_policy(s3, BUCKET)
    post = root_of(journey, await message_of(journey, BUCKET, "is public: everybody may read"))
    await eventually(lambda: "Fix…" in buttons(post))
    return post


async def requested(journey, post, fix="block", user=MIKA, given=""):
    """Ask for a fix with the form; gives the request's post."""
    before = len(journey.messages("security"))
    await press(journey, post, "Fix…", user)
    world = journey.world.slack.world
    form = await eventually(lambda: (world.modals.stacks.get(world.user(user).id) or [None])[-1])
    filled = {"what": fix, "reason": "nobody needs it <!channel>"} | ({"given": given} if given else {})
    assert (await journey.visitor.submit(form, filled)).ok

    def found():
        new = journey.messages("security")[before:]
        return next((each for each in new if "asks to fix" in said(each)), None)

    return await eventually(found)


async def test_one_asks_another_approves_and_it_can_be_undone(journey, s3):
    post = await alert_of(journey, s3)
    request = await requested(journey, post)
    assert "mika.sato asks to fix the bucket acme-shop-window" in said(request)
    assert "turn on RestrictPublicBuckets" in said(request)
    assert "It is public: everybody may read." in said(request)
    assert "BlockPublicAcls is off, as now" in said(request)
    assert "+ RestrictPublicBuckets is on" in said(request)
    assert "<!" not in request.body["text"]
    assert flags(s3) == set()

    await press(journey, request, "Approve", MIKA)
    await told(journey, MIKA, "somebody else has to approve it")
    assert flags(s3) == set()

    await press(journey, request, "Approve", BEN)
    await eventually(lambda: "Undo" in buttons(request))
    assert flags(s3) == {"RestrictPublicBuckets"}
    assert "ben.okafor approved it" in said(request)
    assert "acme-shop-window is changed. It is not public." in said(request)
    await eventually(lambda: "approved it" in " ".join(map(said, thread(journey, request))))

    await press(journey, request, "Undo", BEN)
    await eventually(lambda: "took it back" in said(request))
    assert flags(s3) == set()
    assert not buttons(request)


async def test_a_second_approval_of_the_same_request_changes_nothing(journey, s3):
    request = await requested(journey, await alert_of(journey, s3))
    approve = buttons(request)["Approve"]
    for _ in range(2):
        await journey.visitor.click(BEN, request, approve["action_id"])
    await eventually(lambda: "Undo" in buttons(request))
    s3.delete_public_access_block(Bucket=BUCKET)

    outcome = await journey.visitor.click(BEN, request, buttons(request)["Undo"]["action_id"])

    assert outcome.ok
    await eventually(lambda: "ben.okafor could not take it back. It was changed meanwhile" in said(request))
    assert flags(s3) == set()


async def test_what_changed_meanwhile_stops_it(journey, s3):
    request = await requested(journey, await alert_of(journey, s3))
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={"BlockPublicAcls": True})

    await press(journey, request, "Approve", BEN)

    await eventually(lambda: "It was changed meanwhile" in said(request))
    assert flags(s3) == {"BlockPublicAcls"}


async def test_who_asked_may_withdraw(journey, s3):
    request = await requested(journey, await alert_of(journey, s3))

    await press(journey, request, "Refuse", MIKA)

    await eventually(lambda: "mika.sato refused it" in said(request))
    assert not buttons(request)
    assert flags(s3) == set()


async def test_a_policy_template_is_put_and_taken_back_exactly(journey, s3):
    post = await alert_of(journey, s3)
    was = s3.get_bucket_policy(Bucket=BUCKET)["Policy"]
    request = await requested(journey, post, "policy:tls-only")
    assert "it locks out" in said(request)
    assert "+ policy: statement NoroshiTlsOnly denies" in said(request)

    await press(journey, request, "Approve", BEN)
    await eventually(lambda: "Undo" in buttons(request))
    sids = [one["Sid"] for one in json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"]]
    assert sids == ["Shop", "NoroshiTlsOnly"]

    await press(journey, request, "Undo", BEN)
    await eventually(lambda: "took it back" in said(request))
    assert s3.get_bucket_policy(Bucket=BUCKET)["Policy"] == was


async def test_a_template_is_filled_in_the_form_and_what_it_lacks_is_told(journey, s3):
    post = await alert_of(journey, s3)
    request = await requested(journey, post, "policy:ip-range", given="203.0.113.0/24")
    assert "NoroshiAddressesOnly denies" in said(request)
    assert "203.0.113.0/24" in said(request)
    assert '"aws:ViaAWSService": "false"' in said(request)
    assert "Then : It is still public" in said(request)
    await press(journey, request, "Refuse", BEN)

    await press(journey, post, "Fix…")
    world = journey.world.slack.world
    form = await eventually(lambda: (world.modals.stacks.get(world.user(MIKA).id) or [None])[-1])
    assert (await journey.visitor.submit(form, {"what": "policy:ip-range", "reason": "x"})).ok
    await told(journey, MIKA, "From which addresses?")


async def test_a_public_acl_is_taken_out_and_put_back(journey, s3):
    post = await alert_of(journey, s3)
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})  # fmt: skip
    s3.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    was = grants(s3)
    request = await requested(journey, post, "acl")
    assert "− everybody: READ" in said(request)

    await press(journey, request, "Approve", BEN)
    await eventually(lambda: "Undo" in buttons(request))
    assert len(grants(s3)) == len(was) - 1
    assert "It is still public: everybody may read." in said(request)  # by its policy

    await press(journey, request, "Undo", BEN)
    await eventually(lambda: "took it back" in said(request))
    assert sorted(map(str, grants(s3))) == sorted(map(str, was))
    s3.put_bucket_acl(Bucket=BUCKET, ACL="private")


async def test_what_aws_refuses_is_told_with_the_missing_action(journey, s3):
    post = await alert_of(journey, s3)
    policy = allow(BUCKET)
    deny = {"Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": "s3:PutBucketPolicy"}
    policy["Statement"].append(deny | {"Resource": f"arn:aws:s3:::{BUCKET}"})
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
    request = await requested(journey, post, "policy:tls-only")

    await press(journey, request, "Approve", BEN)

    await eventually(lambda: "Allow s3:PutBucketPolicy" in said(request))
    assert said(request).startswith("The fix of acme-shop-window stopped. AWS refused")
    assert "arn:aws:iam::111122223333:user/noroshi may not s3:PutBucketPolicy" in said(request)
    assert "Nothing is changed." in said(request)
    await eventually(lambda: "Nothing is changed." in " ".join(map(said, thread(journey, request))))
    s3.delete_bucket_policy(Bucket=BUCKET)


async def test_a_bucket_that_is_public_without_an_alert_is_fixed_from_its_proof(journey):
    proof = await journey.asks("/s3 explain acme-partner-drop")
    fix = buttons(proof)["Fix…"]
    assert (await journey.visitor.click(MIKA, proof, fix["action_id"])).ok
    world = journey.world.slack.world
    form = await eventually(lambda: (world.modals.stacks.get(world.user(MIKA).id) or [None])[-1])
    assert (await journey.visitor.submit(form, {"what": "block", "reason": "nobody drops there"})).ok
    await told(journey, MIKA, "Asked for in #security", "ops")

    request = await message_of(journey, "asks to fix the bucket acme-partner-drop")
    await press(journey, request, "Approve", BEN)

    await eventually(lambda: "acme-partner-drop is changed. It is not public." in said(request))
    closed = await journey.asks("/s3 explain acme-partner-drop")
    assert closed.body["text"].startswith("acme-partner-drop is not public")
    assert "Fix…" not in buttons(closed)


async def test_the_doctor_finds_two_who_can(journey):
    _, out, _ = await journey.noroshi("doctor", "--only", "s3", "--format", "json")

    (one,) = (row for row in json.loads(out)["rows"] if row["check"] == "fixes by two people")
    assert one["state"] == "ok"
    assert one["message"].startswith("2 people may ask, 2 approve")


async def test_everything_is_on_record(journey):
    code, out, _ = await journey.noroshi("alert", "presses", "--since", "7d", "--format", "json")

    rows = json.loads(out)["rows"]
    assert code == 0
    assert {"fix", "approve-fix", "refuse-fix", "undo-fix"} <= {row["act"] for row in rows}
    refused = [row for row in rows if row["act"] == "approve-fix" and row["result"].startswith("Forbidden")]
    assert refused
    assert all("fix of the bucket acme-" in row["what"] for row in rows if row["act"] == "approve-fix")


async def test_a_request_outlives_the_bot(journey, s3):
    request = await requested(journey, await alert_of(journey, s3))
    await journey.stop()
    await journey.start()

    await press(journey, request, "Approve", BEN)

    await eventually(lambda: "Undo" in buttons(request))
    assert flags(s3) == {"RestrictPublicBuckets"}


@pytest.mark.parametrize("reached_aws", [False, True])
async def test_a_crash_between_the_record_and_aws_is_told_as_what_is_true(journey, s3, reached_aws):
    """The record says that it is approved, and then the process is gone: nobody knows whether AWS was asked."""
    request = await requested(journey, await alert_of(journey, s3))
    await journey.stop()
    died_while_applying(journey, buttons(request)["Approve"]["value"])
    if reached_aws:
        s3.put_public_access_block(
            Bucket=BUCKET, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True}
        )
    await journey.start()

    words = (
        "is changed. It is not public."
        if reached_aws
        else "I was stopped in the middle of it. Nothing is changed."
    )
    await eventually(lambda: words in said(request))
    assert flags(s3) == ({"RestrictPublicBuckets"} if reached_aws else set())
    assert ("Undo" in buttons(request)) == reached_aws
    _, out, _ = await journey.noroshi("alert", "presses", "--since", "1h", "--format", "json")
    assert any(row["result"].startswith("broke off; ") for row in json.loads(out)["rows"])


def died_while_applying(journey, request_id):
    """Ben approved it some minutes ago; the process did not live to say what came of it."""
    given = read()
    with closing(open_store(given)) as store:
        then = datetime.now(UTC) - timedelta(minutes=5)
        book = Ledger(store, Patience(), lambda: then)
        mark = Mark(journey.world.slack.world.user(BEN).id, BEN, then)
        fixing = Fixing(book, None, None, lambda _channel: None, timedelta(hours=1))
        fixing._begin(request_id, lambda request: approved(request, mark))
