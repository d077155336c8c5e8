"""Rules, network ACLs and routes in words, with AWS's quirks."""

from inline_snapshot import snapshot

from bot.core.configuration.diff import differ
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import group, item, rule


def told(old, new):
    return [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]


def test_rules_that_come_and_go():
    old = group(rule(cidrs=["10.0.0.0/8"]), outbound=[rule("-1", cidrs=["0.0.0.0/0"])])
    new = group(
        rule(cidrs=["0.0.0.0/0"], ipv6Ranges=[{"cidrIpv6": "::/0"}]),
        rule("tcp", 443, cidrs=[{"cidrIp": "10.8.0.0/16", "description": "office"}]),
        rule("udp", 5000, 5010, prefixListIds=[{"prefixListId": "pl-0a1b"}]),
        rule("-1", userIdGroupPairs=[{"groupId": "sg-0ffe", "userId": "444455556666"}]),
    )

    assert told(old, new) == snapshot(
        [
            "+ inbound all traffic from sg-0ffe",
            "+ inbound tcp 22 from 0.0.0.0/0",
            "− inbound tcp 22 from 10.0.0.0/8",
            "+ inbound tcp 22 from ::/0",
            "+ inbound tcp 443 from 10.8.0.0/16 (office)",
            "+ inbound udp 5000-5010 from pl-0a1b",
            "− outbound all traffic to 0.0.0.0/0",
        ]
    )


def test_all_traffic_has_no_ports_whatever_stands_there():
    odd = rule("-1", cidrs=["10.0.0.0/8"], fromPort=0, toPort=65535)

    assert told(group(), group(odd)) == snapshot(["+ inbound all traffic from 10.0.0.0/8"])


def test_icmp_has_a_type_and_a_code_and_no_ports():
    pings = [
        rule("icmp", 8, -1, ["10.0.0.0/8"]),
        rule("icmp", -1, -1, ["10.1.0.0/16"]),
        rule("icmpv6", 3, 4, ["10.2.0.0/16"]),
    ]

    assert told(group(), group(*pings)) == snapshot(
        [
            "+ inbound icmp from 10.1.0.0/16",
            "+ inbound icmp type 8 from 10.0.0.0/8",
            "+ inbound icmpv6 type 3 code 4 from 10.2.0.0/16",
        ]
    )


def test_every_port_and_protocols_by_number():
    rules = [
        rule("tcp", 0, 65535, ["10.0.0.0/8"]),
        rule("50", None, None, ["10.0.0.0/8"]),
        rule("6", 22, 22, ["10.1.0.0/16"]),
    ]

    assert told(group(), group(*rules)) == snapshot(
        [
            "+ inbound protocol 50 from 10.0.0.0/8",
            "+ inbound tcp 22 from 10.1.0.0/16",
            "+ inbound tcp all ports from 10.0.0.0/8",
        ]
    )


def test_a_rule_that_only_says_something_else_of_itself():
    old, new = (
        group(rule(cidrs=[{"cidrIp": "10.0.0.0/8", "description": said}])) for said in ("ssh", "bastion")
    )

    assert told(old, new) == snapshot(["inbound tcp 22 from 10.0.0.0/8: description ssh → bastion"])


def test_a_rule_without_anybody_is_told_too():
    assert told(group(), group(rule())) == snapshot(["+ inbound tcp 22"])


def test_entries_of_a_network_acl():
    def acl(*entries):
        return item("AWS::EC2::NetworkAcl", {"entries": list(entries)})

    web = {
        "egress": False,
        "ruleNumber": 100,
        "protocol": "6",
        "ruleAction": "allow",
        "cidrBlock": "10.0.0.0/8",
    }
    ports = {"portRange": {"from": 443, "to": 443}}
    last = {
        "egress": True,
        "ruleNumber": 32767,
        "protocol": "-1",
        "ruleAction": "deny",
        "cidrBlock": "0.0.0.0/0",
    }

    assert told(acl(web | ports), acl(web | ports | {"cidrBlock": "0.0.0.0/0"}, last)) == snapshot(
        [
            "inbound 100: allow tcp 443 from 10.0.0.0/8 → allow tcp 443 from 0.0.0.0/0",
            "+ outbound 32767: deny all traffic to 0.0.0.0/0",
        ]
    )


def test_routes():
    def table(*routes):
        return item("AWS::EC2::RouteTable", {"routes": list(routes)})

    local = {"destinationCidrBlock": "10.0.0.0/16", "gatewayId": "local", "state": "active"}
    out = {"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b", "state": "active"}
    nat = {"destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "nat-0a1b", "state": "active"}

    assert told(table(local), table(local, out)) == snapshot(["+ route 0.0.0.0/0 to igw-0a1b"])
    assert told(table(local, out), table(local, nat)) == snapshot(["route 0.0.0.0/0: igw-0a1b → nat-0a1b"])
    assert told(table(nat), table(nat | {"state": "blackhole"})) == snapshot(
        ["route 0.0.0.0/0 to nat-0a1b: state active → blackhole"]
    )
