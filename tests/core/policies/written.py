"""Policies as anybody may have written them, for property tests: some of it is the templates' own, in older forms."""

from hypothesis import strategies as st

from bot.core.policies.templates import TEMPLATES
from tests.core.policies.wanted import full

templates = st.sampled_from([full(name) for name in TEMPLATES])
_OWN = sorted({sid for name in TEMPLATES for sid in full(name).sids})
_CONDITIONS = [
    {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
    {"StringLike": {"aws:Referer": ["https://acme.example/*"]}},
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"Bool": {"aws:SecureTransport": False}},
]
statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Principal": st.sampled_from(["*", {"AWS": "111122223333"}, {"AWS": ["*"]}]),
        "Action": st.sampled_from(["s3:GetObject", ["s3:PutObject", "s3:ListBucket"], "s3:*"]),
        "Resource": st.sampled_from(["arn:aws:s3:::acme-x/*", ["arn:aws:s3:::acme-x", "arn:aws:s3:::acme-x/*"]]),
    },
    optional={"Sid": st.text("abcXYZ\u00e9", max_size=4), "Condition": st.sampled_from(_CONDITIONS)},
)  # fmt: skip
older = st.builds(lambda sid, one: {**one, "Sid": sid}, st.sampled_from(_OWN), statements)


def policies(*kinds):
    """Policies of these kinds of statements: in a list, or a single one that is none; of a version or of none."""
    among = st.one_of(*kinds)
    return st.fixed_dictionaries(
        {"Statement": st.one_of(st.lists(among, max_size=5), among)},
        optional={"Version": st.sampled_from(["2012-10-17", "2008-10-17"]), "Id": st.text(max_size=5)},
    )


def listed(policy):
    held = policy["Statement"]
    return held if isinstance(held, list) else [held]
