"""A trail's status in the world's own time: moto tells the machine's, and in its zone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar

from moto.cloudtrail.models import TrailStatus, cloudtrail_backends
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult

_DELIVERED_AGO = timedelta(minutes=4)


class TrailStatuses(CloudTrailResponse):
    """Starting, stopping, and what became of it; a subclass carries the world's clock."""

    clock: ClassVar[Callable[[], datetime]]

    def start_logging(self) -> str:
        """Log from now on."""
        answer = str(super().start_logging())
        self._status().started = type(self).clock()
        return answer

    def stop_logging(self) -> str:
        """Log no more."""
        answer = str(super().stop_logging())
        self._status().stopped = type(self).clock()
        return answer

    def get_trail_status(self) -> ActionResult:
        """The latest start and stop; a trail that logs delivered a few minutes ago (docs: about 5 minutes)."""
        status = self._status()
        delivered = type(self).clock() if status.is_logging else status.stopped
        answer = {
            "IsLogging": status.is_logging,
            "StartLoggingTime": status.started,
            "StopLoggingTime": status.stopped,
            "LatestDeliveryTime": delivered - _DELIVERED_AGO if delivered else None,
        }
        return ActionResult({name: value for name, value in answer.items() if value is not None})

    def _status(self) -> TrailStatus:
        name = str(self._get_param("Name"))
        return self.cloudtrail_backend.get_trail_status(name)


def logging_since(account_id: str, region: str, trail: str, since: datetime) -> None:
    """Let a trail have logged for long: the API starts it now only."""
    cloudtrail_backends[account_id][region].trails[trail].status.started = since
