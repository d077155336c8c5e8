"""Items that hypothesis makes up: any JSON at all, and the shapes that AWS's items have."""

import json
from urllib.parse import quote

from hypothesis import strategies as st

from bot.core.configuration.item import Related
from tests.core.configuration.items import item, rule

_NAMES = st.sampled_from(
    [
        "ipPermissions",
        "ipProtocol",
        "ipv4Ranges",
        "cidrIp",
        "policyDocument",
        "assumeRolePolicyDocument",
        "Principal",
        "Action",
        "Condition",
        "grantList",
        "permission",
        "entries",
        "ruleNumber",
        "portRange",
        "destinationCidrBlock",
        "environment",
        "DBSnapshotAttributes",
        "accessControlList",
        "attachedManagedPolicies",
        "tagSets",
        "BucketTaggingConfiguration",
        "configurations",
        "association",
        "attachment",
        "name",
        "id",
        "key",
        "value",
        "tags",
        "rules",
        "command",
        "Statement",
        "routes",
        "Effect",
        "a",
        "b.c",
        "networkInterfaces",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(max_size=2), inner, max_size=4)
    ),
    max_leaves=25,
)
CIDRS = st.sampled_from(["0.0.0.0/0", "10.0.0.0/8", "10.8.0.0/16", "192.0.2.4/32"])
RANGES = CIDRS | st.builds(
    lambda cidr, said: {"cidrIp": cidr, "description": said}, CIDRS, st.sampled_from(["office", "old"])
)
PAIRS = st.lists(st.builds(lambda group: {"groupId": group}, st.sampled_from(["sg-1", "sg-2"])), max_size=2)
PERMISSIONS = st.lists(
    st.builds(
        lambda protocol, ports, cidrs, pairs: rule(protocol, *ports, cidrs, userIdGroupPairs=pairs),
        st.sampled_from(["tcp", "udp", "-1", "icmp"]),
        st.sampled_from([(22, 22), (443, 443), (0, 65535), (8, -1)]),
        st.lists(RANGES, max_size=3),
        PAIRS,
    ),
    max_size=4,
)
_ACTIONS = st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:*"])
_PRINCIPALS = st.sampled_from(
    ["*", {"AWS": "*"}, {"AWS": ["111122223333", "444455556666"]}, {"Service": "ec2.amazonaws.com"}]
)
STATEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "Effect": st.sampled_from(["Allow", "Deny"]),
            "Principal": _PRINCIPALS,
            "Action": _ACTIONS | st.lists(_ACTIONS, min_size=1, max_size=3),
            "Resource": st.sampled_from(["*", ["arn:aws:s3:::a", "arn:aws:s3:::b/*"]]),
        },
        optional={
            "Sid": st.sampled_from(["Images", "Logs"]),
            "Condition": st.just({"Bool": {"aws:SecureTransport": "true"}}),
        },
    ),
    min_size=1,
    max_size=3,
)
TAGS = st.dictionaries(
    st.sampled_from(["team", "tier", "aws:x"]), st.sampled_from(["ops", "finance", "[1]"]), max_size=3
)
RELATED = st.lists(
    st.builds(
        Related,
        st.sampled_from(["AWS::EC2::VPC", "AWS::EC2::Instance"]),
        st.sampled_from(["vpc-1", "i-1", ""]),
        st.sampled_from(["Is contained in Vpc", "Is attached to Instance"]),
        st.sampled_from(["", "web"]),
    ),
    max_size=3,
)


@st.composite
def shaped(draw):
    """An item with a security group's rules, policies packed as AWS packs them, tags said twice, relationships."""
    tags = draw(TAGS)
    policy = json.dumps({"Version": "2012-10-17", "Statement": draw(STATEMENTS)})
    return item(
        draw(
            st.sampled_from(["AWS::EC2::SecurityGroup", "AWS::EC2::Instance", "AWS::Lambda::Function", "Any"])
        ),
        {
            "ipPermissions": draw(PERMISSIONS),
            "ipPermissionsEgress": draw(PERMISSIONS),
            "assumeRolePolicyDocument": quote(policy),
            "tags": [{"key": name, "value": value} for name, value in tags.items()],
            "command": draw(st.lists(st.sampled_from(["run", "-v"]), max_size=3)),
            "launchTime": draw(st.sampled_from(["1", "2"])),
            "lastModified": draw(st.sampled_from(["1", "2"])),
        },
        supplementary={"BucketPolicy": json.dumps({"policyText": policy})},
        tags=tags,
        relationships=tuple(draw(RELATED)),
    )


def anything():
    """An item of any JSON."""
    return st.builds(
        lambda held, more, tags: item("Any", held, supplementary=more, tags=tags),
        JSON,
        st.dictionaries(_NAMES, JSON, max_size=3),
        TAGS,
    )


def items():
    """Either."""
    return shaped() | anything()
