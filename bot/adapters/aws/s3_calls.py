"""The calls that tell what lets people into buckets: each with the IAM action that it needs.

AWS, Service Authorization Reference: Actions, resources, and condition keys for Amazon S3.
"""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Call:
    """An operation as boto3 names it; `absent` is AWS's code for a bucket (or access point) that has none of it."""

    operation: str
    action: str
    absent: str = ""
    service: Literal["s3", "s3control"] = "s3"


_NO_BLOCK: Final = "NoSuchPublicAccessBlockConfiguration"
_NO_POLICY: Final = "NoSuchBucketPolicy"
_NO_POINT_POLICY: Final = "NoSuchAccessPointPolicy"
_NO_MULTI_POLICY: Final = "NoSuchMultiRegionAccessPointPolicy"

LIST: Final = Call("list_buckets", "s3:ListAllMyBuckets")
HEAD: Final = Call("head_bucket", "s3:ListBucket")
LOCATION: Final = Call("get_bucket_location", "s3:GetBucketLocation")
BLOCK: Final = Call("get_public_access_block", "s3:GetBucketPublicAccessBlock", _NO_BLOCK)
POLICY: Final = Call("get_bucket_policy", "s3:GetBucketPolicy", _NO_POLICY)
STATUS: Final = Call("get_bucket_policy_status", "s3:GetBucketPolicyStatus", _NO_POLICY)
ACL: Final = Call("get_bucket_acl", "s3:GetBucketAcl")
OWNERSHIP: Final = Call(
    "get_bucket_ownership_controls", "s3:GetBucketOwnershipControls", "OwnershipControlsNotFoundError"
)
WEBSITE: Final = Call("get_bucket_website", "s3:GetBucketWebsite", "NoSuchWebsiteConfiguration")

ACCOUNT_BLOCK: Final = Call(
    "get_public_access_block", "s3:GetAccountPublicAccessBlock", _NO_BLOCK, "s3control"
)
POINTS: Final = Call("list_access_points", "s3:ListAccessPoints", service="s3control")
POINT: Final = Call("get_access_point", "s3:GetAccessPoint", service="s3control")
POINT_POLICY: Final = Call(
    "get_access_point_policy", "s3:GetAccessPointPolicy", _NO_POINT_POLICY, "s3control"
)
POINT_STATUS: Final = Call(
    "get_access_point_policy_status", "s3:GetAccessPointPolicyStatus", _NO_POINT_POLICY, "s3control"
)
MULTI_POINTS: Final = Call(
    "list_multi_region_access_points", "s3:ListMultiRegionAccessPoints", service="s3control"
)
MULTI_POLICY: Final = Call(
    "get_multi_region_access_point_policy",
    "s3:GetMultiRegionAccessPointPolicy",
    _NO_MULTI_POLICY,
    "s3control",
)
MULTI_STATUS: Final = Call(
    "get_multi_region_access_point_policy_status",
    "s3:GetMultiRegionAccessPointPolicyStatus",
    _NO_MULTI_POLICY,
    "s3control",
)

EVERY: Final = (
    *(LIST, LOCATION, BLOCK, POLICY, STATUS, ACL, OWNERSHIP, WEBSITE, ACCOUNT_BLOCK),
    *(POINTS, POINT, POINT_POLICY, POINT_STATUS, MULTI_POINTS, MULTI_POLICY, MULTI_STATUS),
)
"""All that need an action of their own; HeadBucket is asked for what it says without one."""
