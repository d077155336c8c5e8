"""Policies of a bucket, and what is judged of them."""

from bot.core.public.meaning import judgement
from bot.core.public.policy import openings

PUBLIC, NOT, UNKNOWN = "public", "not-public", "unknown"
ROLE = "arn:aws:iam::444455556666:role/ledger"
VPC = {"StringEquals": {"aws:SourceVpc": "vpc-0a1"}}
POINTS = {"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:444455556666:accesspoint/*"}}


def allow(principal="*", condition=None, **more):
    said = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme/*",
    }
    return said | ({"Condition": condition} if condition is not None else {}) | more


def policy(*said):
    return {"Version": "2012-10-17", "Statement": list(said)}


def verdict(document, **how):
    return judgement(openings(document, **how))


def ip(*ranges):
    return {"IpAddress": {"aws:SourceIp": list(ranges) if len(ranges) > 1 else ranges[0]}}


TABLE = [
    ("everybody", allow(), PUBLIC),
    ("everybody as an AWS principal", allow({"AWS": "*"}), PUBLIC),
    ("everybody among others", allow({"AWS": [ROLE, "*"]}), PUBLIC),
    ("any VPC", allow(condition={"StringLike": {"aws:SourceVpc": "vpc-*"}}), PUBLIC),
    ("one VPC", allow(condition=VPC), NOT),
    ("one endpoint", allow(condition={"StringEquals": {"aws:SourceVpce": "vpce-0a1"}}), NOT),
    (
        "one endpoint, if any",
        allow(condition={"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0a1"}}),
        PUBLIC,
    ),
    ("all but one endpoint", allow(condition={"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}), PUBLIC),
    ("some endpoint", allow(condition={"Null": {"aws:SourceVpce": "false"}}), PUBLIC),
    ("a narrow range", allow(condition=ip("198.51.100.0/24")), NOT),
    ("every address", allow(condition=ip("0.0.0.0/0")), PUBLIC),
    ("every address in halves", allow(condition=ip("0.0.0.0/1", "128.0.0.0/1")), PUBLIC),
    ("an eighth of a thousandth", allow(condition=ip("52.0.0.0/8")), NOT),
    ("broader than /8", allow(condition=ip("16.0.0.0/7")), PUBLIC),
    ("a private range", allow(condition=ip("10.0.0.0/8")), NOT),
    ("an IPv6 /32", allow(condition=ip("2001:db8::/32")), NOT),
    ("a broad IPv6 range", allow(condition=ip("2000::/3")), PUBLIC),
    ("all but a range", allow(condition={"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}}), PUBLIC),
    ("a narrow range or all", allow(condition=ip("198.51.100.0/24", "0.0.0.0/0")), PUBLIC),
    ("one organization", allow(condition={"StringEquals": {"aws:PrincipalOrgID": "o-acme"}}), NOT),
    ("any organization", allow(condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}), PUBLIC),
    (
        "principals of one account",
        allow(condition={"StringEquals": {"aws:PrincipalAccount": "444455556666"}}),
        UNKNOWN,
    ),
    (
        "roles of one account",
        allow(condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}}),
        UNKNOWN,
    ),
    (
        "a role of any account",
        allow(condition={"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Root"}}),
        PUBLIC,
    ),
    ("TLS", allow(condition={"Bool": {"aws:SecureTransport": "true"}}), PUBLIC),
    ("a referer", allow(condition={"StringLike": {"aws:Referer": "https://acme.example/*"}}), PUBLIC),
    ("a user agent", allow(condition={"StringEquals": {"aws:UserAgent": "hush"}}), PUBLIC),
    ("a canned ACL", allow(condition={"StringEquals": {"s3:x-amz-acl": "private"}}), PUBLIC),
    ("a prefix", allow(condition={"StringEquals": {"s3:prefix": "open/"}}), PUBLIC),
    ("a tag of the object", allow(condition={"StringEquals": {"s3:ExistingObjectTag/open": "yes"}}), PUBLIC),
    ("until a day", allow(condition={"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}), PUBLIC),
    ("one source account", allow(condition={"StringEquals": {"aws:SourceAccount": "444455556666"}}), NOT),
    (
        "one source",
        allow(condition={"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:till"}}),
        NOT,
    ),
    ("any bucket as a source", allow(condition={"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}), PUBLIC),
    (
        "one account's access points",
        allow(condition={"StringEquals": {"s3:DataAccessPointAccount": "444455556666"}}),
        NOT,
    ),
    ("any access point of an account", allow(condition=POINTS), NOT),
    ("sessions of a role", allow(condition={"StringLike": {"aws:userid": "AROAACME:*"}}), PUBLIC),
    ("one user's id", allow(condition={"StringEquals": {"aws:userid": "AIDAACME"}}), NOT),
    ("a policy variable", allow(condition={"StringLike": {"aws:userid": "${aws:username}"}}), PUBLIC),
    ("a principal by variable", allow({"AWS": "arn:aws:iam::444455556666:user/${aws:username}"}), PUBLIC),
    (
        "all values, or none",
        allow(condition={"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-acme"}}),
        PUBLIC,
    ),
    ("one VPC over TLS", allow(condition=VPC | {"Bool": {"aws:SecureTransport": "true"}}), NOT),
    ("one VPC or any", allow(condition={"StringEquals": {"aws:SourceVpc": ["vpc-0a1", "vpc-*"]}}), PUBLIC),
    ("a foreign account", allow({"AWS": "arn:aws:iam::777788889999:root"}), NOT),
    ("a foreign account's number", allow({"AWS": "777788889999"}), NOT),
    ("a canonical user", allow({"CanonicalUser": "0a1b2c"}), NOT),
    (
        "one distribution",
        allow(
            {"Service": "cloudfront.amazonaws.com"},
            {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::444455556666:distribution/E1"}},
        ),
        NOT,
    ),
    ("a service", allow({"Service": "logging.s3.amazonaws.com"}), NOT),
    ("a role that is gone", allow({"AWS": "AROAGONE"}), NOT),
    ("a Deny alone", allow(Effect="Deny"), NOT),
    ("write only", allow(Action="s3:PutObject"), PUBLIC),
    ("an action that is none", allow(Action="s3:Teleport"), PUBLIC),
    ("one prefix only", allow(Resource="arn:aws:s3:::acme/open/*"), PUBLIC),
    ("people of an identity provider", allow({"Federated": "login.acme.example"}), PUBLIC),
]
