"""Access Analyzer in the stand-in: what it says of a bucket's policy, and where in it."""

import json

import pytest

BUCKET = "arn:aws:s3:::acme"
LOCKED = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}, "BoolIfExists": {"aws:ViaAWSService": "false"}}


def one(**more):
    """A statement as it should be, but for what is said; None leaves a field out."""
    right = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
    return {name: value for name, value in (right | more).items() if value is not None}


def source(operator, *networks):
    return {operator: {"aws:SourceIp": list(networks)}}


@pytest.fixture
def findings(world):
    client = world.client("accessanalyzer")

    def ask(policy, resource="AWS::S3::Bucket"):
        more = {"validatePolicyResourceType": resource} if resource else {}
        text = policy if isinstance(policy, str) else json.dumps(policy)
        told = client.validate_policy(policyDocument=text, policyType="RESOURCE_POLICY", **more)["findings"]
        return [(each["findingType"], each["issueCode"], path(each)) for each in told]

    return ask


def path(finding):
    steps = [step for where in finding["locations"] for step in where["path"]]
    return ".".join(str(next(iter(step.values()))) for step in steps)


@pytest.mark.parametrize(
    "statement",
    [
        one(),
        one(Effect="Deny", Action="s3:*", Resource=[BUCKET, f"{BUCKET}/*"], Condition=LOCKED),
        one(Action=["s3:Get*", "s3:LISTBUCKET"]),
        one(
            Principal={
                "AWS": ["111122223333", "arn:aws:iam::444455556666:role/x"],
                "Service": "a.amazonaws.com",
            }
        ),
        one(Effect="Deny", NotPrincipal={"AWS": "111122223333"}, Principal=None),
        one(Condition=source("IpAddress", "203.0.113.0/24", "2001:db8::/32")),
    ],
)
def test_it_has_nothing_against_what_is_right(findings, statement):
    """A public policy is right, too: whether it is public is another of its questions."""
    assert findings({"Version": "2012-10-17", "Statement": statement}) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (one(Effect=None), ("ERROR", "MISSING_EFFECT", "Statement.0")),
        (one(Effect="Permit"), ("ERROR", "INVALID_EFFECT", "Statement.0.Effect")),
        (one(Principal=None), ("ERROR", "MISSING_PRINCIPAL", "Statement.0")),
        (one(Resource=None), ("ERROR", "MISSING_RESOURCE", "Statement.0")),
        (one(Resorce="x"), ("ERROR", "INVALID_POLICY_ELEMENT", "Statement.0.Resorce")),
        (one(Action="s3:GetObjct"), ("ERROR", "INVALID_ACTION", "Statement.0.Action")),
        (one(Action="ec2:RunInstances"), ("ERROR", "UNSUPPORTED_ACTION_IN_POLICY", "Statement.0.Action")),
        (
            one(Resource="arn:aws:sqs:eu-west-1:1:q"),
            ("ERROR", "UNSUPPORTED_RESOURCE_ARN_IN_POLICY", "Statement.0.Resource"),
        ),
        (
            one(Principal={"AWS": "arn:aws:iam::444455556666:role/*"}),
            ("ERROR", "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", "Statement.0.Principal"),
        ),
        (one(Principal={"AWS": "mika"}), ("ERROR", "INVALID_PRINCIPAL_FORMAT", "Statement.0.Principal")),
        (
            one(Principal=None, NotPrincipal={"AWS": "111122223333"}),
            ("SECURITY_WARNING", "ALLOW_WITH_NOT_PRINCIPAL", "Statement.0.NotPrincipal"),
        ),
        (
            one(Condition={"StringIs": {"aws:SourceVpce": "1"}}),
            ("ERROR", "INVALID_CONDITION_OPERATOR", "Statement.0.Condition.StringIs"),
        ),
        (
            one(Condition={"StringLike": {"SourceVpce": "1"}}),
            ("ERROR", "INVALID_CONDITION_KEY_FORMAT", "Statement.0.Condition.StringLike.SourceVpce"),
        ),
        (
            one(Condition=source("IpAddress", "10.0.0.0/8")),
            ("ERROR", "PRIVATE_IP_ADDRESS", "Statement.0.Condition.IpAddress.aws:SourceIp"),
        ),
        (
            one(Condition=source("NotIpAddress", "192.168.1.0/24")),
            ("ERROR", "PRIVATE_NOT_IP_ADDRESS", "Statement.0.Condition.NotIpAddress.aws:SourceIp"),
        ),
        (
            one(Condition=source("IpAddress", "office")),
            ("ERROR", "TYPE_MISMATCH_IP_RANGE", "Statement.0.Condition.IpAddress.aws:SourceIp"),
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_code_and_where_it_stands(findings, statement, found):
    assert findings({"Version": "2012-10-17", "Statement": [statement]}) == [found]


def test_the_policy_as_a_whole_is_looked_at_too(findings):
    twice = [one(Sid="A"), one(Sid="A")]

    assert findings("{") == [("ERROR", "JSON_SYNTAX_ERROR", "")]
    assert findings({"Version": "2012-10-17"}) == [("ERROR", "MISSING_STATEMENT", "")]
    assert findings({"Statement": [one()]}) == [("WARNING", "MISSING_VERSION", "")]
    assert findings({"Version": "2012", "Statement": [one()]}) == [("ERROR", "INVALID_VERSION", "Version")]
    assert [code for _, code, _ in findings({"Version": "2012-10-17", "Statement": twice})] == [
        "UNIQUE_SIDS_REQUIRED",
        "UNIQUE_SIDS_REQUIRED",
    ]


def test_what_a_bucket_cannot_have_is_told_where_it_is_said_to_be_a_buckets(findings):
    policy = {"Version": "2012-10-17", "Statement": [one(Action="sqs:SendMessage", Resource="*")]}

    assert findings(policy, "") == []
    assert [code for _, code, _ in findings(policy)] == ["UNSUPPORTED_ACTION_IN_POLICY"]
