"""Acme's other buckets: nobody called them in this story, and each is open, or not, in a way of its own."""

from dataclasses import dataclass, field
from typing import Any

from bot.embedded.incident.company import PROD, STAGING

_ORG = "o-acme1a2b3c"


@dataclass(frozen=True, slots=True)
class QuietBucket:
    """A bucket and what lets people in; `closed` is all four flags of its block, `point` an access point's policy.

    `payer` is who pays for requests, as S3 says it.
    """

    name: str
    account_id: str
    region: str
    statements: Any = ()
    acl: str = "private"
    ownership: str = "BucketOwnerEnforced"
    closed: bool = False
    website: bool = False
    point: tuple[dict[str, Any], ...] = field(default=())
    payer: str = "BucketOwner"


def allow(name: str, action: str | list[str], sid: str, **more: Any) -> dict[str, Any]:
    """A statement that lets everybody do this with the bucket's objects, but for what `more` says."""
    resource = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    return {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource} | more


def _if(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}}


def _deny_reading(name: str) -> dict[str, Any]:
    return {
        "Sid": "OnlyTheVault",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:GetBucketPolicy", "s3:GetBucketPolicyStatus", "s3:GetBucketAcl"],
        "Resource": f"arn:aws:s3:::{name}",
    }


def _point(account_id: str, name: str) -> dict[str, Any]:
    whole = f"arn:aws:s3:eu-west-1:{account_id}:accesspoint/{name}"
    return allow("", "s3:GetObject", "Shop") | {"Resource": f"{whole}/object/*"}


def _partners(name: str) -> tuple[dict[str, Any], ...]:
    """A hundred of them, each with a folder of its own: all but the 20 KB that a policy may have."""
    return tuple(
        {
            "Sid": f"Partner{number:03}",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::9{number:011}:role/exchange-reader"},
            "Action": ["s3:GetObject"],
            "Resource": f"arn:aws:s3:::{name}/p{number:03}/*",
        }
        for number in range(100)
    )


def quiet_buckets() -> tuple[QuietBucket, ...]:
    """All of them, in the order of their names."""
    prod, staging = PROD.id, STAGING.id
    drop, shop = "acme-partner-drop", "acme-shop-images"
    return (
        QuietBucket("acme-data-exchange", prod, "eu-west-1", _partners("acme-data-exchange")),
        QuietBucket("acme-datasets", prod, "us-east-1", closed=True, payer="Requester"),
        QuietBucket(
            "acme-downloads", prod, "us-east-1", acl="public-read", ownership="ObjectWriter", website=True
        ),
        QuietBucket("acme-finance-vault", prod, "eu-west-1", (_deny_reading("acme-finance-vault"),)),
        # Made while the region was switched on, which it is no more: nobody can look into it.
        QuietBucket("acme-gulf-exports", prod, "me-south-1"),
        QuietBucket(
            "acme-internal-docs",
            prod,
            "eu-west-1",
            (
                allow(
                    "acme-internal-docs",
                    "s3:GetObject",
                    "Everybody of ours",
                    **_if("StringEquals", "aws:PrincipalOrgID", _ORG),
                ),
            ),
        ),
        QuietBucket(
            "acme-old-website",
            prod,
            "eu-west-1",
            (allow("acme-old-website", "s3:GetObject", "Site"),),
            acl="public-read",
            ownership="ObjectWriter",
            closed=True,
        ),
        QuietBucket(
            drop,
            prod,
            "ap-northeast-1",
            # One object, not a list: AWS takes both.
            allow(
                drop,
                ["s3:PutObject", "s3:ListBucket"],
                "Partners",
                **_if("IpAddress", "aws:SourceIp", "0.0.0.0/0"),
            ),
        ),
        QuietBucket(
            shop,
            prod,
            "eu-west-1",
            (
                allow(
                    shop, "s3:GetObject", "Points", **_if("StringEquals", "s3:DataAccessPointAccount", prod)
                ),
            ),
            point=(_point(prod, "shop"),),
        ),
        QuietBucket(
            "acme-staging-endpoint",
            staging,
            "eu-west-1",
            (
                allow(
                    "acme-staging-endpoint",
                    "s3:*",
                    "Endpoint",
                    **_if("StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d4e5f60718"),
                ),
            ),
        ),
        QuietBucket(
            "acme-staging-playground",
            staging,
            "eu-west-1",
            (
                allow(
                    "acme-staging-playground",
                    "s3:GetObject",
                    "Referer",
                    **_if("StringLike", "aws:Referer", "https://acme.example/*"),
                ),
            ),
        ),
    )
