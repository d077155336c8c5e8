"""S3 in the stand-in refuses what is no bucket's policy, in S3's own words, and takes what is one."""

import json

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws.s3_grammar import malformed
from bot.embedded.incident.configuration.quiet import policy_of
from bot.embedded.incident.quiet_buckets import quiet_buckets

BUCKET = "acme-written"
ARN = f"arn:aws:s3:::{BUCKET}"


def one(**more):
    """A statement as it should be, but for what is said; None leaves a field out."""
    right = {
        "Effect": "Allow",
        "Principal": {"AWS": "444455556666"},
        "Action": "s3:GetObject",
        "Resource": f"{ARN}/*",
    }
    return {name: value for name, value in (right | more).items() if value is not None}


def refused(call, **words):
    with pytest.raises(ClientError) as caught:
        call(**words)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


@pytest.fixture
def s3(world):
    client = world.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield client
    client.delete_bucket(Bucket=BUCKET)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("{", "Policies must be valid JSON and the first byte must be '{'"),
        ([], "Policies must be valid JSON and the first byte must be '{'"),
        ({"Version": "2012-10-17"}, "Missing required field Statement"),
        ({"Statement": []}, "Could not parse the policy: Statement is empty!"),
        ({"Statement": ["Deny"]}, "Invalid policy syntax."),
        ({"Statement": [one()], "Version": "2012-10-18"}, "The policy must contain a valid version string"),
        ({"Statement": [one()], "Rule": 1}, "Unknown field Rule"),
        (one(Efect="Deny"), "Unknown field Efect"),
        (one(Effect=None), "Missing required field Effect"),
        (one(Effect="deny"), "Invalid effect: deny"),
        (one(Principal=None), "Missing required field Principal"),
        (one(Action=None), "Missing required field Action"),
        (one(Resource=None), "Missing required field Resource"),
        (one(Principal={"AWS": "arn:aws:iam::111122223333:role/*"}), "Invalid principal in policy"),
        (one(Principal={"AWS": "mika"}), "Invalid principal in policy"),
        (one(Principal="111122223333"), "Invalid principal in policy"),
        (one(Principal={"Aws": "111122223333"}), "Invalid principal in policy"),
        (one(Action="ec2:RunInstances"), "Policy has invalid action"),
        (one(Resource="arn:aws:s3:::acme-other/*"), "Policy has invalid resource"),
        (one(Resource=BUCKET), "Policy has invalid resource"),
        (one(Resource=ARN), "Action does not apply to any resource(s) in statement"),
        (one(Action="s3:ListBucket"), "Action does not apply to any resource(s) in statement"),
        (one(Condition={"StringIs": {"aws:SourceVpce": "1"}}), "Invalid Condition type : StringIs"),
        (one(Condition={"StringEquals": {"SourceVpce": "1"}}), "Policy has an invalid condition key"),
    ],
)
def test_what_is_no_policy_is_refused_in_s3s_words(s3, said, words):
    told = {"Version": "2012-10-17", "Statement": [said]} if "Resource" in said or "Effect" in said else said
    text = told if isinstance(told, str) else json.dumps(told)

    assert refused(s3.put_bucket_policy, Bucket=BUCKET, Policy=text) == ("MalformedPolicy", words)


@pytest.mark.parametrize(
    "statement",
    [
        one(Effect="Deny", Principal={"AWS": ["*", "111122223333", "arn:aws:iam::444455556666:role/a/b"]}),
        one(Principal={"Service": "cloudfront.amazonaws.com"}),
        one(Action=["s3:ListBucket", "s3:GetObject"], Resource=[ARN, f"{ARN}/*"]),
        one(Action="s3:*", Resource=ARN),
        one(Action="s3:NotASupportedAction"),
        one(Action="*", Resource="*"),
        one(NotAction="s3:ListBucket", Action=None),
        one(Effect="Deny", NotPrincipal={"AWS": "111122223333"}, Principal=None),
        one(Condition={"ForAnyValue:StringNotLikeIfExists": {"AWS:SourceVpce": ["a", "b"]}}),
        one(Condition={"NumericLessThanEquals": {"s3:TlsVersion": 1.2}, "Null": {"aws:SourceVpc": True}}),
    ],
)
def test_what_is_a_policy_is_taken_also_as_one_object(s3, statement):
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))

    assert json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"] == statement


@pytest.mark.parametrize("quiet", quiet_buckets(), ids=lambda each: each.name)
def test_the_storys_buckets_have_policies_that_s3_would_take(quiet):
    text = policy_of(quiet)

    assert text is None or (malformed(text, quiet.name), len(text) <= 20_480) == ("", True)
