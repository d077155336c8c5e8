"""Whatever stands in an item, a line of it stays a line: what is long is cut, and the file has it whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.configuration.diff import differ
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import INSTANCE, group, item, related, rule

MOST = 1_200
LONG = "long\n" * 2_000
POLICY = {
    "Statement": [
        {
            "Sid": LONG,
            "Effect": "Allow",
            "Principal": {"AWS": [LONG, f"{LONG}2"]},
            "Action": [LONG, "s3:*"],
            "Resource": LONG,
            "Condition": {LONG: {LONG: LONG}},
        }
    ]
}
ACL = {"ruleNumber": LONG, "protocol": LONG, "ruleAction": LONG, "egress": False, "cidrBlock": LONG}
OLD = item(INSTANCE, {})
NEW = item(
    INSTANCE,
    {
        "routes": [{"destinationCidrBlock": LONG, "gatewayId": LONG}],
        "entries": [{**ACL, "portRange": {"from": LONG, "to": LONG}}],
        "policy": POLICY,
        LONG: {LONG: LONG},
        "grantList": [{"grantee": LONG, "permission": LONG}],
        "list": [LONG],
    },
    tags={LONG: LONG},
    relationships=(related(LONG, LONG, LONG, LONG),),
)


def longest(old, new):
    told = [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]
    return max(map(len, told), default=0), "\n" in "".join(told)


def test_a_line_of_whatever_is_long_is_cut():
    assert longest(OLD, NEW) <= (MOST, False)
    assert longest(NEW, OLD) <= (MOST, False)
    assert longest(group(), group(rule(cidrs=[LONG]))) <= (120, False)


@settings(max_examples=50)
@given(st.lists(st.text(min_size=300, max_size=900), min_size=1, max_size=4))
def test_no_text_makes_a_line_long(texts):
    rules = [rule(one, cidrs=[one]) for one in texts]

    assert longest(group(), group(*rules, outbound=rules)) <= (200, False)
