"""The templates (reference: s3-public §9; S3 user guide, "Examples of Amazon S3 bucket policies").

A Deny for everybody also meets the bot, administrators and AWS's own services: each says so, and spares what AWS's
data perimeter examples spare. None keeps anybody from changing or deleting the policy itself: `s3:*BucketPolicy` stays
with whom it was, so that a mistake can be taken back.
"""

import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any, Final

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
_DISTRIBUTION = re.compile(r"(?:arn:aws[a-z-]*:cloudfront::(\d{12}):distribution/)?(E[A-Z0-9]{6,30})")
_ENDPOINT = re.compile(r"vpce-[0-9a-f]{8,17}")
_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")
_PRINCIPAL = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(role|user)/[\w+=,.@/*-]{1,512}")
_SERVICES: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
_IN_TRANSIT: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}}


def filled(name: str, wanted: Wanted) -> Template:
    """The template of that name; raises BadRequest for an unknown one, and for what it lacks or can't be."""
    if name not in TEMPLATES:
        raise BadRequest(f"There is no template {name[:60]}.", f"There are: {', '.join(TEMPLATES)}.")
    for one in wanted.spared:
        _fits(
            _PRINCIPAL, one, "--except", f"arn:aws:iam::{wanted.account_id or '111122223333'}:role/BreakGlass"
        )
    return TEMPLATES[name](wanted)


def _nobody(wanted: Wanted) -> Template:
    objects = ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"]
    condition = _spared(wanted)
    statement = _deny("NoroshiNobody", Action=objects, Resource=f"{wanted.arn}/*", Condition=condition)
    return Template(
        "deny-everyone",
        (statement,),
        "Denies everybody all objects: reading, writing, deleting.",
        f"everybody{_but(wanted)}: applications, administrators, replication, CloudFront, the bot itself",
        "What reads or writes it now: /trail who-accessed. Anonymous requests are denied even where somebody is spared.",
    )


def _tls(wanted: Wanted) -> Template:
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    return Template(
        "tls-only",
        (_deny("NoroshiTlsOnly", Action="s3:*", Resource=_both(wanted), Condition=condition),),
        "Denies every request that is not made over TLS.",
        "whoever still uses http://: old clients, and a website's own endpoint, which knows no TLS",
        "If the bucket serves a website by its S3 endpoint, it stops.",
    )


def _cloudfront(wanted: Wanted) -> Template:
    found = _fits(_DISTRIBUTION, wanted.distribution, "--distribution", "E1A2B3C4D5E6F7")
    account = found[1] or wanted.account_id
    if not account:
        raise BadRequest("Whose distribution is it?", "Say its ARN: --distribution arn:aws:cloudfront::…")
    source = f"arn:{wanted.partition}:cloudfront::{account}:distribution/{found[2]}"
    allow = {
        "Sid": "NoroshiCloudFrontOnly",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": f"{wanted.arn}/*",
        "Condition": {"StringEquals": {"AWS:SourceArn": source}},
    }
    return Template(
        "cloudfront",
        (allow,),
        f"Lets the distribution {found[2]} read objects (origin access control).",
        "nobody by itself: whom other statements let in stays in; take those out that let in everybody",
        "The distribution must use origin access control, and the S3 endpoint as its origin, not the website's.",
    )


def _endpoint(wanted: Wanted) -> Template:
    found = _fits(_ENDPOINT, wanted.endpoint, "--vpce", "vpce-0a1b2c3d4e5f60718")
    condition = {"StringNotEquals": {"aws:SourceVpce": found[0]}, **_IN_TRANSIT, **_spared(wanted)}
    return Template(
        "vpc-endpoint",
        (_deny("NoroshiVpcEndpointOnly", NotAction=_WAY_BACK, Resource=_both(wanted), Condition=condition),),
        f"Denies every request that does not come through the VPC endpoint {found[0]}.",
        f"everybody outside of it{_but(wanted)}: the console, other VPCs and accounts, CloudFront, the bot itself",
        "Who comes from elsewhere now: /trail who-accessed. AWS’s own services are spared.",
    )


def _organization(wanted: Wanted) -> Template:
    found = _fits(_ORGANIZATION, wanted.organization, "--org", "o-a1b2c3d4e5")
    condition = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": found[0]}, **_SERVICES, **_spared(wanted)}
    return Template(
        "organization",
        (_deny("NoroshiOrganizationOnly", NotAction=_WAY_BACK, Resource=_both(wanted), Condition=condition),),
        f"Denies everybody who is not of the organization {found[0]}, anonymous requests too.",
        f"other accounts and the public{_but(wanted)}: partners, vendors, a public website",
        "Who of other accounts reads it now: /trail who-accessed. AWS’s own services are spared.",
    )


def _addresses(wanted: Wanted) -> Template:
    if not wanted.networks:
        raise BadRequest("From which addresses?", "Say them: --cidr 203.0.113.0/24; repeat it.")
    networks = [_network(each) for each in wanted.networks]
    # A negated operator is met, too, where a request has no public address at all.
    condition = {"NotIpAddress": {"aws:SourceIp": networks}, **_IN_TRANSIT, **_spared(wanted)}
    return Template(
        "ip-range",
        (_deny("NoroshiAddressesOnly", NotAction=_WAY_BACK, Resource=_both(wanted), Condition=condition),),
        f"Denies every request from other addresses than {', '.join(networks)}.",
        f"everybody elsewhere{_but(wanted)}: people at home, applications behind other addresses, the bot itself",
        "From where it is read now: /trail who-accessed. Requests through a VPC endpoint have no public address: they are denied, too.",
    )


TEMPLATES: Final[dict[str, Callable[[Wanted], Template]]] = {
    "deny-everyone": _nobody,
    "tls-only": _tls,
    "cloudfront": _cloudfront,
    "vpc-endpoint": _endpoint,
    "organization": _organization,
    "ip-range": _addresses,
}
"""By the name that people type."""


def _deny(sid: str, **more: Any) -> dict[str, Any]:
    said = {name: value for name, value in more.items() if value}
    return {"Sid": sid, "Effect": "Deny", "Principal": "*", **said}


def _both(wanted: Wanted) -> list[str]:
    return [wanted.arn, f"{wanted.arn}/*"]


def _spared(wanted: Wanted) -> dict[str, Any]:
    return {"ArnNotLike": {"aws:PrincipalArn": list(wanted.spared)}} if wanted.spared else {}


def _but(wanted: Wanted) -> str:
    names = ", ".join(one.rpartition("/")[2] for one in wanted.spared)
    return f" but {names}" if names else ""


def _network(said: str) -> str:
    try:
        found = ip_network(said.strip())
    except ValueError as error:
        raise BadRequest(f"{said[:60]!r} is no network.", "Say one like 203.0.113.0/24.") from error
    if found.prefixlen == 0:
        raise BadRequest(f"{found} is every address there is.", "Say one like 203.0.113.0/24.")
    return str(found)


def _fits(form: re.Pattern[str], said: str, option: str, example: str) -> re.Match[str]:
    if found := form.fullmatch(said.strip()):
        return found
    if not said:
        raise BadRequest(f"{option} is missing.", f"Say {option} {example}.")
    raise BadRequest(f"{said[:80]!r} is nothing for {option}.", f"Say one like {example}.")
