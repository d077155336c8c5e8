"""A generated archive with known truth: what people did to resources, what Config recorded of it, and what CloudTrail.

Config looks at a resource some seconds after a change, and tells of what it saw two to fifteen minutes after the
change; changes that come before it looked stand in one item. So the item that tells of a call may come after items
that were captured later than the call was made.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.revision import Revision
from tests.aws_world import key_of, packed
from tests.trail.authorship import deeds_told as told
from tests.trail.authorship import more_deeds_told as more
from tests.trail.authorship.actors_told import ACCOUNT, REGION, Person, people
from tests.trail.authorship.deeds_told import Act, State

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
NOW = START + timedelta(days=12)
_NOBODY = "nobody"
Make = Callable[[random.Random, str], Act]


@dataclass(frozen=True)
class Kind:
    type: str
    count: int
    acts: tuple[Make, ...]
    configuration: dict[str, Any]
    name: str
    """Its name in calls, `{}` for a number; `id` where Config has another id."""
    id: str = ""
    arn: str = ""


KINDS = (
    Kind(
        "AWS::EC2::SecurityGroup",
        3,
        (told.group_rule, told.group_rule, told.group_rule, told.ec2_tags),
        {"ipPermissions": [], "ipPermissionsEgress": []},
        "sg-0abc{:013}",
    ),
    Kind(
        "AWS::S3::Bucket",
        3,
        (
            told.bucket_policy,
            told.bucket_block,
            told.bucket_versions,
            told.bucket_encryption,
            told.bucket_tags,
        ),
        {},
        "acme-data-{}",
        arn="arn:aws:s3:::acme-data-{}",
    ),
    Kind(
        "AWS::IAM::Role",
        3,
        (more.role_attachment, more.role_inline, more.role_trust, more.role_tags, more.role_untags),
        {"attachedManagedPolicies": [], "rolePolicyList": [], "assumeRolePolicyDocument": {"Statement": []}},
        "app-{}",
        id="AROAEXAMPLEROLE{:05}",
        arn=f"arn:aws:iam::{ACCOUNT}:role/team/app-{{}}",
    ),
    Kind(
        "AWS::EC2::Instance",
        3,
        (told.instance_setting, told.instance_state, told.instance_metadata, told.ec2_tags),
        {
            "instanceType": "t3.small",
            "sourceDestCheck": True,
            "disableApiTermination": False,
            "state": {"code": 16, "name": "running"},
        },
        "i-0abc{:013}",
    ),
    Kind(
        "AWS::Lambda::Function",
        3,
        (more.function_setting, more.function_code, more.function_permission, more.function_tags),
        {"timeout": 10, "memorySize": 1024, "codeSha256": "0"},
        "worker-{}",
        arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:worker-{{}}",
    ),
    Kind(
        "AWS::RDS::DBInstance",
        3,
        (more.database_setting, more.database_setting, more.database_tags),
        {
            "dBInstanceClass": "db.t3.micro",
            "publiclyAccessible": False,
            "deletionProtection": False,
            "backupRetentionPeriod": 3,
        },
        "orders-{}",
        id="db-EXAMPLE{:05}",
        arn=f"arn:aws:rds:{REGION}:{ACCOUNT}:db:orders-{{}}",
    ),
)


@dataclass(frozen=True)
class Done:
    """One change: when, by whom (None: a service, without any call), and what."""

    at: datetime
    who: Person | None
    act: Act
    id: str


@dataclass
class Told:
    """A resource's history: its revisions, newest first, and for each the changes that count in it."""

    resource: Resource
    revisions: list[Revision] = field(default_factory=list)
    truth: list[list[Done]] = field(default_factory=list)


