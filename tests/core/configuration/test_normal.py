"""What means the same has one normal form, and nothing that means something is lost in it."""

import json

from inline_snapshot import snapshot

from bot.core.configuration.diff import differ
from bot.core.configuration.normal import normal
from tests.core.configuration.items import BUCKET, INSTANCE, item, related


def test_what_stands_twice_is_there_twice():
    (twice,) = (normal(item("X", {"list": ["a", "a", "a #2", {"b": 1}, {"b": 1}, 1, "1", True]})),)

    assert list(twice["configuration"]["list"]) == snapshot(
        ["1", "1 #2", "a", "a #2", "a #2 #", "true", '{"b":1}', '{"b":1} #2']
    )


def test_null_and_an_empty_list_are_an_absent_field_but_an_empty_object_means_something():
    held = item("AWS::WAFv2::WebACL", {"rules": [], "description": None, "defaultAction": {"allow": {}}})

    assert normal(held)["configuration"] == {"defaultAction": {"allow": {}}}


def test_whole_numbers_are_the_same_with_and_without_a_point():
    assert normal(item("X", {"size": 128.0})) == normal(item("X", {"size": 128}))


def test_tags_that_the_configuration_repeats_are_there_once():
    copies = [{"key": "team", "value": "ops"}, {"key": "aws:cloudformation:stack-name", "value": "web"}]
    held = normal(item("X", {"tags": copies, "tagList": copies[:1]}, tags={"team": "ops"}))

    assert held == {
        "resourceName": "web-prod",
        "tags": {"team": "ops"},
        "configuration": {"tags": {"aws:cloudformation:stack-name": "web"}},
        "supplementaryConfiguration": {},
    }


def test_a_buckets_tags_are_there_once():
    said = {"BucketTaggingConfiguration": json.dumps({"tagSets": [{"tags": {"team": "ops", "tier": "1"}}]})}

    whole = normal(item(BUCKET, supplementary=said, tags={"team": "ops", "tier": "1"}))
    assert whole["supplementaryConfiguration"] == {}
    assert normal(item(BUCKET, supplementary=said, tags={"team": "ops"}))["supplementaryConfiguration"] == {
        "BucketTaggingConfiguration": {"tier": "1"}
    }


def test_an_autoscaling_groups_tag_keeps_whether_instances_get_it():
    tag = {"key": "team", "value": "ops", "propagateAtLaunch": True}

    assert normal(item("X", {"tags": [tag]}, tags={"team": "ops"}))["configuration"] == {
        "tags": {"team": {"key": "team", "propagateAtLaunch": True}}
    }


def test_routes_entries_grants_lifecycle_rules_and_interfaces_are_by_what_tells_them_apart():
    held = {
        "routes": [
            {"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1", "state": "active"},
            {"destinationIpv6CidrBlock": "::/0", "egressOnlyInternetGatewayId": "eigw-1"},
        ],
        "entries": [
            {
                "cidrBlock": "0.0.0.0/0",
                "egress": True,
                "protocol": "-1",
                "ruleAction": "allow",
                "ruleNumber": 100,
            },
            {
                "cidrBlock": "0.0.0.0/0",
                "egress": False,
                "protocol": "-1",
                "ruleAction": "deny",
                "ruleNumber": 100,
            },
        ],
        "grantList": [
            {"grantee": "AllUsers", "permission": "Read"},
            {"grantee": {"id": "ab12"}, "permission": "FullControl"},
        ],
        "rules": [{"id": "Docs", "status": "Enabled"}],
        "networkInterfaces": [
            {"networkInterfaceId": "eni-1", "groups": [{"groupId": "sg-1", "groupName": "web"}]}
        ],
        "blockDeviceMappings": [{"deviceName": "/dev/sda1", "ebs": {"volumeId": "vol-1"}}],
        "environment": [{"name": "STAGE", "value": "prod"}],
    }

    assert {
        name: list(inner) for name, inner in normal(item("X", held))["configuration"].items()
    } == snapshot(
        {
            "routes": ["0.0.0.0/0", "::/0"],
            "entries": ["inbound 100", "outbound 100"],
            "grantList": ["AllUsers Read", "ab12 FullControl"],
            "rules": ["Docs"],
            "networkInterfaces": ["eni-1"],
            "blockDeviceMappings": ["/dev/sda1"],
            "environment": ["STAGE"],
        }
    )


def test_a_command_keeps_its_order_and_the_words_it_repeats():
    held = normal(item("X", {"command": ["run", "-v", "-v"], "layers": [{"arn": "b"}, {"arn": "a"}]}))[
        "configuration"
    ]

    assert held == {"command": ["run", "-v", "-v"], "layers": {"1": {"arn": "b"}, "2": {"arn": "a"}}}


def test_every_list_of_a_program_keeps_its_order():
    states = {"States": {"Pick": {"Choices": [{"Next": "B"}, {"Next": "A"}], "Names": ["b", "a"]}}}
    held = normal(item("AWS::StepFunctions::StateMachine", {"definition": json.dumps(states)}))

    assert held["configuration"]["definition"]["States"]["Pick"] == {
        "Choices": {"1": {"Next": "B"}, "2": {"Next": "A"}},
        "Names": ["b", "a"],
    }


def test_an_instances_first_interface_does_not_repeat_the_instance():
    public = {"publicIp": "203.0.113.9", "ipOwnerId": "amazon"}
    face = {
        "networkInterfaceId": "eni-1",
        "attachment": {"deviceIndex": 0},
        "groups": [{"groupId": "sg-1"}],
        "association": public,
        "privateIpAddresses": [{"privateIpAddress": "10.0.0.4", "association": public}],
    }
    held = {
        "publicIpAddress": "203.0.113.9",
        "securityGroups": [{"groupId": "sg-1"}],
        "networkInterfaces": [face],
    }

    assert normal(item(INSTANCE, held))["configuration"]["networkInterfaces"]["eni-1"] == snapshot(
        {
            "networkInterfaceId": "eni-1",
            "attachment": {"deviceIndex": 0},
            "privateIpAddresses": {"10.0.0.4": {"privateIpAddress": "10.0.0.4"}},
        }
    )


def test_relationships_are_by_type_and_id():
    held = item(
        relationships=(related("VPC", "vpc-1", "Is contained in Vpc"), related("VPC", "", "Is in", "default"))
    )

    assert list(normal(held)["relationships"]) == ["AWS::EC2::VPC default", "AWS::EC2::VPC vpc-1"]


def test_a_configuration_that_could_not_be_read_stands_as_its_text():
    assert normal(item("X", "{broken"))["configuration"] == "{broken"


def test_long_texts_that_begin_alike_are_told_apart_by_themselves_not_by_their_place():
    first, second, third = (f"{'a' * 90}{n}" for n in range(3))
    gone = differ(item("X", {"hosts": [first, second, third]}), item("X", {"hosts": [second, third]}))

    assert [(one.kind, one.before) for one in gone.changes] == [("removed", first)]


def test_a_sid_that_is_no_text_is_as_if_there_was_none():
    (allowed,) = normal(item("X", {"policy": {"Statement": [{"Effect": "Allow", "Sid": 5}]}}))[
        "configuration"
    ]["policy"]["Statement"]

    assert allowed.startswith("Allow ")


def test_commands_keep_their_order():
    assert differ(item("X", {"commands": ["a", "b"]}), item("X", {"commands": ["b", "a"]})).changes
