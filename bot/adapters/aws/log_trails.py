"""Which trails there are, and whether they log (cloudtrail:DescribeTrails, GetTrailStatus)."""

from typing import Any

from bot.adapters.aws.errors import asking
from bot.errors import Upstream
from bot.trail.log_trail import LogTrail


def log_trails(client: Any) -> list[LogTrail]:
    """Every trail that covers the client's region, an organisation's too; raises AccessDenied, Upstream."""
    with asking("cloudtrail:DescribeTrails", "which trails there are"):
        found = client.describe_trails(includeShadowTrails=True)["trailList"]
    return [
        LogTrail(
            name=one["Name"],
            arn=one["TrailARN"],
            bucket=one["S3BucketName"],
            prefix=one.get("S3KeyPrefix") or "",
            organization=bool(one.get("IsOrganizationTrail")),
            multi_region=bool(one.get("IsMultiRegionTrail")),
            home_region=one.get("HomeRegion") or "",
            logging=_logging(client, one["TrailARN"]),
        )
        for one in found
    ]


def _logging(client: Any, arn: str) -> bool | None:
    try:
        with asking("cloudtrail:GetTrailStatus", "whether a trail is on"):
            return bool(client.get_trail_status(Name=arn)["IsLogging"])
    except Upstream:
        return None  # members of an organisation may be refused; its files are there all the same
