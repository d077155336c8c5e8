"""Whatever comes in whatever order: the same authors; and no unrelated call makes an exact author a wrong one."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.trail.authorship.deeds import records
from bot.trail.authorship.telling import tellings
from bot.trail.authorship.windows import window
from tests.trail.authorship.archive import NOW, Archive
from tests.trail.authorship.making import BO, minutes, row
from tests.trail.authorship.reading_plainly import read
from tests.trail.authorship.scores import score

seeds = st.integers(0, 25)
numbers = st.integers(0, 17)


@cache
def made(seed):
    archive = Archive(seed, changes=150)
    return archive, read(archive)


def tell(seed, number, calls):
    archive, found = made(seed)
    one = archive.told[number]
    states = [(revision, window(revision)) for revision in one.revisions]
    return tellings(one.resource, states, replace(found, records=tuple(calls)), NOW)


@settings(max_examples=60, deadline=None)
@given(seeds, numbers, st.randoms(use_true_random=False))
def test_the_order_of_calls_never_matters(seed, number, chance):
    calls = list(made(seed)[1].records)
    shuffled = chance.sample(calls, len(calls))

    assert tell(seed, number, shuffled) == tell(seed, number, calls)


@settings(max_examples=60, deadline=None)
@given(seeds, numbers)
def test_a_call_that_is_read_twice_counts_once(seed, number):
    calls = made(seed)[1].records

    assert tell(seed, number, [*calls, *calls]) == tell(seed, number, calls)


UNRELATED = (
    lambda name, at: row("AuthorizeSecurityGroupIngress", who=BO, request={"groupId": name, "ipProtocol": "tcp", "fromPort": 9, "toPort": 9, "cidrIp": "203.0.113.0/24"}),
    lambda name, at: row("CreateTags", who=BO, request={"resourcesSet": {"items": [{"resourceId": name}]}, "tagSet": {"items": [{"key": "Odd", "value": "1"}]}}),
    lambda name, at: row("ModifyInstanceAttribute", who=BO, request={"instanceId": name, "instanceType": {"value": "z9.huge"}}),
    lambda name, at: row("ModifyDBInstance", who=BO, source="rds", request={"dBInstanceIdentifier": name, "dBInstanceClass": "db.z9"}),
    lambda name, at: row("UpdateFunctionConfiguration20150331v2", who=BO, source="lambda", request={"functionName": name, "timeout": 899}),
    lambda name, at: row("AttachRolePolicy", who=BO, source="iam", request={"roleName": name, "policyArn": "arn:aws:iam::aws:policy/Odd"}),
    lambda name, at: row("PutBucketTagging", who=BO, source="s3", request={"bucketName": name, "Tagging": {"TagSet": {"Tag": {"Key": "Odd", "Value": "1"}}}}),
    lambda name, at: row("PutBucketVersioning", who=BO, source="s3", request={"bucketName": f"{name}-other", "VersioningConfiguration": {"Status": "Enabled"}}),
    lambda name, at: row("AttachRolePolicy", who=BO, source="iam", request={"roleName": "other", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
    lambda name, at: row("RunInstances", who=BO, request={"groupSet": {"items": [{"groupId": name}]}}),
    lambda name, at: row("PassRole", who=BO, source="iam", request={"roleName": name}),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    seeds,
    numbers,
    st.lists(
        st.tuples(st.sampled_from(UNRELATED), st.integers(0, 60), st.integers(-20, 5)), min_size=1, max_size=6
    ),
)
def test_unrelated_calls_never_turn_an_exact_author_into_a_wrong_one(seed, number, added):
    archive, found = made(seed)
    one = archive.told[number]
    name = one.resource.name or one.resource.id
    more = []
    for place, (unrelated, which, shift) in enumerate(added):
        captured = one.revisions[which % len(one.revisions)].item.captured_at + minutes(shift)
        more.append(
            unrelated(name, captured) | {"at": f"{captured:%Y-%m-%dT%H:%M:%S}", "event_id": f"odd-{place}"}
        )

    told = tell(seed, number, [*found.records, *records(more)])

    assert score(told[:-1], one.truth[:-1])["wrong exact"] == 0


@settings(max_examples=60, deadline=None)
@given(seeds, numbers, st.randoms(use_true_random=False))
def test_who_is_named_has_made_one_of_the_calls_that_were_read(seed, number, chance):
    kept = [one for one in made(seed)[1].records if chance.random() < 0.9]
    before = {(one.link.call.event_id, one.at) for one in kept}

    told = tell(seed, number, kept)

    assert all((one.link.call.event_id, one.link.call.time) in before for one in told if one.link)


def test_of_calls_one_in_ten_of_which_is_lost_next_to_no_exact_author_is_wrong():
    chance, total = random.Random(1), Counter()
    for seed in range(12):
        archive, found = made(seed)
        lost = {
            json.dumps(one.request, sort_keys=True, default=str)
            for one in found.records
            if chance.random() < 0.1
        }
        kept = [
            one for one in found.records if json.dumps(one.request, sort_keys=True, default=str) not in lost
        ]
        for number, one in enumerate(archive.told):
            total += score(tell(seed, number, kept)[:-1], one.truth[:-1])

    assert total["exact"] > 500
    assert total["wrong exact"] / total["exact"] < 0.02, dict(total)


def test_a_thousand_revisions_are_matched_in_seconds():
    archive, found = made(3)
    one = archive.told[0]
    many = [
        replace(
            revision,
            item=replace(revision.item, captured_at=revision.item.captured_at + timedelta(hours=hour)),
        )
        for hour in range(0, 24 * 400, 24)
        for revision in one.revisions[:3]
    ]
    states = [(revision, window(revision)) for revision in many]

    assert len(tellings(one.resource, states, found, NOW + timedelta(days=500))) == len(many) > 1_000
