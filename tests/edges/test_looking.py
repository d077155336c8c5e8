"""After a call the bucket itself is looked at: durably, once, and whatever AWS answers."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.alert import Alert
from bot.core.event import Event
from bot.core.public.block import NONE
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.core.severity import Severity
from bot.edges.looking import Looking
from bot.errors import AccessDenied, NotConfigured, NotFound, Upstream
from bot.pipeline.judging import Judging
from bot.pipeline.reading import Outcome
from tests.fakes import FakeStore

NOW = datetime(2026, 11, 25, 3, 10, tzinfo=UTC)
PROD = "111122223333"
OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}


def bucket(name, *, policy=None):
    facts = Facts(
        name,
        policy=policy,
        acl=None,
        ownership=None,
        bucket_block=NONE,
        account_block=NONE,
        access_points=(),
        aws_says=policy is not None,
    )
    return Judged(Bucket(name, PROD, "eu-west-1"), facts, verdict(facts))


class FakeAccess:
    """Buckets as they are now; `fails` is raised first, one at a time; `meanwhile` happens once one was read."""

    def __init__(self, *buckets, fails=()):
        self.buckets = {one.bucket.name: one for one in buckets}
        self.fails = list(fails)
        self.asked = []
        self.meanwhile = None

    def whole(self, name, account_id, progress):
        self.asked.append((name, account_id))
        seen = self.buckets.get(name)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        if self.fails:
            raise self.fails.pop(0)
        if seen is None:
            raise NotFound(f"There is no bucket {name}.", "")
        return seen

    def survey(self, accounts, regions, progress):
        self.asked.append(accounts)
        return Survey(tuple(self.buckets.values()))


class World:
    def __init__(self, *buckets, fails=()):
        self.time = NOW
        self.access = FakeAccess(*buckets, fails=fails)
        self.store = FakeStore()
        self.told = []
        self.judging = Judging(self.store, lambda: self.time)
        self.looking = self.replica()

    def replica(self):
        judging = Judging(self.store, lambda: self.time)
        return Looking(judging, lambda: self.access, lambda *alerts: self.told.extend(alerts))

    def call(self, name="PutBucketPolicy", bucket="acme-payroll", *, key="opened", event_id="e-1"):
        detail = {
            "eventSource": "s3.amazonaws.com",
            "eventName": name,
            "eventID": event_id,
            "eventTime": "2026-11-25T03:00:00Z",
            "recipientAccountId": PROD,
            "requestParameters": {"bucketName": bucket} if bucket else {},
        }
        alert = Alert(key, "cloudtrail", "", Severity.HIGH, "") if key else None
        self.judging.file([Outcome(Event("aws.s3", "AWS API Call via CloudTrail", detail), alert)])

    def titles(self):
        return [each.title for each in self.told]


def test_a_call_is_looked_into_once_and_its_verdict_told():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()

    world.looking.look()
    world.looking.look()

    assert world.titles() == ["Bucket acme-payroll is public: everybody may read"]
    assert world.access.asked == [("acme-payroll", PROD)]


def test_what_was_filed_before_the_end_is_looked_at_by_the_next_process():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()

    world.replica().look()

    assert len(world.told) == 1


def test_two_replicas_do_not_look_at_the_same_bucket():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()
    mine = next(world.judging.due())

    world.replica().look()

    assert mine.bucket == "acme-payroll"
    assert world.access.asked == []


def test_one_that_died_with_a_bucket_in_hand_leaves_it_to_another():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()
    next(world.judging.due())

    world.time += timedelta(minutes=6)
    world.replica().look()

    assert len(world.told) == 1


def test_a_call_that_comes_while_its_bucket_is_looked_at_is_looked_into_too():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()
    due = next(world.judging.due())
    world.call("PutBucketAcl", event_id="e-2")

    world.judging.done(due)
    world.looking.look()

    assert world.access.asked == [("acme-payroll", PROD)]


def opened():
    """A world where a bucket was opened, which was told."""
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()
    world.looking.look()
    return world


def closed_again(world):
    world.access.buckets = {"acme-payroll": bucket("acme-payroll")}
    world.call("DeleteBucketPolicy", key="", event_id="e-2")


def test_a_look_that_ends_late_is_not_the_last_word_on_a_bucket_that_was_opened_meanwhile():
    world = opened()
    closed_again(world)
    other = world.replica()

    def opened_again():
        world.access.buckets = {"acme-payroll": bucket("acme-payroll", policy=OPEN)}
        world.call(event_id="e-3")
        other.look()

    world.access.meanwhile = opened_again
    world.looking.look()
    other.look()

    assert world.titles()[-1] == "Bucket acme-payroll is public: everybody may read"
    assert not world.told[-1].resolved


def test_who_took_longer_than_its_claim_leaves_alone_who_looks_since():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()
    slow = next(world.judging.due())
    world.time += timedelta(minutes=2)
    next(world.judging.due())

    world.judging.done(slow)
    world.replica().look()

    assert world.access.asked == []


def test_a_call_that_comes_while_a_look_fails_is_looked_into_at_once():
    world = World(bucket("acme-payroll", policy=OPEN), fails=[Upstream("AWS is away.", "")])
    world.call()
    world.access.meanwhile = lambda: world.call("PutBucketAcl", event_id="e-2")
    world.looking.look()

    world.looking.look()

    assert world.titles() == ["Bucket acme-payroll is public: everybody may read"]


def test_closing_it_ends_what_was_told():
    world = opened()
    closed_again(world)

    world.looking.look()

    assert world.told[-1].resolved
    assert world.told[-1].key == "opened"


def test_a_bucket_that_is_gone_is_told_as_deleted():
    world = opened()
    world.access.buckets = {}
    world.call("DeleteBucket", key="", event_id="e-2")

    world.looking.look()

    assert world.titles()[-1] == "Bucket acme-payroll is deleted"


def test_what_fails_is_looked_at_again_later_and_told_then():
    world = World(bucket("acme-payroll", policy=OPEN), fails=[Upstream("AWS is away.", "")])
    world.call()
    world.looking.look()
    assert world.told == []

    world.time += timedelta(minutes=1)
    world.looking.look()

    assert world.titles() == ["Bucket acme-payroll is public: everybody may read"]


def test_what_fails_for_hours_is_told_as_not_known():
    world = World(fails=[Upstream("AWS is away.", "")] * 20)
    world.call()
    for _ in range(20):
        world.looking.look()
        world.time += timedelta(hours=1)

    assert world.titles() == ["I can’t tell whether bucket acme-payroll is public now"]


@pytest.mark.parametrize(
    "refusal",
    [
        AccessDenied("AWS refused.", "Allow s3:GetBucketPolicy.", action="s3:GetBucketPolicy"),
        NotConfigured("No role for it.", "Set accounts."),
    ],
)
def test_what_is_refused_is_told_at_once_with_the_hint(refusal):
    world = World(fails=[refusal])
    world.call()

    world.looking.look()

    assert "can’t tell" in world.told[0].title
    assert refusal.hint in str(world.told[0].story)


def test_an_accounts_block_that_is_gone_tells_each_bucket_that_is_public_and_the_count():
    world = World(bucket("acme-web", policy=OPEN), bucket("acme-payroll"))
    world.call("DeleteAccountPublicAccessBlock", "", key="account-block")

    world.looking.look()

    assert [(each.key, each.title) for each in world.told] == [
        ("account-block", "1 of its 2 buckets is public now"),
        (f"bucket-open:{PROD}:eu-west-1:acme-web", "Bucket acme-web is public: everybody may read"),
    ]


def test_an_access_points_policy_blames_no_bucket_that_is_public_by_itself():
    world = World(bucket("acme-web", policy=OPEN))
    world.call("PutAccessPointPolicy", "", key="")

    world.looking.look()

    assert world.told == []


def test_what_is_told_is_told_before_it_is_forgotten():
    world = World(bucket("acme-payroll", policy=OPEN))
    world.call()

    def dies(*alerts):
        raise Upstream("The store is away.", "")

    Looking(world.judging, lambda: world.access, dies).look()
    world.time += timedelta(minutes=1)
    world.looking.look()

    assert len(world.told) == 1
