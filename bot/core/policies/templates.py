"""The templates.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html

A Deny for everybody also meets the bot, administrators and AWS's own services: each says so, and those by network and
organization spare what AWS's data perimeter examples spare. None keeps anybody from changing or deleting the policy
itself: `s3:PutBucketPolicy` stays with whom it was, so that a mistake can be taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.core.policies import given
from bot.core.policies.template import Template, Wanted
from bot.errors import BadRequest

# A Deny of NotAction leaves alone what is named: the way back.
_WAY_BACK: Final = [
    "s3:DeleteBucketPolicy",
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
]
_SERVICES: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
_IN_TRANSIT: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}}
_THE_BOT: Final = (
    "Spare the bot’s own role by --except, or it can’t tell any more whether the bucket is public."
)
_WHO: Final = "Who reads and writes it now: /trail who-accessed."


def filled(name: str, wanted: Wanted) -> Template:
    """The template of that name; raises BadRequest for an unknown one, and for what it lacks, can't be or has no use for."""
    if name not in TEMPLATES:
        raise BadRequest(f"There is no template {name[:60]}.", f"There are: {', '.join(TEMPLATES)}.")
    kind = TEMPLATES[name]
    given.only(name, kind.takes, wanted)
    return kind.fill(name, wanted)


def _nobody(name: str, wanted: Wanted) -> Template:
    # Every action on objects, whatever S3 adds; none on the bucket, so that its policy can be taken back.
    return Template(
        name,
        (_deny("NoroshiNobody", [f"{wanted.arn}/*"], _spared(wanted), Action="s3:*"),),
        "Denies everybody all objects: reading, writing, deleting.",
        f"everybody{_but(wanted)}: applications, administrators, replication, log delivery, CloudFront. "
        "Names can still be listed, lifecycle rules go on, and the policy can be changed back",
        f"{_WHO} Anonymous requests are denied even where somebody is spared.",
    )


def _tls(name: str, wanted: Wanted) -> Template:
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    return Template(
        name,
        (_deny("NoroshiTlsOnly", _both(wanted), condition, Action="s3:*"),),
        "Denies every request that is not made over TLS.",
        "whoever still uses http://: old clients, and a website’s own endpoint, which knows no TLS",
        "If the bucket serves a website by its S3 endpoint, that stops. S3 itself takes no TLS older than 1.2.",
    )


def _cloudfront(name: str, wanted: Wanted) -> Template:
    source = given.distribution(wanted)
    allow = {
        "Sid": "NoroshiCloudFrontOnly",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": f"{wanted.arn}/*",
        "Condition": {"StringEquals": {"AWS:SourceArn": source}},
    }
    return Template(
        name,
        (allow,),
        f"Lets the distribution {source.rpartition('/')[2]} read objects (origin access control).",
        "nobody by itself: whom other statements let in stays in; take out those that let in everybody",
        "The distribution must use origin access control, with the bucket as its origin and not the website’s endpoint. "
        "Objects under a KMS key of yours need the distribution in the key’s policy, too.",
    )


def _endpoint(name: str, wanted: Wanted) -> Template:
    found = given.endpoint(wanted)
    condition = {"StringNotEquals": {"aws:SourceVpce": found}, **_IN_TRANSIT, **_spared(wanted, linked=True)}
    return Template(
        name,
        (_deny("NoroshiVpcEndpointOnly", _both(wanted), condition, NotAction=_WAY_BACK),),
        f"Denies every request that does not come through the VPC endpoint {found}. AWS’s own services are spared.",
        f"everybody outside of it{_but(wanted)}: the console, other VPCs and accounts, CloudFront by an origin access "
        "identity, the bot itself; the policy can be changed back from anywhere",
        f"{_WHO} {_THE_BOT}",
    )


def _organization(name: str, wanted: Wanted) -> Template:
    found = given.organization(wanted)
    condition = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": found}, **_SERVICES, **_spared(wanted)}
    return Template(
        name,
        (_deny("NoroshiOrganizationOnly", _both(wanted), condition, NotAction=_WAY_BACK),),
        f"Denies everybody who is not of the organization {found}, anonymous requests too. AWS’s own services are spared.",
        f"other accounts and the public{_but(wanted)}: partners, vendors, a public website, CloudFront by an origin "
        "access identity; the policy can be changed back",
        f"That it is the bucket’s own organization, or all of you are locked out: aws organizations "
        f"describe-organization. {_WHO}",
    )


def _addresses(name: str, wanted: Wanted) -> Template:
    networks = given.networks(wanted)
    through = given.endpoint(wanted) if wanted.endpoint else ""
    # A negated operator is met, too, where a request has no public address, or no endpoint.
    condition = {
        "NotIpAddress": {"aws:SourceIp": networks},
        **({"StringNotEquals": {"aws:SourceVpce": through}} if through else {}),
        **_IN_TRANSIT,
        **_spared(wanted, linked=True),
    }
    more = f", unless it comes through the VPC endpoint {through}" if through else ""
    inside = "" if through else "whatever comes through a VPC endpoint (name it by --vpce), "
    return Template(
        name,
        (_deny("NoroshiAddressesOnly", _both(wanted), condition, NotAction=_WAY_BACK),),
        f"Denies every request from other addresses than {', '.join(networks)}{more}. AWS’s own services are spared.",
        f"everybody elsewhere{_but(wanted)}: {inside}people at home, applications behind other addresses, CloudFront by "
        "an origin access identity, the bot itself; the policy can be changed back from anywhere",
        f"{_WHO} {_THE_BOT}",
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """What a template does in a few words, how it is filled, and by which options."""

    words: str
    fill: Callable[[str, Wanted], Template]
    takes: tuple[str, ...] = ()


TEMPLATES: Final[dict[str, Kind]] = {
    "tls-only": Kind("deny every request without TLS", _tls),
    "deny-everyone": Kind("deny everybody all objects (an emergency stop)", _nobody, ("--except",)),
    "vpc-endpoint": Kind(
        "deny what does not come through one VPC endpoint", _endpoint, ("--vpce", "--except")
    ),
    "organization": Kind("deny who is not of one organization", _organization, ("--org", "--except")),
    "ip-range": Kind("deny all addresses but some networks", _addresses, ("--cidr", "--vpce", "--except")),
    "cloudfront": Kind("let one CloudFront distribution read", _cloudfront, ("--distribution",)),
}
"""By the name that people type; the harmless first."""


def _deny(sid: str, resource: list[str], condition: dict[str, Any], **actions: Any) -> dict[str, Any]:
    held = {"Condition": condition} if condition else {}
    whom = {"Sid": sid, "Effect": "Deny", "Principal": "*"}
    return {**whom, **actions, "Resource": resource[0] if len(resource) == 1 else resource, **held}


def _both(wanted: Wanted) -> list[str]:
    return [wanted.arn, f"{wanted.arn}/*"]


def _spared(wanted: Wanted, *, linked: bool = False) -> dict[str, Any]:
    """`linked`: also the account's service-linked roles, which act from networks of AWS's own."""
    role = f"arn:{wanted.partition}:iam::{wanted.account_id}:role/aws-service-role/*"
    arns = [*([role] if linked and wanted.account_id else []), *given.spared(wanted)]
    return {"ArnNotLike": {"aws:PrincipalArn": arns}} if arns else {}


def _but(wanted: Wanted) -> str:
    names = ", ".join(one.rpartition("/")[2] for one in wanted.spared)
    return f" but {names}" if names else ""
