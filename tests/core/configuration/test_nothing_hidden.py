"""Nothing real is hidden: whatever single value of an item becomes another one, the diff has it, and the words too."""

import random
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.configuration.change import Change
from bot.core.configuration.diff import differ
from bot.core.configuration.noise import NOISE, is_noise
from bot.core.configuration.words import lines
from tests.core.configuration.items import INSTANCE, item
from tests.core.configuration.real import pairs
from tests.core.configuration.some import items, shaped
from tests.sources.real import DATA

OTHER = "quite-another-value"
FIRST = {
    "networkInterfaceId": "eni-1",
    "subnetId": "subnet-1",
    "vpcId": "vpc-1",
    "sourceDestCheck": True,
    "privateIpAddress": "10.0.0.4",
    "privateDnsName": "ip-10-0-0-4.internal",
    "groups": [{"groupId": "sg-1", "groupName": "web"}],
    "association": {"publicIp": "192.0.2.1"},
    "privateIpAddresses": [{"privateIpAddress": "10.0.0.4", "association": {"publicIp": "192.0.2.1"}}],
    "attachment": {"attachmentId": "eni-attach-1", "deviceIndex": 0},
}
SECOND = FIRST | {
    "networkInterfaceId": "eni-2",
    "attachment": {"attachmentId": "eni-attach-2", "deviceIndex": 1},
}
SERVER = {
    "instanceId": "i-1",
    "subnetId": "subnet-1",
    "vpcId": "vpc-1",
    "sourceDestCheck": True,
    "privateIpAddress": "10.0.0.4",
    "privateDnsName": "ip-10-0-0-4.internal",
    "publicIpAddress": "192.0.2.1",
    "securityGroups": [{"groupId": "sg-1", "groupName": "web"}],
    "tags": [{"key": "team", "value": "ops"}],
    "networkInterfaces": [FIRST, SECOND],
}
DECIDING = (
    *("ipPermissions", "ipPermissionsEgress", "routes", "entries", "associations", "mapPublicIpOnLaunch"),
    *("assumeRolePolicyDocument", "attachedManagedPolicies", "rolePolicyList", "permissionsBoundary", "path"),
    *("publiclyAccessible", "storageEncrypted", "encrypted", "kmsKeyId", "deletionProtection", "scheme"),
    *("securityGroups", "vpcSecurityGroups", "vpcConfig", "environment", "role", "iamInstanceProfile"),
    *("instanceType", "imageId", "dBInstanceStatus", "keyState", "isLogging", "policy"),
)
"""What decides who gets in, and what runs."""


def leaves(value, path=()):
    """The path of every value that is no object and no list."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for name, held in inner for leaf in leaves(held, (*path, name))]
    return found if isinstance(value, dict | list) else [path]


def changed(value, path):
    """The same with one value another one."""
    if not path:
        return OTHER
    held = deepcopy(value)
    held[path[0]] = changed(value[path[0]], path[1:])
    return held


def others(one):
    """The item with one value changed, for each there is; parts as `Item` has them."""
    for part in ("configuration", "supplementary", "tags"):
        held = getattr(one, part)
        held = held if part == "configuration" else dict(held)
        for path in leaves(held):
            if path or part == "configuration":
                yield (part, *path), replace(one, **{part: changed(held, path)})
    for n, related in enumerate(one.relationships):
        for field in ("type", "id", "relation", "name"):
            there = list(one.relationships)
            there[n] = replace(related, **{field: OTHER})
            yield ("relationships", n, field), replace(one, relationships=tuple(there))
    yield ("resourceName",), replace(one, resource=replace(one.resource, name=OTHER))
    yield ("availabilityZone",), replace(one, availability_zone=OTHER)


def hidden(one, other):
    difference = differ(one, other)
    return not (difference.changes or difference.noise)


@given(shaped() | items(), st.integers())
def test_any_value_that_becomes_another_is_in_the_diff(one, seed):
    where, other = random.Random(seed).choice(list(others(one)))

    assert not hidden(one, other), where


def test_any_value_of_an_instance_is_in_the_diff_also_what_its_interfaces_repeat():
    server = item(INSTANCE, SERVER, tags={"team": "ops"})

    assert [where for where, other in others(server) if hidden(server, other)] == []


def test_a_second_interface_repeats_nothing_of_the_instance():
    second = {**SERVER, "networkInterfaces": [FIRST, {**SECOND, "subnetId": "subnet-2"}]}
    without = {name: value for name, value in SECOND.items() if name != "subnetId"}
    third = {**SERVER, "networkInterfaces": [FIRST, without]}

    assert not hidden(item(INSTANCE, second), item(INSTANCE, third))
    assert not hidden(item(INSTANCE, SERVER), item(INSTANCE, third))


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
def test_any_value_of_a_real_item_is_in_the_diff():
    """All of them are; some of each item are tried here, the same ones every time."""
    items_of = {id(one): one for pair in pairs() for one in (pair.old, pair.new) if not one.is_deleted}
    tried, unseen = 0, []
    for one in items_of.values():
        some = random.Random(one.resource.id).sample(each := list(others(one)), min(len(each), 40))
        tried += len(some)
        unseen += [(one.resource.type, where) for where, other in some if hidden(one, other)]

    assert (unseen, tried > 1_000) == ([], True)


@given(shaped() | items(), shaped() | items())
def test_what_is_no_relationship_has_a_line_each(old, new):
    told = [one for one in differ(old, new).changes if one.path[0] != "relationships"]

    assert len(lines(told, new.resource.type)) == len(told)


@pytest.mark.parametrize("field", DECIDING)
def test_what_decides_who_gets_in_and_what_runs_is_never_noise(field):
    path = ("configuration", *field.split("."))
    for resource_type in (*NOISE, "AWS::Any::Thing"):
        assert not is_noise(Change(path, "changed", 1, 2), resource_type), resource_type
