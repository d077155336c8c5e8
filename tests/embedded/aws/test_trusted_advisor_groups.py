"""Security groups have the colours of AWS's page, attached or not."""

from datetime import UTC, datetime

import pytest

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.advisor.checks import CHECKS
from bot.embedded.aws.advisor.results import Advisor
from bot.embedded.aws.advisor.seen import Seen
from bot.embedded.aws.config.recordings import Recordings
from bot.embedded.aws.ec2.network import Network
from bot.embedded.aws.ec2.snapshots import Snapshots
from bot.embedded.aws.rds.snapshots import Snapshots as DatabaseSnapshots

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
PORTS, OPEN = "HCP4007jGY", "1iG5NDGVre"
HERE = (PROD.id, HOME)


def made():
    """A Trusted Advisor of an account in which nothing is."""
    network = Network(Recordings(lambda: NOW))
    return Advisor(Seen(lambda: NOW, network, Snapshots(), DatabaseSnapshots(), {}, {}))


def colours(advisor):
    return tuple(advisor.result(PROD.id, CHECKS[each]).status for each in (PORTS, OPEN))


@pytest.mark.parametrize(
    ("rule", "attached", "expected"),
    [
        ({"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306}, True, ("error", "warning")),
        ({"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306}, False, ("warning", "error")),
        ({"IpProtocol": "tcp", "FromPort": 8000, "ToPort": 8080}, True, ("warning", "warning")),
        ({"IpProtocol": "tcp", "FromPort": 0, "ToPort": 1024}, True, ("error", "warning")),
        ({"IpProtocol": "-1"}, True, ("error", "warning")),
        ({"IpProtocol": "tcp", "FromPort": 465, "ToPort": 465}, True, ("ok", "warning")),
        ({"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}, True, ("ok", "ok")),
        ({"IpProtocol": "icmp", "FromPort": 3, "ToPort": 4}, True, ("ok", "ok")),
    ],
)
def test_a_group_is_coloured_by_its_ports_and_by_what_is_in_it(rule, attached, expected):
    advisor = made()
    advisor.seen.network.put_group(HERE, "sg-1", [rule | {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    if attached:
        advisor.seen.network.attach(HERE, "sg-1")

    assert colours(advisor) == expected


def test_ipv6_and_prefix_lists_are_not_looked_at():
    advisor = made()
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}
    advisor.seen.network.put_list(HERE, "pl-1", ["0.0.0.0/0"])
    advisor.seen.network.put_group(HERE, "sg-1", [rule | {"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
    advisor.seen.network.put_group(HERE, "sg-2", [rule | {"PrefixListIds": [{"PrefixListId": "pl-1"}]}])

    assert colours(advisor) == ("ok", "ok")


def test_accounts_begin_without_a_plan():
    assert made().plan == "basic"
