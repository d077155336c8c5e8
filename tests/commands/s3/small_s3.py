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

    def __init__(self, *buckets, caveats=(), fails=None):
        self.buckets, self.caveats, self.fails, self.asked = buckets, tuple(caveats), fails, []

    def survey(self, accounts, regions, progress):
        self.asked.append((accounts, regions))
        if self.fails:
            raise self.fails
        return Survey(self.buckets, self.caveats, 1, 7)

    def whole(self, name, account_id, progress):
        self.asked.append((name, account_id))
        for one in self.buckets:
            if one.bucket.name == name:
                return one
        raise NotFound(f"There is no bucket {name}.", "Is it spelt right?")


class FakeHistories:
    """Configurations whose every bucket has these states, newest first: (captured at, statements)."""

    def __init__(self, *states, fails=None):
        self.states, self.fails, self.asked = states, fails, []

    def history(self, resource, span, most, progress):
        self.asked.append(resource.id)
        if self.fails:
            raise self.fails
        return History(resource, tuple(_item(resource, *state) for state in self.states), api_calls=1)


def _item(resource: Resource, at, statements):
    held = {"BucketPolicy": {"policyText": {"Statement": list(statements)} if statements else None}}
    return Item(resource, at, "OK", supplementary=held)


class Ports:
    """The ports over these."""

    zone, accounts = UTC, {PROD: "prod", STAGING: "staging"}

    def __init__(self, access, configurations=None):
        self.public_access, self.configurations = access, configurations or FakeHistories()

    def now(self):
        return NOW
