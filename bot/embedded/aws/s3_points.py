"""S3 Control's access points, region by region as their buckets are; moto keeps them, and takes all for one region's.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
"""

from typing import Any
from xml.sax.saxutils import escape

from moto.core.responses import ActionResult, EmptyResult
from moto.s3control.exceptions import AccessPointNotFound, AccessPointPolicyNotFound
from moto.s3control.models import AccessPoint
from moto.s3control.responses import S3ControlResponse

from bot.embedded.aws import s3_public
from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.s3_acl import flags_on
from bot.embedded.aws.s3_grammar import malformed

_MOST = 1000


class Refusal(Exception):
    """A refusal whose code moto's model of S3 Control lacks."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status, self.code = status, code


class AccessPoints(S3ControlResponse):
    """One request about access points; whatever else S3 Control is asked, refusals are told here."""

    def call_action(self) -> Any:
        """Answer it."""
        try:
            return super().call_action()
        except Refusal as said:
            words = f"<Error><Code>{said.code}</Code><Message>{escape(str(said))}</Message></Error>"
            return said.status, {"status": said.status}, f"<ErrorResponse>{words}</ErrorResponse>"

    def create_access_point(self) -> ActionResult:
        """Make one, in the region of its bucket."""
        name, bucket = str(self._get_param("Name")), find_bucket(str(self._get_param("Bucket")))
        if bucket is None:
            raise Refusal(404, "NoSuchBucket", "The specified bucket does not exist")
        if bucket.region_name != self.region:
            raise Refusal(400, "InvalidRequest", f"The bucket is in {bucket.region_name}")
        if name in self._points():
            raise Refusal(409, "AccessPointAlreadyOwnedByYou", "You already own an access point of this name")
        super().create_access_point()
        point = placed(self._points()[name])
        return ActionResult({"AccessPointArn": point.arn, "Alias": point.alias})

    def list_access_points(self) -> ActionResult:
        """List the region's, of one bucket where it is named."""
        asked, after = self._get_param("Bucket"), str(self._get_param("NextToken") or "")
        size = int(self._get_param("MaxResults") or _MOST)
        found = [
            each
            for name, each in sorted(self._points().items())
            if name > after and self._is_here(each) and asked in {None, each.bucket}
        ]
        answer: dict[str, Any] = {"AccessPointList": [_row(each) for each in found[:size]]}
        return ActionResult(answer | ({"NextToken": found[size - 1].name} if found[size:] else {}))

    def get_access_point(self) -> ActionResult:
        """One of the region."""
        self._point()
        return super().get_access_point()

    def get_access_point_policy(self) -> ActionResult:
        """Its policy."""
        self._point()
        return super().get_access_point_policy()

    def put_access_point_policy(self) -> EmptyResult:
        """Set its policy, unless that is public and its, its bucket's or its account's block forbids it."""
        point, text = self._point(), str(self._get_param("Policy"))
        if wrong := malformed(text):
            raise Refusal(400, "MalformedPolicy", wrong)
        bucket = find_bucket(point.bucket)
        on = flags_on(bucket) if bucket else set()
        if point.pubc["BlockPublicPolicy"] == "true":
            on.add("BlockPublicPolicy")
        if "BlockPublicPolicy" in on and s3_public.is_public(text, of_point=True):
            raise Refusal(403, "AccessDenied", "Access Denied")
        return super().put_access_point_policy()

    def get_access_point_policy_status(self) -> ActionResult:
        """Whether its policy is public; one that is bound to a VPC never is."""
        point = self._point()
        if not point.has_policy():
            raise AccessPointPolicyNotFound(point.name)
        public = point.network_origin != "VPC" and s3_public.is_public(point.policy or "", of_point=True)
        return ActionResult({"PolicyStatus": {"IsPublic": public}})

    def _account(self) -> str:
        asked = str(self._get_param("AccountId"))
        if asked != self.current_account:
            raise Refusal(403, "AccessDenied", "Access Denied")
        return asked

    def _points(self) -> dict[str, AccessPoint]:
        found: dict[str, AccessPoint] = self.backend.access_points[self._account()]
        return found

    def _point(self) -> AccessPoint:
        name = str(self._get_param("Name"))
        point = self._points().get(name)
        if point is None or not self._is_here(point):
            raise AccessPointNotFound(name)
        return placed(point)

    def _is_here(self, point: AccessPoint) -> bool:
        bucket = find_bucket(point.bucket)
        return bucket is not None and bucket.region_name == self.region


def placed(point: AccessPoint) -> AccessPoint:
    """With the ARN of its bucket's region, which moto takes for another."""
    bucket, account_id = find_bucket(point.bucket), point.arn.split(":")[4]
    region = bucket.region_name if bucket else "us-east-1"
    point.arn = f"arn:aws:s3:{region}:{account_id}:accesspoint/{point.name}"
    return point


def _row(point: AccessPoint) -> dict[str, Any]:
    told = {
        "Name": point.name,
        "NetworkOrigin": point.network_origin,
        "Bucket": point.bucket,
        "AccessPointArn": placed(point).arn,
        "Alias": point.alias,
    }
    return told | ({"VpcConfiguration": {"VpcId": point.vpc_id}} if point.vpc_id else {})
