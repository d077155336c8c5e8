"""Which calls on a bucket's objects the account's trails record, asked of CloudTrail."""

from collections.abc import Callable
from typing import Any

import structlog

from bot.adapters.aws.errors import asking
from bot.core.recording import NOTHING, UNKNOWN, Recorded, recorded, together
from bot.errors import NoroshiError

_log = structlog.get_logger("noroshi.aws")


class TrailRecording:
    """Satisfies `bot.ports.Recording`; `make_client` gives CloudTrail's, of the region whose trails are asked."""

    def __init__(self, make_client: Callable[[], Any]) -> None:
        self._make_client = make_client

    def objects(self, bucket: str) -> Recorded:
        """What the trails that are on record now; UNKNOWN when CloudTrail would not say (the reason is logged)."""
        try:
            client = self._make_client()
            with asking("cloudtrail:DescribeTrails", "which trails there are"):
                trails = client.describe_trails(includeShadowTrails=True)["trailList"]
            return together(_trail(client, trail["TrailARN"], bucket) for trail in trails)
        except NoroshiError as error:
            _log.warning("recording unknown", bucket=bucket, message=error.message, hint=error.hint)
            return UNKNOWN


def _trail(client: Any, arn: str, bucket: str) -> Recorded:
    with asking("cloudtrail:GetTrailStatus", "whether a trail is on"):
        if not client.get_trail_status(Name=arn)["IsLogging"]:
            return NOTHING
    with asking("cloudtrail:GetEventSelectors", "what a trail records"):
        return recorded(client.get_event_selectors(TrailName=arn), bucket)
