"""Security groups: Trusted Advisor's two checks, and what is our own addition to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.advice.groups import OPEN_ON_PURPOSE, PLAIN, RISKY, Door, Group, Groups, ports
from tests.core.advice.judged import asked, colours, denied, is_dark

SPECIFIC, UNRESTRICTED = "HCP4007jGY", "1iG5NDGVre"
V4, V6 = "0.0.0.0/0", "::/0"
ENTRIES, INTERFACES, GROUPS = (
    "ec2:GetManagedPrefixListEntries",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
)


def door(first=22, last=None, peer=V4, protocol="tcp"):
    return Door(protocol, first, first if last is None else last, peer)


def region(*doors, attached=True, lists=None):
    using = frozenset({"sg-1"} if attached else ()) if isinstance(attached, bool) else attached
    return Groups((Group("sg-1", "web-prod", doors),), using, lists or {})


def judged(check, *doors, **more):
    return asked(check, groups={"eu-west-1": region(*doors, **more)})


@pytest.mark.parametrize(
    ("opened", "attached", "verdict"),
    [
        (door(22), True, "error"),
        (door(22), False, "warning"),
        (door(443), True, "ok"),
        (door(80), False, "ok"),
        (door(465), True, "ok"),
        (door(8080), True, "warning"),
        (door(0, 65535), True, "error"),
        (door(20, 25), True, "error"),
        (door(80, 443), True, "warning"),
        (door(444, 1432), True, "warning"),
        (door(444, 1433), True, "error"),
        (door(1433, protocol="17"), True, "error"),
        (Door("-1", None, None, V4), True, "error"),
        (Door("-1", None, None, V4), False, "warning"),
        (door(22, peer=V6), True, "error"),
        (door(22, peer="0:0:0:0:0:0:0:0/0"), True, "error"),
        (door(22, peer="10.0.0.0/8"), True, "ok"),
        (door(8, -1, protocol="icmp"), True, "ok"),
        (door(22, 22, protocol="1"), True, "ok"),
        (door(128, 0, protocol="icmpv6", peer=V6), True, "ok"),
        (Door("50", None, None, V4), True, "ok"),
    ],
)
def test_specific_ports(opened, attached, verdict):
    assert judged(SPECIFIC, opened, attached=attached).status == verdict


@pytest.mark.parametrize(
    ("opened", "attached", "verdict"),
    [
        (door(22), True, "warning"),
        (door(22), False, "warning"),
        (door(25), True, "ok"),
        (door(80), True, "ok"),
        (door(443), False, "ok"),
        (door(465), True, "warning"),
        (Door("-1", None, None, V4), True, "warning"),
        (door(22, peer=V6), True, "warning"),
        (door(22, peer="192.0.2.0/24"), True, "ok"),
        (door(8, -1, protocol="icmp"), True, "ok"),
    ],
)
def test_unrestricted_access(opened, attached, verdict):
    assert judged(UNRESTRICTED, opened, attached=attached).status == verdict


def test_the_reason_names_the_port_the_group_and_whether_it_is_attached():
    (one,) = judged(SPECIFIC, door(22)).flagged

    assert (one.resource, one.region) == ("sg-1", "eu-west-1")
    assert one.why == "web-prod: port 22 open to the internet; attached"


def test_what_trusted_advisor_does_not_look_at_is_told_as_our_own_addition():
    (over_ipv6,) = judged(SPECIFIC, door(22, peer=V6)).flagged
    (by_list,) = judged(SPECIFIC, door(22, peer="pl-1"), lists={"pl-1": ("10.0.0.0/8", V4)}).flagged

    assert "over IPv6, which Trusted Advisor does not look at" in over_ipv6.why
    assert "by prefix list pl-1, which Trusted Advisor does not look at" in by_list.why


def test_a_prefix_list_of_some_addresses_opens_nothing():
    assert judged(SPECIFIC, door(22, peer="pl-1"), lists={"pl-1": ("192.0.2.0/24",)}).status == "ok"


def test_a_prefix_list_that_nobody_may_read_leaves_it_open_whether_it_is():
    assert is_dark(judged(SPECIFIC, door(22, peer="pl-1"), lists={"pl-1": denied(ENTRIES)}), ENTRIES)
    assert judged(SPECIFIC, door(443, peer="pl-1"), lists={"pl-1": denied(ENTRIES)}).unknown_because == ()


def test_an_open_group_is_flagged_even_where_nobody_can_tell_whether_it_is_attached():
    found = judged(SPECIFIC, door(22), attached=denied(INTERFACES))

    assert colours(found) == {"sg-1": "warning"}
    assert found.unknown_because == (f"whether sg-1 is attached: AWS refused ({INTERFACES})",)
    assert "whether it is attached I can’t tell" in found.flagged[0].why


def test_where_the_colour_does_not_hang_on_attachment_nothing_is_unknown():
    assert judged(SPECIFIC, door(8080), attached=denied(INTERFACES)).unknown_because == ()
    assert judged(SPECIFIC, door(443), attached=denied(INTERFACES)).status == "ok"
    assert judged(UNRESTRICTED, door(22), attached=denied(INTERFACES)).unknown_because == ()


@pytest.mark.parametrize("check", [SPECIFIC, UNRESTRICTED])
def test_denied_is_never_green(check):
    assert is_dark(asked(check, groups={"eu-west-1": denied(GROUPS)}), "eu-west-1", GROUPS)


def test_one_region_that_is_denied_leaves_the_rest_standing_and_is_told():
    facts = {"eu-west-1": region(door(22)), "us-east-1": denied(GROUPS), "us-west-2": denied(GROUPS)}
    found = asked(SPECIFIC, groups=facts)

    assert found.status == "error"
    assert found.unknown_because == (f"us-east-1, us-west-2: AWS refused ({GROUPS})",)
    assert is_dark(asked(SPECIFIC, groups=facts | {"eu-west-1": region(door(443))}), GROUPS)


@given(
    st.integers(0, 65535), st.integers(0, 65535), st.booleans(), st.sampled_from(["tcp", "udp", "6", "17"])
)
def test_a_range_is_as_dangerous_as_the_worst_port_in_it(one, other, attached, protocol):
    opened = door(min(one, other), max(one, other), protocol=protocol)
    held = set(range(opened.first, opened.last + 1))
    risky = "error" if attached and held & RISKY else "warning"

    assert judged(SPECIFIC, opened, attached=attached).status == ("ok" if held <= PLAIN else risky)
    assert judged(UNRESTRICTED, opened).status == ("ok" if held <= OPEN_ON_PURPOSE else "warning")
    assert set(ports(opened)) == held
