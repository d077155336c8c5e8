"""Buckets in memory: who gets in, and what Config recorded of it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.configuration.item import Item, Resource
from bot.core.public.block import NONE
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.core.public.facts import Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict
from bot.errors import NotFound
from bot.ports import History
from tests.commands.fake_trail import FakeTrail

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
PROD, STAGING = "111122223333", "444455556666"
REFUSED = Unread("AWS refused", "s3:GetBucketPolicy")


def allow(action="s3:GetObject", sid="Wide", **more):
    return {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*"} | more


def judged(name, *statements, account=PROD, region="eu-west-1", gone=False, **facts):
    known = Facts(
        name,
        policy={"Statement": list(statements)} if statements else None,
        acl=None,
        ownership=None,
        bucket_block=NONE,
        account_block=NONE,
        access_points=(),
    )
    told = replace(known, **facts)
    return Judged(Bucket(name, account, region, NOW), told, verdict(told), gone)


class FakeAccess:
    """Satisfies `bot.ports.PublicAccess`."""

    def __init__(self, *buckets, caveats=(), accounts=1, fails=None):
        self.buckets, self.caveats, self.fails, self.asked = buckets, tuple(caveats), fails, []
        self.accounts = accounts

    def survey(self, accounts, regions, progress):
        self.asked.append((accounts, regions))
        if self.fails:
            raise self.fails
        return Survey(self.buckets, self.caveats, self.accounts, 7)

    def whole(self, name, account_id, progress):
        self.asked.append((name, account_id))
        for one in self.buckets:
            if one.bucket.name == name:
                return one
        raise NotFound(f"There is no bucket {name}.", "Is it spelt right?")


class FakeHistories:
    """Configurations whose every bucket has these states, newest first: (captured at, statements).

    `account`: what their account's block was, newest first: (captured at, flags that were on).
    """

    def __init__(self, *states, account=(), older=None, fails=None):
        self.states, self.account, self.older, self.fails, self.asked = states, account, older, fails, []

    def history(self, resource, span, most, progress):
        self.asked.append(resource.id)
        if self.fails:
            raise self.fails
        if resource.type == "AWS::S3::AccountPublicAccessBlock":
            return _history(resource, [_block(resource, *state) for state in self.account])
        older = _item(resource, *self.older) if self.older else None
        return _history(resource, [_item(resource, *state) for state in self.states], older)


def _history(resource: Resource, items, older=None):
    if not items:
        raise NotFound("AWS Config has no history of it.")
    return History(resource, tuple(items), older, api_calls=1)


def _item(resource: Resource, at, statements):
    held = {"BucketPolicy": {"policyText": {"Statement": list(statements)} if statements else None}}
    return Item(resource, at, "OK", supplementary=held)


def _block(resource: Resource, at, on):
    return Item(resource, at, "OK", configuration={flag[0].lower() + flag[1:]: True for flag in on})


class Ports:
    """The ports over these."""

    zone, accounts, fixes = UTC, {PROD: "prod", STAGING: "staging"}, False

    def __init__(self, access, configurations=None, trail=None):
        self.public_access, self.configurations = access, configurations or FakeHistories()
        self.trail = trail or FakeTrail()

    def calls(self, place, asker, up_to, *, since):
        return self.trail

    def now(self):
        return NOW
