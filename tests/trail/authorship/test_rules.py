"""A security group's rules, however calls and items write them, are the same rules."""

import json

import pytest

from bot.trail.authorship.naming import parsed
from bot.trail.authorship.rules import asked, held, made

SSH = ("tcp", "22", "22", "0.0.0.0/0")


@pytest.mark.parametrize(
    "request_",
    [
        {"groupId": "sg-1", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "0.0.0.0/0", "ipPermissions": {}},
        {"groupId": "sg-1", "ipPermissions": {"items": [{"ipProtocol": "6", "fromPort": 22, "toPort": 22, "groups": {}, "ipv6Ranges": {}, "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0", "description": "x"}]}}]}},
        {"groupId": "sg-1", "ipPermissions": [{"ipProtocol": "tcp", "fromPort": 22.0, "toPort": 22.0, "ipRanges": ["0.0.0.0/0"]}]},
        {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-1", "SecurityGroupRule": {"SecurityGroupRuleId": "sgr-1", "SecurityGroupRule": {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0"}}}},
    ],
)  # fmt: skip
def test_one_rule_is_read_from_every_form(request_):
    assert asked(parsed(json.dumps(request_))) == {SSH}


def test_the_items_own_forms_are_one_rule():
    configuration = {
        "ipPermissions": [
            {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": ["0.0.0.0/0"], "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}]}
        ],
        "ipPermissionsEgress": [{"ipProtocol": "-1", "ipv6Ranges": [{"cidrIpv6": "::/0"}], "userIdGroupPairs": [{"groupId": "sg-2"}]}],
    }  # fmt: skip

    assert held(configuration, "ippermissions") == {SSH}
    assert held(configuration, "ippermissionsegress") == {("-1", "", "", "::/0"), ("-1", "", "", "sg-2")}
    assert held(None, "ippermissions") == frozenset()


def test_other_groups_prefix_lists_and_networks_with_host_bits_are_sides_of_a_rule():
    one = {
        "ipProtocol": "udp",
        "fromPort": 53,
        "toPort": 53,
        "groups": {"items": [{"groupId": "sg-2", "userId": "111122223333"}]},
        "prefixListIds": {"items": [{"prefixListId": "pl-1"}]},
        "ipRanges": {"items": [{"cidrIp": "10.1.2.3/8"}]},
    }

    found = asked({"groupId": "sg-1", "ipPermissions": {"items": [one]}})

    assert {rule[3] for rule in found} == {"sg-2", "pl-1", "10.0.0.0/8"}


def test_a_rule_removed_by_its_id_is_the_one_whose_making_was_read():
    response = {
        "securityGroupRuleSet": {
            "items": [
                {"securityGroupRuleId": "sgr-1", "groupId": "sg-1", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "0.0.0.0/0"}
            ]
        }
    }  # fmt: skip
    known = dict(made(response))
    request = {"groupId": "sg-1", "securityGroupRuleIds": {"items": [{"securityGroupRuleId": "sgr-1"}]}}

    assert known == {"sgr-1": SSH}
    assert asked(request, known) == {SSH}
    assert asked(request) == frozenset()


@pytest.mark.parametrize("broken", [None, "x", [], 7, {"ipPermissions": "x"}, {"ipPermissions": {"items": [7, "x", None]}}, {"securityGroupRule": {"securityGroupRule": 7}}])  # fmt: skip
def test_what_is_no_rule_is_none(broken):
    assert asked(broken) == frozenset()
    assert list(made(broken)) == []
