"""What people fill templates with: in no other form than AWS's does it get into a policy."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policies.templates import TEMPLATES
from bot.errors import BadRequest
from tests.core.policies.wanted import ROLE, full

FIELDS = {
    "cloudfront": "distribution",
    "vpc-endpoint": "endpoint",
    "organization": "organization",
    "ip-range": "networks",
    "deny-everyone": "spared",
}
anything = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"\s?(vpce-[0-9a-f*]{8}|E[A-Z0-9]{6}|o-[a-z0-9?]{10}|arn:aws:iam::\d{12}:role/.+)\s?"),
)


@given(st.sampled_from([*FIELDS]), anything)
def test_no_text_gets_into_a_policy_but_in_the_form_that_aws_gives_it(name, text):
    field = FIELDS[name]
    try:
        made = full(name, **{field: (text,) if field in {"networks", "spared"} else text})
    except BadRequest:
        return
    told = str([one.get("Condition") for one in made.statements])
    assert told.isascii()
    assert not any(letter in told for letter in "<>\n\t;$?\\")


@given(st.ip_addresses(), st.integers(1, 32))
def test_a_network_is_what_was_said_in_its_own_form_or_refused(address, length):
    network = ip_network((address, length), strict=False)
    try:
        made = full("ip-range", networks=(str(network), str(network)))
    except BadRequest as error:
        assert "private" in error.message  # noqa: PT017 - what is refused is only known here
        return
    assert made.statements[0]["Condition"]["NotIpAddress"]["aws:SourceIp"] == [str(network)]


def test_ids_are_taken_with_the_blanks_that_pasting_leaves():
    assert "vpce-0a1b2c3d4e5f60718" in full("vpc-endpoint", endpoint=" vpce-0a1b2c3d4e5f60718\n").does


@pytest.mark.parametrize("name", [name for name, kind in TEMPLATES.items() if "--except" in kind.takes])
def test_who_is_spared_stands_there_once(name):
    assert str(full(name, spared=(ROLE, ROLE)).statements).count("BreakGlass") == 1