class Archive:
    """Everything of one seed; `changes` is how many changes are made in all."""

    def __init__(self, seed: int, changes: int = 200) -> None:
        self.rng = random.Random(seed)
        self.people = people(START)
        self.records: list[dict[str, Any]] = []
        self.numbers = 0
        resources = [(kind, number) for kind in KINDS for number in range(kind.count)]
        shares = [changes // len(resources)] * len(resources)
        shares[0] += changes - sum(shares)
        self.told = [
            self._history(kind, number, share)
            for (kind, number), share in zip(resources, shares, strict=True)
        ]
        for person in self.people:
            for maker in person.makers:
                self._record(**maker)

    def _history(self, kind: Kind, number: int, changes: int) -> Told:
        resource = _resource(kind, number)
        said = kind.name.format(number)
        done = sorted(self._done(kind, said, changes), key=lambda one: one.at)
        for one in done:
            self._told(one, said)
        return self._recorded(kind, resource, done)

    def _done(self, kind: Kind, said: str, changes: int) -> Iterator[Done]:
        """Changes in bursts, several people at once."""
        at = START + timedelta(minutes=self.rng.randrange(60, 600))
        for _ in range(changes):
            act = self.rng.choice(kind.acts)(self.rng, said)
            nobody = self.rng.random() < 0.04
            who = None if nobody else self.rng.choice(self.people)
            yield Done(at, who, _silent(kind, self.rng) if nobody else act, self._id())
            gap = self.rng.choice([20, 60, 150, 400, 900, 3_000, 60_000])
            at += timedelta(seconds=self.rng.randrange(1, gap))

    def _recorded(self, kind: Kind, resource: Resource, done: list[Done]) -> Told:
        rng, told = self.rng, Told(resource)
        state: State = {
            "configuration": copy.deepcopy(kind.configuration),
            "supplementary": _bare(kind),
            "tags": {},
        }
        item = _item(resource, state, START, 0)
        told.revisions.append(Revision(item, None, differ(None, item)))
        told.truth.append([])
        pending = list(done)
        while pending:
            looked = pending[0].at + timedelta(seconds=rng.choice([1, 10, 60, 100]))
            seen = [one for one in pending if one.at <= looked]
            pending = pending[len(seen) :]
            captured = seen[0].at + timedelta(seconds=rng.randrange(120, 890))
            captured = max(captured, looked, told.revisions[-1].item.captured_at + timedelta(seconds=1))
            after = _after(state, seen)
            if after == state:
                continue
            fresh = _item(resource, after, captured, len(told.revisions))
            before = told.revisions[-1].item
            told.revisions.append(Revision(fresh, before, differ(before, fresh)))
            told.truth.append(_made_it(seen, state, after))
            state = after
        told.revisions.reverse()
        told.truth.reverse()
        return told

    def _told(self, one: Done, said: str) -> None:
        """Its record, and others near it that are about something else, failed, or only read."""
        if one.who:
            self._call(one.at, one.who, one.act, one.id)
        rng = self.rng
        other = rng.choice(self.people)
        near = one.at + timedelta(seconds=rng.randrange(-90, 90))
        if rng.random() < 0.3:
            self._call(near, other, one.act, self._id(), errorCode="AccessDenied", errorMessage="no")
        if rng.random() < 0.3:
            self._call(near, other, replace(one.act, event="DescribeIt"), self._id(), readOnly=True)
        if rng.random() < 0.3:
            elsewhere = json.loads(json.dumps(one.act.request).replace(said, f"{said}9"))
            beside = {key: value for key, value in one.act.more.items() if key != "resources"}
            self._call(near, other, replace(one.act, request=elsewhere, more=beside), self._id())
        if rng.random() < 0.2:
            tags = {
                "resourcesSet": {"items": [{"resourceId": "vol-1"}]},
                "tagSet": {"items": [{"key": "of", "value": said}]},
            }
            self._call(near, other, Act("CreateTags", tags, _nothing), self._id())
        if rng.random() < 0.2:
            peer = {
                "items": [
                    {
                        "ipProtocol": "tcp",
                        "fromPort": 22,
                        "toPort": 22,
                        "groups": {"items": [{"groupId": said}]},
                    }
                ]
            }
            rule = {"groupId": "sg-0fff", "ipPermissions": peer}
            self._call(near, other, Act("AuthorizeSecurityGroupIngress", rule, _nothing), self._id())
        if one.act.source == "s3.amazonaws.com":
            put = Act("PutObject", {"bucketName": said, "key": "k"}, _nothing, source=one.act.source)
            self._call(near, other, put, self._id(), managementEvent=False, eventCategory="Data")

    def _call(self, at: datetime, who: Person, act: Act, number: str, **more: Any) -> None:
        self._record(
            eventTime=f"{at:%Y-%m-%dT%H:%M:%SZ}",
            eventSource=act.source,
            eventName=act.event,
            userIdentity=who.identity,
            userAgent=who.agent,
            sourceIPAddress=who.address,
            requestParameters=act.request,
            responseElements=act.response,
            eventID=number,
            **(act.more | more),
        )

    def _record(self, **fields: Any) -> None:
        whole = {
            "eventVersion": "1.09",
            "awsRegion": REGION,
            "eventID": self._id(),
            "readOnly": False,
            "managementEvent": True,
            "eventCategory": "Management",
            "eventType": "AwsApiCall",
            "recipientAccountId": ACCOUNT,
        }
        self.records.append(whole | fields)

    def _id(self) -> str:
        self.numbers += 1
        return f"00000000-0000-4000-8000-{self.numbers:012}"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The records as log files, by key."""
        days: dict[tuple[str, datetime], list[dict[str, Any]]] = {}
        for one in self.records:
            at = datetime.fromisoformat(one["eventTime"])
            days.setdefault((one["awsRegion"], at.replace(hour=0, minute=0, second=0)), []).append(one)
        return {key_of(ACCOUNT, region, day): packed(some) for (region, day), some in days.items()}


def _after(state: State, seen: list[Done]) -> State:
    for one in seen:
        state = one.act.done_to(state)
    return state


def _made_it(seen: list[Done], state: State, after: State) -> list[Done]:
    """Those without whom it would be otherwise; of several that did the same, each, when none is needed for it."""
    held, whole = _pieces(state), _pieces(after)
    came = whole - held
    # What is overwritten was not taken away.
    went = {piece for piece in held - whole if piece[:-1] not in {new[:-1] for new in came}}
    places = {piece[:-1] for piece in came | went}
    alone = {one.id: _pieces(one.act.done_to(state)) for one in seen}
    without = {one.id: _pieces(_after(state, [other for other in seen if other != one])) for one in seen}
    needed = [one for one in seen if any(piece[:-1] in places for piece in without[one.id] ^ whole)]
    came = came.difference(*(alone[one.id] for one in needed))
    went = {piece for piece in went if all(piece in alone[one.id] for one in needed)}
    return [one for one in seen if one in needed or came & alone[one.id] or went - alone[one.id]]


def _pieces(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """A state as a set: each value with the fields that lead to it, elements of lists and documents whole."""
    if isinstance(value, dict) and "Statement" not in value:
        return {piece for key, inner in value.items() for piece in _pieces(inner, (*path, key))}
    if isinstance(value, list):
        return {(*path, json.dumps(inner, sort_keys=True), "") for inner in value}
    return {(*path, json.dumps(value, sort_keys=True))}


def _silent(kind: Kind, rng: random.Random) -> Act:
    """What a service does by itself: no call tells of it."""
    number = rng.randrange(10**6)

    def effect(state: State) -> None:
        state["configuration"]["ownBusiness"] = f"upkeep-{number}"

    return Act(_NOBODY, {}, effect)


def _bare(kind: Kind) -> dict[str, Any]:
    return {"BucketPolicy": {"policyText": None}} if kind.type == "AWS::S3::Bucket" else {}


def _nothing(_: State) -> None:
    pass


def _resource(kind: Kind, number: int) -> Resource:
    said = kind.name.format(number)
    return Resource(
        kind.type,
        kind.id.format(number) or said,
        Place(ACCOUNT, REGION),
        said if kind.id or kind.type == "AWS::Lambda::Function" else "",
        kind.arn.format(number),
    )


def _item(resource: Resource, state: State, captured: datetime, number: int) -> Item:
    held = copy.deepcopy(state)
    return Item(
        resource,
        captured,
        "OK" if number else "ResourceDiscovered",
        number,
        created_at=START - timedelta(days=90),
        configuration=held["configuration"],
        supplementary=held["supplementary"],
        tags=held["tags"],
    )
