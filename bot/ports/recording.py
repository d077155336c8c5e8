"""What CloudTrail is told to record."""

from typing import Protocol

from bot.core.coverage.trails import Trails
from bot.core.recording import Recorded


class Recording(Protocol):
    """What CloudTrail is told to record."""

    def objects(self, bucket: str) -> Recorded:
        """Whether calls on the bucket's objects are recorded now; raises nothing."""

    def trails(self) -> Trails:
        """The trails of the home region, those of all regions among them, as of the last few minutes.

        Raises nothing: what AWS would not say is in it as `refused`, with the missing IAM action.
        """
