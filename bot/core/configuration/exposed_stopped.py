"""What keeps out those whom a policy or an ACL lets in, as far as the resource's own item says."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.configuration.item import Item

_STOPPING = {"restrictPublicBuckets": "public-policy", "ignorePublicAcls": "public-acl"}
_WITHIN = ("vpcoptions.vpcid", "endpointconfiguration.types.private")
"""Domains and APIs that only a VPC reaches, by the fields that say so."""


def stopped(item: Item) -> set[str]:
    """The codes of what stands in the item as open and is not."""
    return _by_the_block(item.supplementary.get("PublicAccessBlockConfiguration")) | _in_a_vpc(item)


def _by_the_block(block: Any) -> set[str]:
    """What a bucket's own block stops.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    held = block if isinstance(block, Mapping) else {}
    return {code for name, code in _STOPPING.items() if held.get(name) in (True, "true")}


def _in_a_vpc(item: Item) -> set[str]:
    """A policy that names everybody means everybody in the VPC where nobody else can reach the resource."""
    if item.resource.type == "AWS::EC2::VPCEndpoint":
        return {"public-policy"}
    held = item.configuration if isinstance(item.configuration, Mapping) else {}
    said = {".".join(step.lower() for step in path) for path in _paths(held)}
    return {"public-policy"} if said & set(_WITHIN) else set()


def _paths(held: Mapping[str, Any]) -> Iterator[tuple[str, str, *tuple[str, ...]]]:
    """Fields of fields that hold something; of a list each value is a step more."""
    for outer, inner in held.items():
        for name, value in inner.items() if isinstance(inner, Mapping) else ():
            if isinstance(value, list):
                yield from ((outer, name, str(one)) for one in value)
            elif value:
                yield outer, name
