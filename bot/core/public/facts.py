"""All that a bucket's verdict is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.public.block import NONE, Flags
from bot.core.public.meaning import Unread

NOT_ASKED: Final = Unread("nobody asked")


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """One access point of the bucket; `vpc` is the VPC that it is bound to, "" where the internet reaches it.

    `policy` is a document or None; `aws_says` what GetAccessPointPolicyStatus (or the multi-region one) says.
    """

    name: str
    arn: str = ""
    vpc: str = ""
    policy: object = NOT_ASKED
    block: Flags | Unread = NOT_ASKED
    aws_says: bool | Unread = NOT_ASKED
    is_multi_region: bool = False

    @property
    def account_id(self) -> str:
        """The account that has it, "" where the ARN doesn't say."""
        return (self.arn.split(":") + [""] * 5)[4]


@dataclass(frozen=True, slots=True)
class Facts:
    """Each part as it is, None where there is none of it, or `Unread`: denied, failed, or not asked (yet).

    `policy`, `acl`, `ownership` take the forms that `policy.openings`, `acl.openings`, `ownership.acls_are_off`
    take. `account_block` as GetPublicAccessBlock answers it has the organization's in it already;
    `organization_block` is for who knows that apart. `aws_says` is GetBucketPolicyStatus's IsPublic.
    """

    name: str
    policy: object = NOT_ASKED
    acl: object = NOT_ASKED
    ownership: object = NOT_ASKED
    bucket_block: Flags | Unread = NOT_ASKED
    account_block: Flags | Unread = NOT_ASKED
    organization_block: Flags | Unread = NONE
    access_points: tuple[AccessPoint, ...] | Unread = NOT_ASKED
    aws_says: bool | Unread = NOT_ASKED

    @property
    def blocks(self) -> Mapping[str, Flags | Unread]:
        """The levels of Block Public Access above access points, in words."""
        return {
            "the organization's block": self.organization_block,
            "the account's block": self.account_block,
            "the bucket's block": self.bucket_block,
        }

    @property
    def is_directory(self) -> bool:
        """Whether it is a directory bucket, which is always private: its block is on and can't be changed."""
        return self.name.endswith("--x-s3")
