"""Whatever a policy is made of, its verdict is one that can be stood by."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.policy import openings, statements
from tests.core.public.policies import NOT, PUBLIC, TABLE, UNKNOWN, policy, verdict

PIECES = st.sampled_from([row[1] for row in TABLE])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition", "Sid", "Resource"]
)
VALUES = (
    JSON
    | st.sampled_from(["Allow", "Deny", "*"])
    | st.dictionaries(
        st.sampled_from(["AWS", "IpAddress", "StringLike", "Null", "ForAllValues:StringEqualsIfExists"]),
        JSON | st.dictionaries(st.sampled_from(["aws:SourceIp", "aws:SourceVpc", "aws:PrincipalArn"]), JSON),
    )
)
ODD = st.dictionaries(NAMES, VALUES)


@given(st.lists(PIECES | ODD, max_size=4), PIECES | ODD)
def test_to_add_a_statement_never_makes_a_public_policy_private(some, more):
    order = [NOT, UNKNOWN, PUBLIC]

    assert order.index(verdict(policy(*some, more))) >= order.index(verdict(policy(*some)))


@given(
    st.lists(PIECES | ODD, max_size=4).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some)))
)
def test_the_order_of_statements_never_matters(both):
    some, others = (openings(policy(*each)) for each in both)

    assert sorted(map(repr, statements_of(some))) == sorted(map(repr, statements_of(others)))


def statements_of(found):
    return [(one.sid, one.access, one.why, one.who, one.is_certain) for one in found]


@given(
    JSON
    | ODD
    | st.builds(lambda said: {"Statement": said}, JSON | ODD | st.lists(ODD))
    | st.text()
    | st.binary()
)
def test_nothing_is_raised_whatever_the_policy_is(document):
    assert verdict(document) in {PUBLIC, NOT, UNKNOWN}
    statements(document)
