"""Addresses are told from networks as Python's ipaddress tells them; what is no address is in none."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.adapters.duckdb.lake import query
from bot.adapters.duckdb.macros import prelude

LAKE = duckdb.connect()
for statement in prelude():
    LAKE.execute(statement)

V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
# Runs of zeros are where IPv6 is written in many ways.
V6 = st.lists(st.sampled_from([0, 0, 0, 1, 0xDB8, 0xFFFF]), min_size=8, max_size=8).map(
    lambda groups: IPv6Address(":".join(f"{group:x}" for group in groups))
)
WRITTEN_V6 = V6.flatmap(lambda one: st.sampled_from([str(one), one.exploded, str(one).upper()]))


# A statement costs more than a hundred addresses in it.
def many(one):
    return st.lists(one, min_size=30, max_size=100)


# What differs is told by the lists themselves; to make them shorter takes minutes.
one_statement_each = settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def read(texts: list[str]) -> list[str | None]:
    found = LAKE.execute("SELECT trino_try_ipaddress(x) FROM (SELECT unnest(?::VARCHAR[]) AS x)", [texts])
    return [digits for (digits,) in found.fetchall()]


def digits(text: str) -> str | None:
    return read([text])[0]


def within(network: str, addresses: list[str]) -> list[bool | None]:
    """Of each address whether the network holds it; the network is one, as a question's always is."""
    asked = "SELECT trino_in_network(?, trino_try_ipaddress(x)) FROM (SELECT unnest(?::VARCHAR[]) AS x)"
    return [held for (held,) in LAKE.execute(asked, [network, addresses]).fetchall()]


@one_statement_each
@given(many(V4))
def test_every_ipv4_address_is_read(addresses):
    assert read([str(one) for one in addresses]) == [f"{0xFFFF << 32 | int(one):032x}" for one in addresses]


@one_statement_each
@given(many(WRITTEN_V6))
def test_every_ipv6_address_is_read_however_it_is_written(texts):
    assert read(texts) == [f"{int(ip_address(text)):032x}" for text in texts]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("::ffff:10.0.0.1", "::ffff:a00:1"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("::1.2.3.4", "::102:304"),
    ],
)
def test_ipv6_may_end_as_ipv4_does(text, same):
    assert digits(text) == f"{int(ip_address(same)):032x}"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "s3.amazonaws.com",
            "AWS Internal/3",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "1.2.3.4 ",
            " ::1",
        ),
        *(
            ":",
            ":::",
            "1::2::3",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::8",
            "g::1",
            "12345::1",
        ),
        *(
            "fe80::1%eth0",
            "::1/64",
            "1.2.3.4:80",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::256.1.1.1",
            "::1.2.3.4:5",
            "1:",
            ":1",
        ),
    ],
)
def test_what_is_no_address_is_none(text):
    assert digits(text) is None


@settings(parent=one_statement_each, max_examples=30)
@given(st.one_of(V4, V6), st.integers(0, 128), many(st.integers(0, 2**128 - 1)))
def test_a_network_holds_what_python_says_it_holds(address, bits, noises):
    width = address.max_prefixlen
    kind = IPv4Address if width == 32 else IPv6Address
    network = ip_network(f"{address}/{bits % (width + 1)}", strict=False)
    # Ones that differ from the network's somewhere behind its first bits, or before.
    shifts = [(128 - width) + (bits // 2 + number) % width for number, _ in enumerate(noises)]
    others = [kind(int(address) ^ (noise >> shift)) for noise, shift in zip(noises, shifts, strict=True)]
    plain = [one for one in others if not getattr(one, "ipv4_mapped", None)]

    told = within(f"{address}/{bits % (width + 1)}", [str(one) for one in plain])

    assert told == [one in network for one in plain]


@pytest.mark.parametrize("address", ["10.1.2.3", "2001:db8::1"])
def test_networks_of_a_column_are_each_asked_on_their_own(address):
    texts = "0.0.0.0/0 10.0.0.0/8 10.128.0.0/9 10.1.2.2/31 10.1.2.3/32 10.1.2.4/32 ::/0 2001:db8::/33 2001:db8::1/128"
    networks = [*texts.split(), None]
    asked = "SELECT trino_in_network(n, trino_try_ipaddress(?)) FROM (SELECT unnest(?::VARCHAR[]) AS n)"

    told = [held for (held,) in LAKE.execute(asked, [address, networks]).fetchall()]

    assert told == [one and ip_address(address) in ip_network(one) for one in networks]


def test_a_network_may_be_a_parameter():
    sql = "SELECT x FROM UNNEST(ARRAY['10.1.2.3', '11.1.2.3', 'AWS Internal']) AS t(x) WHERE contains(?, try_cast(x AS ipaddress))"

    assert query([], sql, ("10.0.0.0/8",)).rows == (("10.1.2.3",),)
