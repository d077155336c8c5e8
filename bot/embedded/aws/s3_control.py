"""S3 Control: an account's block, and access points of several regions; moto keeps them.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.s3.models import PublicAccessBlock
from moto.s3control.models import MultiRegionAccessPoint, s3control_backends

from bot.embedded.aws import s3_public
from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.s3_points import AccessPoints, Refusal

FAR = "us-west-2"
"""Where alone multi-region access points are told of."""
_CHANGING = "s3:PutAccountPublicAccessBlock"


def block_by_organization(account_id: str) -> None:
    """Let a policy of the organization turn on the account's whole block, which nobody in it can change then.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
    """
    backend: Any = s3control_backends[account_id][PARTITION]
    backend.public_access_block = PublicAccessBlock(*(["true"] * 4))
    backend.is_managed = True


class S3Control(AccessPoints):
    """One request."""

    def put_public_access_block(self) -> EmptyResult:
        """Set the account's block."""
        self._may_change()
        return super().put_public_access_block()

    def delete_public_access_block(self) -> EmptyResult:
        """Take it away."""
        self._may_change()
        return super().delete_public_access_block()

    def create_multi_region_access_point(self) -> ActionResult:
        """Make one; it is there at once."""
        self._far()
        answer = super().create_multi_region_access_point()
        for each in self.backend.multi_region_access_points[self._account()].values():
            spread(each)
        return answer

    def list_multi_region_access_points(self) -> ActionResult:
        """All of the account."""
        self._far()
        return super().list_multi_region_access_points()

    def get_multi_region_access_point_policy(self) -> ActionResult:
        """The policy that is established."""
        self._far()
        return super().get_multi_region_access_point_policy()

    def get_multi_region_access_point_policy_status(self) -> ActionResult:
        """Whether that is public."""
        self._far()
        text = self.backend.get_multi_region_access_point_policy(
            self._account(), str(self._get_param("Name"))
        )
        return ActionResult({"Established": {"IsPublic": s3_public.is_public(text, of_point=True)}})

    def _may_change(self) -> None:
        if getattr(self.backend, "is_managed", False):
            words = f"not authorized to perform: {_CHANGING}: an S3 policy of the organization manages it"
            raise Refusal(403, "AccessDenied", f"User: {self.current_account} is {words}")

    def _far(self) -> None:
        self._account()
        if self.region != FAR:
            words = f"Requests about Multi-Region Access Points are answered in {FAR}"
            raise Refusal(400, "InvalidRequest", words)


def spread(point: MultiRegionAccessPoint) -> MultiRegionAccessPoint:
    """With the region of each of its buckets, which moto does not find."""
    for each in point.regions:
        bucket = find_bucket(each["Bucket"])
        each["Region"] = bucket.region_name if bucket else each.get("Region", "")
    return point
