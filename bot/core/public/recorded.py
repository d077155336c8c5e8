"""A bucket's facts as AWS Config recorded them: nearly all of them stand in `supplementaryConfiguration`."""

from dataclasses import replace

from bot.core.configuration.item import Item
from bot.core.public.block import flags
from bot.core.public.facts import Facts
from bot.core.public.meaning import Unread

_ABSENT = Unread("Config's item doesn't say")


def recorded(item: Item, now: Facts) -> Facts:
    """What the item says, and where it says nothing (other levels' blocks, access points) what is known now.

    AWS's own verdict is not among what Config records: only ours stands.
    """
    held = item.supplementary
    policy = held.get("BucketPolicy")
    text = policy.get("policyText") if isinstance(policy, dict) else policy
    return replace(
        now,
        policy=text if "BucketPolicy" in held else now.policy,
        acl=held.get("AccessControlList", now.acl),
        bucket_block=flags(held["PublicAccessBlockConfiguration"])
        if "PublicAccessBlockConfiguration" in held
        else now.bucket_block,
        ownership=held.get("BucketOwnershipControls", now.ownership),
        aws_says=_ABSENT,
    )
