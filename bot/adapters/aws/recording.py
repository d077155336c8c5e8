"""Which calls on a bucket's objects the account's trails record, asked of CloudTrail."""

from typing import Any

import structlog

from bot.adapters.aws.errors import asking
from bot.core.recording import UNKNOWN, Recorded, recorded, together
from bot.errors import NoroshiError

_log = structlog.get_logger("noroshi.aws")


class TrailRecording:
    """Satisfies `bot.ports.Recording`; `client` is CloudTrail's, of the region whose trails are asked."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def objects(self, bucket: str) -> Recorded:
        """What the trails that are on record now; UNKNOWN when CloudTrail would not say (the reason is logged)."""
        try:
            with asking("cloudtrail:DescribeTrails", "which trails there are"):
                trails = self._client.describe_trails(includeShadowTrails=True)["trailList"]
            return together(self._trail(trail["TrailARN"], bucket) for trail in trails)
        except NoroshiError as error:
            _log.warning("recording unknown", bucket=bucket, message=error.message, hint=error.hint)
            return UNKNOWN

    def _trail(self, arn: str, bucket: str) -> Recorded:
        with asking("cloudtrail:GetTrailStatus", "whether a trail is on"):
            if not self._client.get_trail_status(Name=arn)["IsLogging"]:
                return together(())
        with asking("cloudtrail:GetEventSelectors", "what a trail records"):
            return recorded(self._client.get_event_selectors(TrailName=arn), bucket)
