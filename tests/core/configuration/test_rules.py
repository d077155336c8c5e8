"""What a rule opens, in words."""

import pytest

from bot.core.configuration.rules import door, opening, peer, ports


@pytest.mark.parametrize(
    ("rule", "said", "opens", "at"),
    [
        ({"ipProtocol": "tcp", "fromPort": 22, "toPort": 22}, "tcp 22", "port 22", "22"),
        ({"ipProtocol": "udp", "fromPort": 20, "toPort": 25}, "udp 20-25", "ports 20-25 (udp)", "20-25"),
        ({"ipProtocol": "tcp", "fromPort": 0, "toPort": 65535}, "tcp all ports", "every port", "0-65535"),
        ({"ipProtocol": "-1"}, "all traffic", "every port", ""),
        ({"ipProtocol": "icmp", "fromPort": 8, "toPort": 0}, "icmp type 8 code 0", "icmp", ""),
        ({"ipProtocol": "50"}, "protocol 50", "protocol 50", ""),
        ({"ipProtocol": "tcp"}, "tcp", "every port", ""),
        ({}, "", "", ""),
    ],
)
def test_a_rule_is_said_by_its_protocol_and_ports(rule, said, opens, at):
    assert (door(rule), opening(rule), ports(rule)) == (said, opens, at)


def test_a_peer_is_an_address_a_list_or_a_group():
    assert [peer({name: "x"}) for name in ("cidrIp", "cidrIpv6", "prefixListId", "groupId", "groupName")] == [
        "x"
    ] * 5
    assert peer({"userId": "111122223333"}) == peer({"cidrIp": 7}) == ""
