"""Config's changes of a security group: which door is open to whom, and when that is over."""

import pytest

from bot.sources.config_rules import alert
from tests.sources.config_rules.events import CLOSED_443, OPEN_22, change, was_is


@pytest.mark.parametrize(
    ("rule", "door", "band"),
    [
        ({"ipProtocol": "-1", "ipRanges": ["0.0.0.0/0"]}, "Every port of web-prod (sg-0a1b2c3d) is", "high"),
        (
            {"ipProtocol": "tcp", "fromPort": 20, "toPort": 25, "ipv6Ranges": [{"cidrIpv6": "::/0"}]},
            "Ports 20-25 of web-prod (sg-0a1b2c3d) are",
            "high",
        ),
        (
            {"ipProtocol": "udp", "fromPort": 53, "toPort": 53, "ipRanges": ["0.0.0.0/0"]},
            "Port 53 (udp) of web-prod (sg-0a1b2c3d) is",
            "high",
        ),
        (OPEN_22 | {"fromPort": 443, "toPort": 443}, "Port 443 of web-prod (sg-0a1b2c3d) is", "low"),
    ],
)
def test_every_kind_of_open_door_has_words(rule, door, band):
    told = alert(change({"Configuration.IpPermissions.0": was_is(None, rule)}))

    assert (told.title, told.severity) == (f"{door} open to the internet", band)


def door_22(*addresses, field="ipRanges"):
    return {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, field: [*addresses]}


@pytest.mark.parametrize(
    ("before", "after", "to"),
    [
        (None, door_22({"cidrIpv6": "0:0:0:0:0:0:0:0/0"}, field="ipv6Ranges"), "the internet"),
        (None, door_22("0.0.0.0/1", "128.0.0.0/1"), "much of the internet"),
        (None, door_22({"cidrIpv6": "2000::/3"}, field="ipv6Ranges"), "much of the internet"),
        (door_22("0.0.0.0/1"), door_22("0.0.0.0/0"), "the internet"),
    ],
)
def test_everybody_is_known_however_it_is_written(before, after, to):
    told = alert(change({"Configuration.IpPermissions.0": was_is(before, after)}))

    assert (told.title, told.severity) == (f"Port 22 of web-prod (sg-0a1b2c3d) is open to {to}", "high")


def test_who_is_let_in_less_than_before_is_not_told_as_opened():
    was, is_ = door_22("0.0.0.0/0"), door_22("0.0.0.0/1")
    told = alert(change({"Configuration.IpPermissions.0": was_is(was, is_)}, configuration={"ipPermissions": [is_]}))  # fmt: skip

    assert told.title == "Security group web-prod (sg-0a1b2c3d) was changed: inbound rules"
    assert not told.resolved


def test_private_networks_are_not_the_internet():
    told = alert(change({"Configuration.IpPermissions.0": was_is(None, door_22("10.0.0.0/8"))}))

    assert told.severity == "low"


OPENED = "opened:111122223333:eu-west-1:sg-0a1b2c3d"


def test_a_group_open_to_the_internet_is_the_same_problem_for_config_and_for_the_call_that_opened_it():
    """The cloudtrail source's key: tests/sources/cloudtrail/test_keys.py."""
    told = alert(change({"Configuration.IpPermissions.0": was_is(None, OPEN_22)}))

    assert (told.key, told.severity, told.resolved) == (OPENED, "high", False)


def test_a_group_that_is_wholly_closed_again_resolves_it():
    shut = {"Configuration.IpPermissions.0": was_is(OPEN_22, None)}
    told = alert(change(shut, configuration={"ipPermissions": [CLOSED_443]}))

    assert (told.key, told.resolved) == (OPENED, True)
    assert told.title == "Port 22 of web-prod (sg-0a1b2c3d) is no longer open to the internet"


def test_a_group_with_another_door_open_is_not_resolved():
    shut = {"Configuration.IpPermissions.0": was_is(OPEN_22, None)}
    still = OPEN_22 | {"fromPort": 3389, "toPort": 3389}
    told = alert(change(shut, configuration={"ipPermissions": [still]}))

    assert (told.resolved, told.key == OPENED) == (False, False)


def test_a_web_server_that_keeps_its_own_doors_open_is_resolved_when_the_others_are_shut():
    shut = {"Configuration.IpPermissions.0": was_is(OPEN_22, None)}
    web = OPEN_22 | {"fromPort": 443, "toPort": 443}
    told = alert(change(shut, configuration={"ipPermissions": [web]}))

    assert (told.key, told.resolved) == (OPENED, True)


def test_the_deletion_of_an_open_group_resolves_it():
    was = {"Configuration": was_is({"ipPermissions": [OPEN_22]}, None)}
    told = alert(change(was, how="DELETE", status="ResourceDeleted", configuration=None))

    assert (told.key, told.resolved) == (OPENED, True)
    assert told.title == "Security group web-prod (sg-0a1b2c3d), which was open to the internet, was deleted"
